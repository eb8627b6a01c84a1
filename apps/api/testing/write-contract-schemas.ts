/**
 * Writes apps/api/src/openapi/contract.schemas.json, after a change of contract.ts: `npm run -s contract`
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { projectRoot } from '@catchment/platform';
import { contractSchemas } from './contract-schemas';

async function main(): Promise<void> {
  const source = join(projectRoot(), 'apps/api/src');
  const schemas = contractSchemas(join(source, 'clinical/contract.ts'));
  const text = await format(JSON.stringify(schemas), { parser: 'json', printWidth: 110 });
  writeFileSync(join(source, 'openapi/contract.schemas.json'), text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
