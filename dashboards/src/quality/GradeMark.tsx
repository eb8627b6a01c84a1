import type { QualityGrade } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { gradeText, gradeTone } from './grade';

/** A letter with its word. */
export function GradeMark({ grade }: { grade: QualityGrade }) {
  return (
    <Chip tone={gradeTone(grade)} square>
      <strong>{grade}</strong> {gradeText(grade)}
    </Chip>
  );
}
