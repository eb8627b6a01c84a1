import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the work of a crash trial loads, in this order. */
export interface CrashLoad {
  paths: string[];
  deletions: string[];
}

const patients = 3000;

/**
 * Writes the files of three loads: everything, then changes and deletions, of patients too, then some of it again.
 * @returns the loads
 */
export function writeCrashData(folder: string): CrashLoad[] {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, resources: readonly object[]): string => {
    const path = join(folder, name);
    writeFileSync(path, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(''));
    return path;
  };
  const numbers = (step: number): number[] =>
    Array.from({ length: Math.ceil(patients / step) }, (_, index) => index * step);
  const all = numbers(1);
  return [
    {
      paths: [
        write(
          '1-patients.ndjson',
          all.map((n) => patient(n, 1)),
        ),
        write(
          '1-scans.ndjson',
          all.flatMap((n) => [0, 1, 2].map((k) => scan(n, k, 1))),
        ),
      ],
      deletions: [],
    },
    {
      paths: [
        write('2-changes.ndjson', [
          ...numbers(7).map((n) => patient(n, 2)),
          ...numbers(5).map((n) => scan(n, 1, 2)),
        ]),
      ],
      deletions: [
        write('2-deleted.ndjson', [
          bundle(numbers(11).map((n) => `Patient/p${n}`)),
          bundle(numbers(4).flatMap((n) => [0, 1, 2].map((k) => `Procedure/s${n}-${k}`))),
        ]),
      ],
    },
    {
      paths: [
        write(
          '3-again.ndjson',
          numbers(33).map((n) => patient(n, 3)),
        ),
      ],
      deletions: [],
    },
  ];
}

function patient(n: number, version: number): object {
  return {
    resourceType: 'Patient',
    id: `p${n}`,
    meta: versionOf(version),
    birthDate: `${1930 + (n % 90)}-0${version}-01`,
    name: [{ family: `Family${n}`, given: ['Given'] }],
  };
}

function scan(n: number, k: number, version: number): object {
  return {
    resourceType: 'Procedure',
    id: `s${n}-${k}`,
    meta: versionOf(version),
    status: (n + k + version) % 3 === 0 ? 'not-done' : 'completed',
    code: { coding: [{ system: 'urn:test', code: 'scan', display: 'Scan' }] },
    subject: { reference: `Patient/p${n}` },
    performedDateTime: `2026-0${k + 1}-1${n % 10}`,
  };
}

function versionOf(version: number): object {
  return { lastUpdated: `2026-10-0${version}T00:00:00Z` };
}

function bundle(references: readonly string[]): object {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: references.map((url) => ({ request: { method: 'DELETE', url } })),
  };
}
