import type { QualityGrade } from '../../../apps/api/src/clinical/contract';
import type { Tone } from '../design/Chip';

/** A grade in a word, for who does not know the letters. */
export function gradeText(grade: QualityGrade): string {
  switch (grade) {
    case 'A':
      return 'sound';
    case 'B':
      return 'good';
    case 'C':
      return 'with gaps';
    case 'D':
      return 'doubtful';
    case 'F':
      return 'unreliable';
  }
}

/** Repeats what letter and word say; never the only sign. */
export function gradeTone(grade: QualityGrade): Tone {
  if (grade === 'A' || grade === 'B') return 'better';
  return grade === 'C' ? 'unknown' : 'worse';
}
