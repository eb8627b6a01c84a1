import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { projectRoot } from '@catchment/platform';
import { LoadBench } from './warehouse.fixture';

const folder = join(projectRoot(), '..', 'shared', 'data', 'synthea-100');
const present = existsSync(folder);

/** The number of non-empty lines of each file, named by type; counted without the loader. */
function lineCounts(): Record<string, number> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => {
      const lines = gunzipSync(readFileSync(join(folder, name)))
        .toString('utf8')
        .split('\n');
      return [name.replace('.ndjson.gz', ''), lines.filter((line) => line.trim() !== '').length];
    }),
  );
}

describe('100 Synthea patients, made by others', () => {
  it('are there where it counts', () => {
    if (!present && process.env.CI === 'true') throw new Error(`CI has to have ${folder}`);
    if (!present) process.stderr.write(`skipped, because ../shared/data/synthea-100 is not there\n`);
  });

  (present ? it : it.skip)('load with the number of resources of each type that the files have', async () => {
    const bench = await new LoadBench().open();
    const demand = { Observation: { code: {}, valueQuantity: { value: {} }, component: { code: {} } } };
    const expected = lineCounts();
    const report = await bench.load([folder], demand);
    expect(report).toMatchObject({ loaded: expected, unchanged: 0, quarantined: 0 });
    expect(Object.keys(report.loaded)).toHaveLength(Object.keys(expected).length);
    for (const [type, count] of Object.entries(expected)) {
      expect(await bench.rows(`select count(*) as n, count(distinct id) as ids from fhir."${type}"`)).toEqual(
        [{ n: count, ids: count }],
      );
    }
    expect(
      await bench.rows('select count(*) as n from fhir."Observation" where pid is null or code is null'),
    ).toEqual([{ n: 0 }]);
    bench.close();
  });
});
