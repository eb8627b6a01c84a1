import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Diagnostic } from '@catchment/platform';
import { readClientKey } from '@catchment/sources';
import type { BulkConfiguration } from '@catchment/store';

/** What is exported, and how the server is reached. */
export interface BulkOptions {
  group?: string;
  patients?: true;
  types?: string;
  typeFilter: string[];
  elements?: string;
  post?: true;
  clientId?: string;
  tokenUrl?: string;
  privateKey?: string;
  keyId?: string;
  scope: string;
  fileHost: string[];
}

/** The options of every command that is about a FHIR server. */
export function bulkOptions(command: Command): Command {
  return command
    .option('--group <id>', 'the patients of a group')
    .option('--patients', 'all patients; without this and --group everything is exported')
    .option('--types <list>', 'resource types, with commas between')
    .option(
      '--type-filter <query...>',
      'for example Condition?clinical-status=active; several are alternatives',
      [],
    )
    .option('--elements <list>', 'only these elements, for example Patient.id,Patient.birthDate')
    .option('--post', 'kick off with POST, as version 4 of Bulk Data Access has it')
    .option('--client-id <id>', 'this client, as the server knows it (SMART Backend Services)')
    .option('--token-url <url>', 'the token endpoint, where the server does not announce it')
    .option('--private-key <file>', 'private key of the client: JWK or PEM')
    .option(
      '--key-id <kid>',
      "the key's name at the server; default: the kid of the JWK, else its thumbprint",
    )
    .option('--scope <scopes>', 'scopes to ask for', 'system/*.rs')
    .option('--file-host <host...>', 'further hosts of the server that get its token for files', []);
}

export function bulkConfiguration(endpoint: string, options: BulkOptions): BulkConfiguration {
  const { group, patients, types, typeFilter, elements, post, clientId, tokenUrl, scope, fileHost } = options;
  if (group !== undefined && patients) throw new Diagnostic('--group and --patients exclude each other');
  return {
    kind: 'bulk',
    endpoint,
    level: group !== undefined ? 'group' : patients ? 'patient' : 'system',
    groupId: group ?? null,
    types: listOf(types),
    typeFilters: typeFilter,
    elements: listOf(elements),
    method: post ? 'POST' : 'GET',
    clientId: clientId ?? null,
    tokenUrl: tokenUrl ?? null,
    scope,
    fileHosts: fileHost,
  };
}

function listOf(text: string | undefined): string[] {
  return text?.split(',').map((item) => item.trim()) ?? [];
}

/** The key of --private-key; undefined without it. */
export async function keyOfOptions({ privateKey, keyId }: BulkOptions) {
  if (privateKey === undefined) return undefined;
  return readClientKey(readKeyFile(privateKey), keyId);
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Diagnostic('the file of the private key cannot be read', { file: path }, { cause });
  }
}
