/** Why a row is set aside: the column where it shows, and words without any value of it. */
export class RowProblem extends Error {
  constructor(
    readonly column: string | null,
    readonly reason: string,
  ) {
    super(reason);
  }
}
