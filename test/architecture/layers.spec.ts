import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const project = resolve(__dirname, '../..');
const cruiser = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Cruise {
  modules: { source: string }[];
  summary: { violations: { from: string; rule: { name: string } }[] };
}

/** What dependency-cruiser finds with the rules of `layers.cjs` in the apps and libs of a folder. */
async function cruise(folder: string): Promise<Cruise> {
  const text = await new Promise<string>((done, fail) => {
    const args = [cruiser, '--config', 'layers.cjs', '--output-type', 'json', 'apps', 'libs'];
    const options = { cwd: folder, maxBuffer: 256 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (stdout) done(stdout);
      else fail(new Error(`dependency-cruiser printed nothing: ${stderr}`, { cause: error }));
    });
  });
  return JSON.parse(text) as Cruise;
}

/** A project without violations, under the rules and compiler settings of this one. */
const sources: Record<string, string> = {
  'libs/platform/src/index.ts': 'export const platform = 1;\n',
  'libs/fhir/src/index.ts': "export { platform as fhir } from '@catchment/platform';\n",
  'libs/fhir/src/back.ts': 'export const back = 1;\n',
  'libs/fhir/src/there.ts': "export * from './back';\n",
  'libs/elm/src/index.ts': 'export const elm = 1;\n',
  'libs/cql/src/index.ts': "export { elm as cql } from '@catchment/elm';\nexport * from './inner';\n",
  'libs/cql/src/inner.ts': 'export const inner = 1;\n',
  'libs/warehouse/src/index.ts': "export { DuckDBInstance } from '@duckdb/node-api';\n",
  'libs/measures/src/index.ts': "export { cql as measures } from '@catchment/cql';\n",
  'libs/unlisted/src/index.ts': 'export const unlisted = 1;\n',
  'apps/cli/src/main.ts': "export { measures as main } from '@catchment/measures';\n",
};

const planted: [what: string, rule: string, file: string, text: string][] = [
  [
    'a lib imports one of a higher layer',
    'layer-cql',
    'libs/cql/src/higher.ts',
    "export * from '@catchment/measures';\n",
  ],
  [
    'a lib imports one of its own layer',
    'layer-cql',
    'libs/cql/src/beside.ts',
    "export * from '@catchment/warehouse';\n",
  ],
  [
    'a lib imports an app',
    'layer-measures',
    'libs/measures/src/app.ts',
    "export * from '../../../apps/cli/src/main';\n",
  ],
  [
    'a lib reaches past an index',
    'layer-measures',
    'libs/measures/src/past-index.ts',
    "export * from '../../cql/src/inner';\n",
  ],
  [
    'only a type comes from a higher layer',
    'layer-elm',
    'libs/elm/src/type-only.ts',
    "import type { cql } from '@catchment/cql';\nexport type Planted = typeof cql;\n",
  ],
  [
    'an app reaches past an index',
    'known-lib',
    'apps/cli/src/past-index.ts',
    "export * from '../../../libs/cql/src/inner';\n",
  ],
  [
    'an app imports a lib that has no layer',
    'known-lib',
    'apps/cli/src/no-layer.ts',
    "export * from '@catchment/unlisted';\n",
  ],
  [
    'files import each other',
    'no-cycles',
    'libs/fhir/src/back.ts',
    "export * from './there';\nexport const back = 1;\n",
  ],
  [
    'an app drives DuckDB',
    'only-warehouse-drives-duckdb',
    'apps/cli/src/driver.ts',
    "export { DuckDBInstance } from '@duckdb/node-api';\n",
  ],
  [
    'a lib opens a data source',
    'only-store-opens-the-data-source',
    'libs/measures/src/data-source.ts',
    "export { DataSource } from 'typeorm';\n",
  ],
  [
    'the compiler imports a framework',
    'the-compiler-has-no-framework',
    'libs/cql/src/framework.ts',
    "export { Injectable } from '@nestjs/common';\n",
  ],
];

describe('layers', () => {
  const folders: string[] = [];

  function projectOf(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'catchment-layers-'));
    folders.push(folder);
    for (const file of ['layers.cjs', 'tsconfig.json']) cpSync(join(project, file), join(folder, file));
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return folder;
  }

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('are all read, and kept by a project without violations', async () => {
    const { modules, summary } = await cruise(projectOf(sources));
    expect(summary.violations).toEqual([]);
    expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(Object.keys(sources)));
  });

  describe('are broken when', () => {
    let found: string[];

    beforeAll(async () => {
      const files = Object.fromEntries(planted.map(([, , file, text]) => [file, text]));
      const { summary } = await cruise(projectOf({ ...sources, ...files }));
      found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
    });

    it.each(planted)('%s', (_, rule, file) => {
      expect(found).toContain(`${rule}: ${file}`);
    });

    it('nothing else is reported', () => {
      expect(new Set(found)).toEqual(new Set(planted.map(([, rule, file]) => `${rule}: ${file}`)));
    });
  });
});
