/**
 * The layer table: a lib may import libs of lower layers only, through `@catchment/<name>`; everybody may import
 * `platform`. A lib that is not in the table can't be imported. dependency-cruiser's rules are derived from it.
 */
const layers = [
  ['platform', 'fhir', 'elm'],
  ['cql', 'warehouse', 'store', 'synthetic'],
  ['terminology', 'ingest', 'access'],
  ['population', 'sources', 'quality'],
  ['measures'],
  ['gaps'],
  ['reports'],
];

const rank = new Map(layers.flatMap((libs, level) => libs.map((lib) => [lib, level])));

const upward = [...rank].map(([lib, level]) => ({
  name: `layer-${lib}`,
  comment: `libs/${lib} (layer ${level}) imports only libs of lower layers, and through their index`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: {
    path: '^(libs|apps)/',
    pathNot: [
      `^libs/${lib}/`,
      ...[...rank]
        .filter(([other, below]) => below < level || other === 'platform')
        .map(([other]) => `^libs/${other}/src/index\\.ts$`),
    ],
  },
}));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'known-lib',
      comment: 'only libs of the layer table may be imported, through their index',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/', pathNot: [...rank.keys()].map((lib) => `^libs/${lib}/src/index\\.ts$`) },
    },
    {
      name: 'no-cycles',
      comment: 'types may refer to each other, code may not',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-warehouse-drives-duckdb',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/warehouse/' },
      to: { path: '@duckdb/node-api' },
    },
    {
      name: 'only-store-opens-the-data-source',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: '^libs/store/|\\.entity\\.ts$|\\.module\\.ts$|\\.service\\.ts$',
      },
      to: { path: 'node_modules/typeorm/' },
    },
    {
      name: 'the-compiler-has-no-framework',
      severity: 'error',
      from: { path: '^libs/(cql|elm|fhir)/' },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|express)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
