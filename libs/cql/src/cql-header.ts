/** What a CQL text says about itself before its first define. */
export interface CqlHeader {
  /** Library name without its namespace; undefined when the text has no library line. */
  id?: string;
  version?: string;
  usings: { id: string; version?: string }[];
  includes: { id: string; version?: string }[];
}

interface Token {
  text: string;
  start: number;
}

/** Comments first, then quoted texts, words and dots (CQL 1.5, Lexical Elements); everything else separates. */
const lexemes =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\])*'|[A-Za-z_][\w-]*|\./g;

const bodyKeywords = new Set(['define', 'context']);

/** Reads the `library`, `using` and `include` declarations of a CQL text; never fails, the translator judges the text. */
export function readCqlHeader(text: string): CqlHeader {
  const found = declarations(text);
  const of = (keyword: string) =>
    found
      .filter((declaration) => declaration.keyword === keyword)
      .map(({ names, version }) => ({ id: unquote(names.at(-1)!.text), version }));
  const [library] = of('library');
  return { id: library?.id, version: library?.version, usings: of('using'), includes: of('include') };
}

/**
 * The text with the namespaces of its library and include declarations blanked, every position as before: packages
 * resolve libraries by name and version alone, and the translator would refuse a namespace that it was not told of.
 */
export function withoutNamespaces(text: string): string {
  let result = text;
  for (const { keyword, names } of declarations(text)) {
    const [first, last] = [names[0]!, names.at(-1)!];
    if (keyword === 'using' || first === last) continue;
    result = result.slice(0, first.start) + ' '.repeat(last.start - first.start) + result.slice(last.start);
  }
  return result;
}

/** The number of statements (`define …`) of a CQL text. */
export function countDefines(text: string): number {
  return [...text.matchAll(lexemes)].filter(([lexeme]) => lexeme === 'define').length;
}

/** The name of the statement that a line of a CQL text (counted from 1) belongs to. */
export function defineAt(text: string, line: number): string | undefined {
  const end = text.split('\n').slice(0, line).join('\n').length;
  let name: string | undefined;
  let naming = false;
  for (const { 0: lexeme, index } of text.matchAll(lexemes)) {
    if (index >= end) break;
    if (lexeme === 'define') naming = true;
    else if (
      naming &&
      !['fluent', 'function', 'public', 'private'].includes(lexeme) &&
      !lexeme.startsWith('/')
    ) {
      name = unquote(lexeme);
      naming = false;
    }
  }
  return name;
}

function declarations(text: string): { keyword: string; names: Token[]; version?: string }[] {
  const tokens = headTokens(text);
  const found: { keyword: string; names: Token[]; version?: string }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const keyword = tokens[at]!.text;
    const first = tokens[at + 1];
    if (!['library', 'using', 'include'].includes(keyword) || !first) continue;
    const names = [first];
    for (at += 1; tokens[at + 1]?.text === '.' && tokens[at + 2]; at += 2) names.push(tokens[at + 2]!);
    const versioned = tokens[at + 1]?.text === 'version' && tokens[at + 2]?.text.startsWith("'");
    found.push({ keyword, names, version: versioned ? unquote(tokens[at + 2]!.text) : undefined });
  }
  return found;
}

function headTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(lexemes)) {
    if (match[0].startsWith('/')) continue;
    if (bodyKeywords.has(match[0])) break;
    tokens.push({ text: match[0], start: match.index });
  }
  return tokens;
}

function unquote(name: string): string {
  return /^["`']/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}
