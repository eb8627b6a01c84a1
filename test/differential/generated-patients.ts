import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatePopulation } from '@catchment/synthetic';
import type { FhirResource } from 'fhir/r4';
import type { PatientRecord } from './cql-execution-engine';

/** Synthetic patients with everything that is recorded about them; the same for the same seed. */
export async function generatePatients(patients: number, seed: number): Promise<PatientRecord[]> {
  const outDir = mkdtempSync(join(tmpdir(), 'catchment-generated-'));
  try {
    await generatePopulation({ patients, seed, outDir });
    const resources = readdirSync(outDir).flatMap((name) => readNdjson(join(outDir, name)));
    const records = new Map<string, FhirResource[]>();
    for (const resource of resources) {
      if (resource.resourceType === 'Patient') records.set(resource.id ?? '', [resource]);
    }
    for (const resource of resources) {
      const id = patientOf(resource);
      if (id) records.get(id)?.push(resource);
    }
    return [...records].map(([id, own]) => ({ id, resources: own }));
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

function readNdjson(file: string): FhirResource[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as FhirResource);
}

type PatientReferences = Partial<Record<'subject' | 'patient' | 'beneficiary', { reference?: string }>>;

/** Id of the patient that a resource of the patient compartment is about. */
function patientOf(resource: FhirResource): string | undefined {
  const { subject, patient, beneficiary } = resource as PatientReferences;
  return /^Patient\/(.+)$/.exec((subject ?? patient ?? beneficiary)?.reference ?? '')?.[1];
}
