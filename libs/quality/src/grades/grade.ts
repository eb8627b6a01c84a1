export type Grade = 'A' | 'B' | 'C' | 'D' | 'F';

const floors: [Grade, number][] = [
  ['A', 0.98],
  ['B', 0.95],
  ['C', 0.9],
  ['D', 0.8],
];

/** The grade of a share of usable data; nothing to judge is an F: nobody can trust what is not there. */
export function gradeOf(score: number | null): Grade {
  if (score === null) return 'F';
  return floors.find(([, floor]) => score >= floor)?.[0] ?? 'F';
}

/** The worse of two. */
export function atBest(grade: Grade, cap: Grade): Grade {
  return grade > cap ? grade : cap;
}
