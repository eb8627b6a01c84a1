import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { Defect } from '@catchment/platform';

/** One patient in so many has news. */
const oneIn = 100;

/** When the source changed what it sends again: after everything that a population was generated with. */
const changedAt = '2026-12-15T09:00:00Z';

interface Resource {
  resourceType: string;
  id: string;
  meta?: object;
  valueQuantity?: { value: number };
}

/**
 * Writes what an incremental pull brings when 1 % of the patients have news, and what the source would send as a whole
 * then. Of these patients every resource comes again in a newer version, so that all of it has to be stored anew; of
 * their measured values one in three is another one, and each patient has a new last one.
 * @returns how many resources are in the delta
 */
export async function writeDelta(folder: string, delta: string, whole: string): Promise<number> {
  mkdirSync(delta);
  mkdirSync(whole);
  let count = 0;
  for (const name of readdirSync(folder)) count += await divide(folder, name, delta, whole);
  if (count === 0) throw new Defect('no patient of the population has news');
  return count;
}

async function divide(folder: string, name: string, delta: string, whole: string): Promise<number> {
  const news: string[] = [];
  const added = new Map<string, Resource>();
  const kept = createWriteStream(join(whole, name));
  for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
    const patient = patientOf(line);
    if (patient !== undefined && hasNews(patient)) {
      const resource = JSON.parse(line) as Resource;
      const changed = newer(resource, resource.id.length % 3 === 0);
      news.push(JSON.stringify(changed));
      if (changed.valueQuantity) added.set(patient, { ...changed, id: `new-${resource.id}` });
    } else if (!kept.write(`${line}\n`)) {
      await once(kept, 'drain');
    }
  }
  news.push(...[...added.values()].map((resource) => JSON.stringify(newer(resource, true))));
  const text = news.map((line) => `${line}\n`).join('');
  kept.end(text);
  await finished(kept);
  if (news.length === 0) return 0;
  await finished(createWriteStream(join(delta, name)).end(text));
  return news.length;
}

/** The generator writes a type's reference to its patient before any other patient's. */
function patientOf(line: string): string | undefined {
  const id = line.startsWith('{"resourceType":"Patient"')
    ? /"id":"([^"]+)"/.exec(line)
    : /"reference":"Patient\/([^"]+)"/.exec(line);
  return id?.[1];
}

function hasNews(patient: string): boolean {
  return createHash('sha256').update(patient).digest().readUInt32BE() % oneIn === 0;
}

function newer(resource: Resource, otherValue: boolean): Resource {
  const { meta, valueQuantity } = resource;
  return {
    ...resource,
    meta: { ...meta, lastUpdated: changedAt },
    ...(valueQuantity && {
      valueQuantity: { ...valueQuantity, value: valueQuantity.value + (otherValue ? 1 : 0) },
    }),
  };
}
