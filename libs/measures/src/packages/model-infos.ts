import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '@catchment/platform';

/** A data model that CQL can use: what the translator must know of FHIR, QI-Core, US Core, … */
export interface ModelInfo {
  name: string;
  version: string;
  xml: string;
  requires: { name: string; version: string }[];
}

/** The model infos at hand, by name and version. FHIR 4.0.1 is built in, System is part of the translator. */
export class ModelInfos {
  private readonly known = new Map<string, ModelInfo>();

  /** Adds a model info; XML of any other kind is passed over. The first of a name and version stays. */
  add(xml: string): void {
    const model = readModelInfo(xml);
    const key = model && keyOf(model);
    if (model && !this.known.has(key!)) this.known.set(key!, model);
  }

  /** The model with everything that it requires, or the name of the first that is not there. */
  closure(name: string, version: string | undefined): ModelInfo[] | { missing: string } {
    if (name === 'System') return [];
    const model = this.find(name, version);
    if (!model) return { missing: version === undefined ? name : `${name} ${version}` };
    const all = [model];
    for (const required of model.requires) {
      const found = this.closure(required.name, required.version);
      if ('missing' in found) return found;
      all.push(...found);
    }
    return all;
  }

  private find(name: string, version: string | undefined): ModelInfo | undefined {
    if (version === undefined) return [...this.known.values()].find((model) => model.name === name);
    const found = this.known.get(keyOf({ name, version }));
    if (found || keyOf({ name, version }) !== 'FHIR|4.0.1') return found;
    this.add(builtInFhir());
    return this.known.get('FHIR|4.0.1');
  }
}

function keyOf({ name, version }: { name: string; version: string }): string {
  return `${name}|${version}`;
}

function readModelInfo(xml: string): ModelInfo | undefined {
  const root = /<(?:\w+:)?modelInfo\s[^>]*>/.exec(xml.slice(0, 10_000))?.[0];
  const name = root && attribute(root, 'name');
  if (!root || !name) return undefined;
  const requires = [...xml.matchAll(/<(?:\w+:)?requiredModelInfo\s[^>]*>/g)].map(([element]) => ({
    name: attribute(element, 'name') ?? '',
    version: attribute(element, 'version') ?? '',
  }));
  return { name, version: attribute(root, 'version') ?? '', xml, requires };
}

function attribute(element: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1];
}

function builtInFhir(): string {
  const manifest = createRequire(join(projectRoot(), 'package.json')).resolve('cql-exec-fhir/package.json');
  return readFileSync(join(dirname(manifest), 'lib', 'modelInfos', 'fhir-modelinfo-4.0.1.xml'), 'utf8');
}

/** The folder that people fill with model infos which packages do not bring. */
export function modelsFolder(dataDir: string): string | undefined {
  const folder = join(dataDir, 'models');
  return existsSync(folder) ? folder : undefined;
}
