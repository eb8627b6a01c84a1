/** Characters of JSON that are kept, about: older answers go first. */
const defaultLimit = 32_000_000;

interface Entry {
  value: Promise<unknown>;
  /** Characters of JSON; 0 while it is computed. */
  weight: number;
}

/**
 * Answers computed from one publication. A publication never changes, so that they hold until the next one; then all
 * are forgotten. Requests that ask for the same at the same time wait for one computation. What was remembered is
 * shared between requests: nobody may change it.
 */
export class SnapshotCache {
  private snapshot = '';
  private weight = 0;
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly limit = defaultLimit) {}

  /**
   * @param snapshot file of the publication
   * @param key everything that the answer depends on: who asks (scope), what for, with which filter
   */
  async remember<T>(snapshot: string, key: string, compute: () => Promise<T>): Promise<T> {
    if (snapshot !== this.snapshot) this.forget(snapshot);
    const known = this.entries.get(key);
    if (known) {
      // The order of a Map is that of insertion: what is asked for moves to the end.
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.value as Promise<T>;
    }
    const entry: Entry = { value: compute(), weight: 0 };
    this.entries.set(key, entry);
    try {
      const value = (await entry.value) as T;
      this.weigh(key, entry, value);
      return value;
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    }
  }

  private forget(snapshot: string): void {
    this.snapshot = snapshot;
    this.entries.clear();
    this.weight = 0;
  }

  private weigh(key: string, entry: Entry, value: unknown): void {
    // Forgotten meanwhile: a new publication came.
    if (this.entries.get(key) !== entry) return;
    entry.weight = JSON.stringify(value).length;
    this.weight += entry.weight;
    for (const [oldest, { weight }] of this.entries) {
      if (this.weight <= this.limit) return;
      if (weight === 0) continue;
      this.entries.delete(oldest);
      this.weight -= weight;
    }
  }
}
