import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { warehouseFile } from '@catchment/warehouse';
import { completeLoads } from './complete-loads';
import { Ledger } from './ledger';
import { condition, LoadBench, patient } from './warehouse.fixture';
import { readState } from './warehouse-state.fixture';

describe('the ledger', () => {
  let bench: LoadBench;
  let file: string;
  beforeEach(async () => {
    bench = await new LoadBench().open();
    file = join(bench.dataDir, 'landing', 'ledger.ndjson');
    await bench.event([patient('a'), condition('c1', 'Patient/a')]);
    await bench.event([patient('b')], { source: 'north' });
    await bench.event([condition('c2', 'Patient/a')]);
  });
  afterEach(() => bench.close());

  const complete = (): Promise<unknown> => completeLoads(bench.database.main, bench.dataDir);

  async function loseWarehouse(): Promise<void> {
    bench.database.close();
    rmSync(warehouseFile(bench.dataDir));
    await bench.open();
  }

  it('has a line for every load, with what it takes to do it again', () => {
    const events = Ledger.read(bench.dataDir).events;
    expect(events).toEqual([
      expect.objectContaining({ sequence: 1, source: 'default', origin: 'files' }),
      expect.objectContaining({ sequence: 2, source: 'north' }),
      expect.objectContaining({ sequence: 3, source: 'default' }),
    ]);
    expect(events[0]!.files).toEqual([
      {
        kind: 'resources',
        path: join(bench.folder, '0.ndjson'),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        bytes: readFileSync(join(bench.folder, '0.ndjson')).length,
      },
    ]);
  });

  it('completes a warehouse that lacks recorded loads, before another load and only once', async () => {
    const before = await readState(bench.database.main);
    await loseWarehouse();
    await bench.event([patient('d')], { source: 'north' });
    const { subjects, ...rest } = await readState(bench.database.main);
    expect(subjects).toHaveLength(before.subjects!.length + 1);
    expect({ resources: rest.resources!.length, Condition: rest.Condition }).toEqual({
      resources: before.resources!.length + 1,
      Condition: before.Condition,
    });
    const numbers = await bench.rows('select * from registry.counter');
    await complete();
    expect(await bench.rows('select * from registry.counter')).toEqual(numbers);
  });

  it('cuts off a line that a crash left unfinished, and goes on after it', async () => {
    const whole = readFileSync(file, 'utf8');
    appendFileSync(file, '{"sequence":4,"at":"2026-01-01T00:00:00.000Z","sou');
    await bench.event([patient('d')]);
    expect(readFileSync(file, 'utf8').startsWith(whole)).toBe(true);
    expect(Ledger.read(bench.dataDir).events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, (lines: string[]) => string[], RegExp]>([
    ['damaged', ([one, two, three]) => [one!, two!.slice(0, -9), three!], /a line is no JSON.*line 2/],
    [
      'changed',
      ([one, two, three]) => [one!.replace('default', 'other'), two!, three!],
      /line before it.*line 2/,
    ],
    ['taken away', ([one, , three]) => [one!, three!], /line before it.*line 2/],
    ['put in front', (lines) => [lines[0]!, ...lines], /line before it.*line 2/],
  ])('refuses a line in the middle that was %s, and changes nothing', async (_, change, message) => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const damaged = `${change(lines).join('\n')}\n`;
    writeFileSync(file, damaged);
    const before = await readState(bench.database.main);
    await expect(bench.event([patient('d')])).rejects.toThrow(message);
    expect(readFileSync(file, 'utf8')).toBe(damaged);
    expect(await readState(bench.database.main)).toEqual(before);
  });

  it('refuses a ledger that lacks what the warehouse holds', async () => {
    const [one] = readFileSync(file, 'utf8').split('\n');
    truncateSync(file, one!.length + 1);
    await expect(complete()).rejects.toThrow(/holds 3 loads and the ledger of the landing zone has 1/);
    rmSync(file);
    await expect(complete()).rejects.toThrow(/holds 3 loads and the ledger of the landing zone has 0/);
  });

  it('is begun for a landing zone from before there was a ledger', async () => {
    const before = await readState(bench.database.main);
    rmSync(file);
    await bench.database.main.run('update registry.applied set sequence = 0');
    await complete();
    expect(Ledger.read(bench.dataDir).events.map(({ source, files }) => [source, files.length])).toEqual([
      ['default', 1],
      ['north', 1],
      ['default', 1],
    ]);
    await loseWarehouse();
    await complete();
    expect(await readState(bench.database.main)).toEqual(before);
  });

  it('whoever completes loads removes what a killed one left in the landing zone', async () => {
    const landing = join(bench.dataDir, 'landing');
    const before = readdirSync(landing);
    for (const name of ['incoming', 'applying', 'reshred']) mkdirSync(join(landing, name));
    writeFileSync(join(landing, 'incoming', '1.lines'), 'left');
    writeFileSync(join(landing, 'abc.parquet.77.tmp'), 'left');
    await complete();
    expect(readdirSync(landing)).toEqual(before);
  });

  it('records nothing of a load that is refused', async () => {
    const recorded = readFileSync(file, 'utf8');
    await expect(bench.load([bench.write('x.ndjson', '<html>')])).rejects.toThrow('HTML');
    await expect(bench.load([])).rejects.toThrow('no FHIR files');
    expect(readFileSync(file, 'utf8')).toBe(recorded);
  });
});
