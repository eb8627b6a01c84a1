import schemas from '../src/openapi/contract.schemas.json';
import type { Schema } from './contract-schemas';

const named = schemas as Record<string, Schema>;

/** What of a value is not as the contract's type says, as `path: complaint`; also what the type does not know. */
export function complaintsAbout(value: unknown, name: string): string[] {
  return check(value, { $ref: name }, name);
}

function check(value: unknown, schema: Schema, path: string): string[] {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (value === null) return schema.nullable ? [] : [`${path}: null`];
  if (target) return check(value, named[target.split('/').at(-1)!]!, path);
  if (schema.enum && !schema.enum.includes(value as string)) return [`${path}: ${JSON.stringify(value)}`];
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${path}: no list`];
      return value.flatMap((item, index) => check(item, schema.items!, `${path}[${index}]`));
    case 'object':
      return checkObject(value, schema, path);
    default:
      return typeof value === schema.type ? [] : [`${path}: ${typeof value}`];
  }
}

function checkObject(value: unknown, { properties = {}, required = [] }: Schema, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no object`];
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name}: missing`);
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const schema = properties[name];
    return schema ? check(part, schema, `${path}.${name}`) : [`${path}.${name}: unknown`];
  });
  return [...missing, ...parts];
}
