/** A piece of CQL text and what it is, for colouring. Joined together the pieces are the text again. */
export interface CqlToken {
  kind: 'comment' | 'string' | 'name' | 'keyword' | 'literal' | 'plain';
  text: string;
}

const KEYWORDS = new Set(
  (
    'after aggregate all and any as asc before between by case cast code codesystem collapse concept contains ' +
    'context convert date day days default define desc difference distinct div duration during else end ends ' +
    'except exists expand false flatten from function hour hours if implies in include included includes ' +
    'intersect interval is less let library list maximum meets minimum minute minutes mod month months more not ' +
    'null occurs of or overlaps parameter predecessor private properly public return same second seconds ' +
    'singleton sort start starting starts successor such that then time to true union using valueset when where ' +
    'width with within without week weeks xor year years'
  ).split(' '),
);

const TOKEN =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:\\.|[^'\\])*')|(?<name>"(?:\\.|[^"\\])*")|(?<literal>@[\dTZ:.+-]+|\b\d+(?:\.\d+)?\b)|(?<word>[A-Za-z_]\w*)/g;

/** Splits CQL into tokens well enough to colour it; text that is no CQL comes out as `plain`, never lost. */
export function cqlTokens(cql: string): CqlToken[] {
  const tokens: CqlToken[] = [];
  let position = 0;
  for (const match of cql.matchAll(TOKEN)) {
    if (match.index > position) tokens.push({ kind: 'plain', text: cql.slice(position, match.index) });
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    position = match.index + match[0].length;
  }
  if (position < cql.length) tokens.push({ kind: 'plain', text: cql.slice(position) });
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>): CqlToken['kind'] {
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['string'] !== undefined) return 'string';
  if (groups['name'] !== undefined) return 'name';
  if (groups['literal'] !== undefined) return 'literal';
  return KEYWORDS.has((groups['word'] ?? '').toLowerCase()) ? 'keyword' : 'plain';
}
