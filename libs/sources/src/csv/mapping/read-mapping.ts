import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { Diagnostic } from '@catchment/platform';
import { checkMapping } from './check-mapping';
import { mappingSchema, type Mapping } from './mapping-schema';

/** What is wrong with a mapping: every fault at once, because its author corrects them at once. */
export class MappingFault extends Diagnostic {
  /** @param faults each with its key, and the line where it stands */
  constructor(
    file: string,
    readonly faults: readonly string[],
  ) {
    super(`the mapping can not be used: ${faults.join('; ')}`, { file });
  }
}

/** A mapping is written by hand: anything larger is another file. */
const mostCharacters = 1_000_000;
const mostFaults = 20;

/**
 * Reads a mapping file, YAML or JSON.
 * @param file its name, for messages
 * @throws MappingFault naming every key that is wrong and what may stand there
 */
export function readMapping(text: string, file: string): Mapping {
  if (text.length > mostCharacters) throw new MappingFault(file, ['it has more than a million characters']);
  const lines = new LineCounter();
  // Every JSON text is YAML.
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', uniqueKeys: true });
  if (document.errors.length > 0)
    throw new MappingFault(
      file,
      document.errors
        .slice(0, mostFaults)
        .map(({ message }) => `it is neither YAML nor JSON: ${message.split('\n')[0]}`),
    );
  visit(document, {
    // They would let a short text become one that fills the memory.
    Alias: (_, { source }) => {
      throw new MappingFault(file, [`aliases are not read: write out what *${source} stands for`]);
    },
  });
  const parsed = mappingSchema.safeParse(document.toJS());
  const faults = parsed.success
    ? checkMapping(parsed.data)
    : flatten(parsed.error.issues).map(({ path, message }) => ({ path: path.map(String), message }));
  if (faults.length === 0) return parsed.data as Mapping;
  throw new MappingFault(
    file,
    faults.slice(0, mostFaults).map(({ path, message }) => `${keyText(path, document, lines)}${message}`),
  );
}

interface Issue {
  path: PropertyKey[];
  message: string;
  code?: string;
  errors?: Issue[][];
}

/** A union's own issue says nothing: those of the form that came closest do. */
function flatten(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || !issue.errors?.length) return [issue];
    const forms = issue.errors.map((form) =>
      flatten(form.map((each) => ({ ...each, path: [...issue.path, ...each.path] }))),
    );
    return forms.reduce((best, form) => (depth(form) > depth(best) ? form : best));
  });
}

function depth(issues: readonly Issue[]): number {
  const unknown = issues.some(({ code }) => code === 'unrecognized_keys') ? 0.5 : 0;
  return Math.max(...issues.map(({ path }) => path.length)) + unknown;
}

/** `tables.patients.file (line 12): ` */
function keyText(path: readonly string[], document: Document, lines: LineCounter): string {
  if (path.length === 0) return '';
  const at = offsetOf(path, document);
  const line = at === undefined ? '' : ` (line ${lines.linePos(at).line})`;
  return `${path.join('.')}${line}: `;
}

/** Where the key, or the nearest one above it that is there, begins. */
function offsetOf(path: readonly string[], document: Document): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (!isMap(parent)) continue;
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === path[length - 1]);
    if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
  }
  return undefined;
}
