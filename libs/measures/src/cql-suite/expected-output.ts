import { Diagnostic } from '@catchment/platform';
import { bounds, plainNumber, type SuiteValue } from './suite-value';

const DATE = String.raw`\d{4}(?:-\d\d(?:-\d\d)?)?`;
const TIME = String.raw`\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?`;
const tokens = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<string>'(?:\\.|[^'\\])*')`,
    `(?<temporal>@(?:T${TIME}|${DATE}(?:T(?:${TIME})?(?:Z|[+-]\\d\\d:\\d\\d)?)?))`,
    String.raw`(?<number>[+-]?\d+(?:\.\d+)?L?)`,
    String.raw`(?<word>[A-Za-z_]\w*)`,
    String.raw`(?<sign>[\[\](){},:])`,
  ].join('|'),
  'y',
);

interface Token {
  kind: string;
  text: string;
}

/**
 * Reads an expected output: CQL literals, selectors of tuples, lists and intervals, codes and concepts. It is a parser
 * of its own, so that a mistake of the compiler cannot make expectation and result wrong in the same way.
 */
export function readExpected(text: string): SuiteValue {
  const reader = new Reader(tokenize(text), text);
  const value = reader.value();
  reader.end();
  return value;
}

function tokenize(text: string): Token[] {
  const found: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < text.length) {
    const start = tokens.lastIndex;
    const groups = tokens.exec(text)?.groups;
    if (!groups) throw new Diagnostic(`an expected output cannot be read from "${text.slice(start)}"`);
    const [kind, token] = Object.entries(groups).find(([, value]) => value !== undefined)!;
    if (kind !== 'space') found.push({ kind, text: token });
  }
  return found;
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: Token[],
    private readonly text: string,
  ) {}

  end(): void {
    if (this.at < this.tokens.length) throw this.unreadable();
  }

  value(): SuiteValue {
    const first = this.plain();
    if (first.kind !== 'quantity' || !this.take(':')) return first;
    return { kind: 'ratio', numerator: first, denominator: this.plain() };
  }

  private plain(): SuiteValue {
    const token = this.next();
    switch (token.kind) {
      case 'string':
        return { kind: 'string', value: unescape(token.text.slice(1, -1)) };
      case 'temporal':
        return readTemporal(token.text.slice(1));
      case 'number':
        return this.numberOrQuantity(token.text);
      case 'word':
        return this.named(token.text);
      default:
        if (token.text !== '{') throw this.unreadable();
        return this.braces();
    }
  }

  private numberOrQuantity(text: string): SuiteValue {
    const value = plainNumber(text.replace(/L$/, ''));
    const unit = this.tokens[this.at];
    if (unit?.kind !== 'string') return { kind: 'number', value };
    this.at++;
    return { kind: 'quantity', value, unit: unescape(unit.text.slice(1, -1)) };
  }

  private named(word: string): SuiteValue {
    switch (word) {
      case 'null':
        return { kind: 'null' };
      case 'true':
      case 'false':
        return { kind: 'boolean', value: word === 'true' };
      case 'Interval': {
        const open = this.next().text;
        const low = this.value();
        this.expect(',');
        const high = this.value();
        return { kind: 'interval', low, high, lowClosed: open === '[', highClosed: this.next().text === ']' };
      }
      case 'Tuple':
      case 'Code':
      case 'Concept':
        this.expect('{');
        return this.elements();
      default:
        throw this.unreadable();
    }
  }

  /** `{ 1, 2 }` is a list, `{ A: 2, B: 5 }` a tuple. */
  private braces(): SuiteValue {
    if (this.tokens[this.at]?.kind === 'word' && this.tokens[this.at + 1]?.text === ':')
      return this.elements();
    const items: SuiteValue[] = [];
    while (!this.take('}')) {
      items.push(this.value());
      this.take(',');
    }
    return { kind: 'list', items };
  }

  private elements(): SuiteValue {
    const elements: Record<string, SuiteValue> = {};
    while (!this.take('}')) {
      const name = this.next().text;
      this.expect(':');
      const value = this.value();
      if (value.kind !== 'null') elements[name] = value;
      this.take(',');
    }
    return { kind: 'tuple', elements };
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw this.unreadable();
    return token;
  }

  private take(sign: string): boolean {
    if (this.tokens[this.at]?.text !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw this.unreadable();
  }

  private unreadable(): Diagnostic {
    return new Diagnostic(`the expected output "${this.text}" cannot be read`);
  }
}

function readTemporal(text: string): SuiteValue {
  if (text.startsWith('T')) return bounds('Time', clock(text.slice(1)));
  const [date, ...rest] = text.split('T');
  const parts = date!.split('-').map(Number);
  if (rest.length === 0) return bounds('Date', parts);
  const match = /^([\d:.]*)(?:(Z)|([+-])(\d\d):(\d\d))?$/.exec(rest[0]!)!;
  const offset = match[3] ? (Number(match[4]) * 60 + Number(match[5])) * (match[3] === '-' ? -1 : 1) : 0;
  return bounds('DateTime', [...parts, ...(match[1] ? clock(match[1]) : [])], offset);
}

function clock(text: string): number[] {
  const [hour, minute, second] = text.split(':');
  const [whole, fraction] = second?.split('.') ?? [];
  return [hour, minute, whole, fraction?.padEnd(3, '0').slice(0, 3)]
    .filter((part) => part !== undefined)
    .map(Number);
}

function unescape(text: string): string {
  const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f' };
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, character?: string) =>
    code ? String.fromCharCode(parseInt(code, 16)) : (escapes[character!] ?? character!),
  );
}
