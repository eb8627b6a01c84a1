/** Tells how far a piece of work is: 0 to 1, and a sentence that is never about a patient. */
export type ReportProgress = (fraction: number, detail?: string) => void;
