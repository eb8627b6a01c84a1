import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FhirResource } from 'fhir/r4';
import type { PatientRecord } from '../../differential/cql-execution-engine';

/** Every `step`-th patient of a folder of NDJSON, with everything that is recorded about them, and shared resources. */
export async function samplePatients(folder: string, count: number): Promise<PatientRecord[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  const isPatient = (name: string): boolean => /^Patient\b/.test(name);
  const all: FhirResource[] = [];
  for (const name of names.filter(isPatient)) {
    for await (const line of linesOf(join(folder, name))) all.push(JSON.parse(line) as FhirResource);
  }
  const step = Math.max(1, Math.floor(all.length / count));
  const chosen = all.filter((_, index) => index % step === 0).slice(0, count);
  const records = new Map(chosen.map((patient) => [patient.id ?? '', [patient]]));
  const shared: FhirResource[] = [];
  for (const name of names.filter((other) => !isPatient(other))) {
    for await (const line of linesOf(join(folder, name))) {
      const patient = /"(?:subject|patient|beneficiary|for)":\{"reference":"Patient\/([^"]+)"/.exec(
        line,
      )?.[1];
      if (patient !== undefined) records.get(patient)?.push(JSON.parse(line) as FhirResource);
      else if (/^Medication\b/.test(name)) shared.push(JSON.parse(line) as FhirResource);
    }
  }
  return [...records].map(([id, resources]) => ({ id, resources: [...resources, ...shared] }));
}

async function* linesOf(file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line !== '') yield line;
  }
}
