import type { Program, Statement } from '@catchment/cql';
import { quoteIdentifier, type Connection, type PatientFailure } from '@catchment/warehouse';

/**
 * The temp tables of the programs of a run. What several programs have in common (supplemental data, hospice care) is
 * made once: a table stays while a program to come has the same statement.
 */
export class RunTables {
  /** By name of the table: what stands there. */
  private readonly standing = new Map<string, { fingerprint: string; failures: PatientFailure[] }>();
  /** By fingerprint: how many programs to come have the statement. */
  private readonly wanted = new Map<string, number>();

  /** @param programs in the order in which they run; all number their code sets alike */
  constructor(
    private readonly connection: Connection,
    programs: readonly Program[],
  ) {
    for (const { statements } of programs) {
      for (const { fingerprint } of statements)
        this.wanted.set(fingerprint, (this.wanted.get(fingerprint) ?? 0) + 1);
    }
  }

  /**
   * Makes the table of a statement, where it does not stand already.
   * @returns who could not be evaluated for it
   * @throws what the database throws; there is no such table then
   */
  async make({ name, sql, fingerprint }: Statement): Promise<readonly PatientFailure[]> {
    const known = this.standing.get(name);
    if (known?.fingerprint === fingerprint) return known.failures;
    this.standing.delete(name);
    // The other table of this name makes room first.
    if (known) await this.drop(name);
    await this.connection.retryWithOneThread(() => {
      this.connection.failures.take();
      return this.connection.run(sql);
    });
    const made = { fingerprint, failures: this.connection.failures.take() };
    this.standing.set(name, made);
    return made.failures;
  }

  /** A program is done, or failed: drops its tables that no program to come has. */
  async release({ statements }: Program): Promise<void> {
    for (const { name, fingerprint } of statements) {
      const left = (this.wanted.get(fingerprint) ?? 1) - 1;
      this.wanted.set(fingerprint, left);
      if (left > 0 || this.standing.get(name)?.fingerprint !== fingerprint) continue;
      this.standing.delete(name);
      await this.drop(name);
    }
  }

  /** Drops what stands: there is no program to come. */
  async clear(): Promise<void> {
    for (const name of [...this.standing.keys()]) {
      this.standing.delete(name);
      await this.drop(name);
    }
  }

  private async drop(name: string): Promise<void> {
    await this.connection.run(`drop table if exists temp.${quoteIdentifier(name)}`);
  }
}
