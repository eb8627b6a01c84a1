import type { Comparison, Failure } from './compare';
import type { MeasureConformance } from './outcome';

/** Collects the verdict of every case of a measure, each once. */
export class Tally {
  private readonly right = new Set<string>();
  private readonly wrong = new Set<string>();
  private readonly unsupported = new Map<string, string>();
  private readonly failures: Failure[] = [];
  private undividedStrata = 0;
  private readonly started = performance.now();

  compared(name: string, { failures, undividedStrata }: Comparison): void {
    (failures.length > 0 ? this.wrong : this.right).add(name);
    this.failures.push(...failures);
    if (undividedStrata) this.undividedStrata += 1;
  }

  /** A case whose data made a define fail: it has no result. */
  failed(name: string, reason: string): void {
    this.wrong.add(name);
    this.failures.push({ case: name, group: '', population: 'error', expected: 'a result', actual: reason });
  }

  /** Cases that were not compared before and cannot be, for one reason. */
  notSupported(names: readonly string[], reason: string): void {
    for (const name of names) {
      if (!this.right.has(name) && !this.wrong.has(name)) this.unsupported.set(name, reason);
    }
  }

  conformance(name: string): MeasureConformance {
    const reasons = new Map<string, number>();
    for (const reason of this.unsupported.values()) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return {
      name,
      cases: this.right.size + this.wrong.size + this.unsupported.size,
      right: this.right.size,
      wrong: this.wrong.size,
      unsupported: this.unsupported.size,
      reasons: [...reasons].map(([reason, cases]) => ({ reason, cases })),
      failures: this.failures,
      undividedStrata: this.undividedStrata,
      seconds: (performance.now() - this.started) / 1000,
    };
  }
}
