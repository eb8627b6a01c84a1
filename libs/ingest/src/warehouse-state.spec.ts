import { readWarehouseContent } from '@catchment/warehouse';
import { rebuildWarehouse } from './rebuild';
import { condition, LoadBench, patient } from './warehouse.fixture';
import { readState } from './warehouse-state.fixture';

/** A few resources of which a source always states the present: what it has, what it changed, what it deleted. */
class Source {
  /** Present resources by reference. */
  readonly present = new Map<string, object>();
  private clock = 0;

  constructor(
    private readonly random: () => number,
    private readonly dated: boolean,
  ) {}

  /** Changes at random; what a delta export would say of it. */
  change(steps: number): { changed: object[]; deleted: string[] } {
    const changed = new Map<string, object>();
    const deleted = new Set<string>();
    for (let step = 0; step < steps; step++) {
      const reference = this.pick();
      if (this.present.has(reference) && this.random() < 0.3) {
        this.present.delete(reference);
        changed.delete(reference);
        deleted.add(reference);
      } else {
        const resource = this.make(reference);
        this.present.set(reference, resource);
        changed.set(reference, resource);
        deleted.delete(reference);
      }
    }
    return { changed: this.shuffled([...changed.values()]), deleted: [...deleted] };
  }

  everything(): object[] {
    return this.shuffled([...this.present.values()]);
  }

  private pick(): string {
    const kind = ['Patient', 'Condition', 'Condition', 'Organization'][Math.floor(this.random() * 4)]!;
    return `${kind}/${kind[0]!.toLowerCase()}${Math.floor(this.random() * 6)}`;
  }

  private make(reference: string): object {
    const [type, id] = reference.split('/') as [string, string];
    const at = new Date(Date.UTC(2026, 0, 1) + 3_600_000 * ++this.clock).toISOString();
    const meta = this.dated ? { meta: { lastUpdated: at } } : {};
    const day = at.slice(0, 10);
    if (type === 'Patient') return patient(id, { ...meta, birthDate: day });
    if (type === 'Organization') return { resourceType: type, id, ...meta, name: at };
    // Also about patients who are not there.
    return condition(id, `Patient/p${Math.floor(this.random() * 6)}`, { ...meta, recordedDate: at });
  }

  private shuffled<T>(items: T[]): T[] {
    return items
      .map((item) => ({ item, key: this.random() }))
      .sort((left, right) => left.key - right.key)
      .map(({ item }) => item);
  }
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const demand = { Patient: { birthDate: {} }, Condition: { recordedDate: {} }, Organization: { name: {} } };

describe('what the warehouse holds', () => {
  it.each([
    [1, true],
    [2, true],
    [3, true],
    [4, false],
    [5, false],
    [6, false],
  ])(
    'after a whole export and deltas is what a whole export of the end brings, and a rebuild too: seed %d, dates %s',
    async (seed, dated) => {
      const source = new Source(randomOf(seed), dated);
      const bench = await new LoadBench().open();
      source.change(20);
      await bench.event(source.everything(), { demand });
      const seen = { deleted: 0, restored: 0, orphaned: 0, waiting: 0 };
      for (let delta = 0; delta < 6; delta++) {
        const { changed, deleted } = source.change(6);
        const deletions = deleted.length > 0 ? bench.deletions(...deleted) : [];
        if (changed.length + deletions.length === 0) continue;
        const report = await bench.event(changed, { deletions });
        seen.deleted += report.deleted;
        seen.restored += report.restored;
        seen.orphaned += report.orphaned;
        seen.waiting += report.reasons['unknown-patient'] ?? 0;
      }
      const state = await readState(bench.database.main);
      const content = await readWarehouseContent(bench.database.main);

      const whole = await new LoadBench().open();
      await whole.event(source.everything(), { demand });
      expect(state).toEqual(await readState(whole.database.main));
      expect(content.resources).toBe((await readWarehouseContent(whole.database.main)).resources);
      whole.close();

      bench.database.close();
      expect(await rebuildWarehouse({ dataDir: bench.dataDir })).toMatchObject({ content, before: content });
      await bench.open();
      expect(await readState(bench.database.main)).toEqual(state);
      bench.close();
      // The changes were such that it is worth comparing.
      expect(seen.deleted).toBeGreaterThan(0);
      expect(seen.restored + seen.orphaned + seen.waiting).toBeGreaterThan(0);
    },
  );
});
