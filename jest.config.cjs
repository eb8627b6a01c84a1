/** Test runner configuration. swc checks no types: `npm run check` does. */

// Dates without an offset mean UTC here; cql-execution, the second engine, reads them in the zone of the process.
process.env.TZ = 'UTC';

module.exports = {
  rootDir: '.',
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  transform: {
    '^.+\\.(t|j)sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(jose|openid-client|oauth4webapi)/)'],
  moduleNameMapper: { '^@catchment/(.*)$': '<rootDir>/libs/$1/src' },
  globalSetup: '<rootDir>/test/run-server.cjs',
  globalTeardown: '<rootDir>/test/stop-run-server.cjs',
  setupFiles: ['<rootDir>/libs/store/testing/own-redis.cjs'],
  testTimeout: 60000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1500MB',
};
