import type { OpenAPIObject } from '@nestjs/swagger';
import schemas from './contract.schemas.json';

/** A type of the contract that answers and bodies may name. */
export type ContractName = keyof typeof schemas;

export function refersTo(name: ContractName): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** Adds the contract's types to the document; the decorators only refer to them. */
export function addContract(document: OpenAPIObject): OpenAPIObject {
  const known = document.components?.schemas ?? {};
  document.components = {
    ...document.components,
    schemas: { ...known, ...(schemas as unknown as typeof known) },
  };
  return document;
}
