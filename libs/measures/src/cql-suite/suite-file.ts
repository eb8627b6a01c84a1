import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Diagnostic } from '@catchment/platform';

/** One test of the CQL specification's suite: an expression and what it must give. */
export interface SuiteTest {
  file: string;
  group: string;
  name: string;
  expression: string;
  /** CQL text of the expected value; undefined when the expression must fail. */
  output?: string;
}

/**
 * Reads the suite's XML files of a folder, in order.
 * @throws Diagnostic when the folder has none, or a file is not in the suite's format.
 */
export function readSuite(folder: string): SuiteTest[] {
  let names: string[];
  try {
    names = readdirSync(folder)
      .filter((name) => name.endsWith('.xml'))
      .sort();
  } catch (error) {
    throw new Diagnostic('the folder of the CQL suite cannot be read', { file: folder }, { cause: error });
  }
  if (names.length === 0)
    throw new Diagnostic('the folder has no XML files of the CQL suite', { file: folder });
  return names.flatMap((name) => readSuiteFile(join(folder, name)));
}

function readSuiteFile(path: string): SuiteTest[] {
  const xml = readFileSync(path, 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  if (!/<tests[\s>]/.test(xml)) throw new Diagnostic('no <tests> in the file', { file: path });
  const file = basename(path, '.xml');
  return [...xml.matchAll(/<group\s([^>]*?)(?:\/>|>([\s\S]*?)<\/group>)/g)].flatMap(([, attributes, body]) =>
    [...(body ?? '').matchAll(/<test\s([^>]*)>([\s\S]*?)<\/test>/g)].map(([, testAttributes, content]) =>
      readTest(file, attribute(attributes!, 'name') ?? '', testAttributes!, content!, path),
    ),
  );
}

function readTest(file: string, group: string, attributes: string, content: string, path: string): SuiteTest {
  const name = attribute(attributes, 'name') ?? '';
  const expression = /<expression([^>]*)>([\s\S]*?)<\/expression>/.exec(content);
  if (!expression) throw new Diagnostic(`test ${name} has no expression`, { file: path });
  const invalid = attribute(expression[1]!, 'invalid');
  const mustFail = invalid !== undefined && invalid !== 'false';
  const outputs = [...content.matchAll(/<output[^>]*>([\s\S]*?)<\/output>/g)].map((match) =>
    decode(match[1]!).trim(),
  );
  if (!mustFail && outputs.length !== 1)
    throw new Diagnostic(`test ${name} has ${outputs.length} outputs`, { file: path });
  return {
    file,
    group,
    name,
    expression: decode(expression[2]!).trim(),
    output: mustFail ? undefined : outputs[0],
  };
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
}

function decode(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replace(
      /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g,
      (whole, decimal?: string, hex?: string, name?: string) =>
        decimal || hex
          ? String.fromCodePoint(parseInt((decimal ?? hex)!, decimal ? 10 : 16))
          : (named[name!] ?? whole),
    );
}
