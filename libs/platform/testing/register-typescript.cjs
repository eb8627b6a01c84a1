/**
 * Lets a plain node process run the TypeScript sources without a build, as Jest does (no type check):
 * `node -r ./libs/platform/testing/register-typescript.cjs apps/cli/src/main.ts --help`.
 * For tests that start processes, and for trying a change quickly.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '../../..');
const resolveFilename = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  const lib = /^@catchment\/([\w-]+)$/.exec(request)?.[1];
  return resolveFilename.call(this, lib ? resolve(root, 'libs', lib, 'src/index.ts') : request, ...rest);
};

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2023',
    },
    module: { type: 'commonjs', ignoreDynamic: false },
  });
  module._compile(code, filename);
};
