/** Thrown on what is no JSON document; the message is for people and says nothing of the content. */
export class DocumentFault extends Error {}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Takes a JSON document apart while it streams by, without holding more of it than one element: hands out the texts
 * of the objects in a root property that is an array (`entry` of a Bundle), and keeps the root's own strings.
 */
export class DocumentScanner {
  /** The root's string properties, for example `resourceType`; long ones are left out. */
  readonly strings = new Map<string, string>();
  private depth = 0;
  private inString = false;
  private escaped = false;
  private key = '';
  private expectsKey = false;
  private inArray = false;
  private ended = false;
  /** The text of a string of the root, while it is read. */
  private rootString: number[] | undefined;
  /** The parts of the element that is being read. */
  private parts: Buffer[] = [];
  private size = 0;

  constructor(
    private readonly arrayProperty: string,
    private readonly maximumBytes: number,
    private readonly onElement: (text: string) => void,
  ) {}

  push(chunk: Buffer): void {
    let start = this.inElement ? 0 : -1;
    let nextBackslash = -1;
    for (let index = 0; index < chunk.length; index++) {
      if (this.inString && !this.escaped && !this.rootString) {
        // Texts are most of a document, and of most of them nothing is wanted but their end.
        if (nextBackslash < index) nextBackslash = indexIn(chunk, backslash, index);
        index = Math.min(indexIn(chunk, quote, index), nextBackslash);
        if (index === chunk.length) break;
      }
      const byte = chunk[index]!;
      if (this.inString) {
        this.addToString(byte);
        continue;
      }
      switch (byte) {
        case quote:
          this.inString = true;
          if (this.depth === 1) this.rootString = [];
          break;
        case openBrace:
        case openBracket:
          this.open(byte);
          if (this.inElement && start < 0) start = index;
          break;
        case closeBrace:
        case closeBracket:
          this.close(byte);
          if (start >= 0 && !this.inElement) {
            this.finishElement(chunk.subarray(start, index + 1));
            start = -1;
          }
          break;
        case comma:
          if (this.depth === 1) this.expectsKey = true;
          break;
        case colon:
          if (this.depth === 1) this.expectsKey = false;
          break;
        default:
          this.other(byte);
      }
    }
    if (start >= 0) this.keep(chunk.subarray(start));
  }

  /** @throws DocumentFault when the document has not ended. */
  end(): void {
    if (!this.ended) throw new DocumentFault('ends in the middle: truncated or malformed JSON');
  }

  private get inElement(): boolean {
    return this.inArray && this.depth >= 3;
  }

  private addToString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === backslash) this.escaped = true;
    else if (byte === quote) {
      this.inString = false;
      this.endRootString();
      return;
    }
    if (this.rootString && this.rootString.length < 200) this.rootString.push(byte);
  }

  private endRootString(): void {
    if (!this.rootString) return;
    const text = Buffer.from(this.rootString).toString('utf8');
    this.rootString = undefined;
    if (this.expectsKey) this.key = text;
    else if (!this.strings.has(this.key)) this.strings.set(this.key, text);
  }

  private open(byte: number): void {
    if (this.ended) throw new DocumentFault('holds more than one JSON document');
    this.depth++;
    if (this.depth === 1) {
      if (byte !== openBrace) throw new DocumentFault('is not a JSON object');
      this.expectsKey = true;
    }
    if (this.depth === 2) this.inArray = byte === openBracket && this.key === this.arrayProperty;
    if (this.depth === 3 && this.inArray && byte !== openBrace)
      throw new DocumentFault(`has something else than objects in "${this.arrayProperty}"`);
  }

  private close(byte: number): void {
    if (this.depth === 0) throw new DocumentFault('is malformed JSON');
    this.depth--;
    if (this.depth === 1) this.inArray = false;
    if (this.depth === 0) {
      if (byte !== closeBrace) throw new DocumentFault('is malformed JSON');
      this.ended = true;
    }
  }

  private other(byte: number): void {
    const blank = byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    if (!blank && (this.depth === 0 || (this.inArray && this.depth === 2)))
      throw new DocumentFault('is malformed JSON');
  }

  private keep(part: Buffer): void {
    this.size += part.length;
    if (this.size > this.maximumBytes)
      throw new DocumentFault(`has an element of more than ${this.maximumBytes / 1_000_000} MB`);
    this.parts.push(Buffer.from(part));
  }

  private finishElement(last: Buffer): void {
    this.keep(last);
    const text = Buffer.concat(this.parts).toString('utf8');
    this.parts = [];
    this.size = 0;
    this.onElement(text);
  }
}

/** The exact text of a property of a JSON object that is known to be well-formed; undefined when it has none. */
export function memberText(object: string, property: string): string | undefined {
  let depth = 0;
  let key: string | undefined;
  let valueStart = -1;
  for (let index = 0; index < object.length; index++) {
    const character = object[index]!;
    if (character === '"') {
      const end = stringEnd(object, index);
      if (depth === 1 && valueStart < 0) key = JSON.parse(object.slice(index, end + 1)) as string;
      index = end;
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (character === ':' && depth === 1 && valueStart < 0) valueStart = index + 1;
    const ends = depth === 0 || (depth === 1 && character === ',');
    if (ends && valueStart >= 0) {
      if (key === property) return object.slice(valueStart, index).trim();
      valueStart = -1;
    }
  }
  return undefined;
}

/** Where a byte comes next; the length when it does not. */
function indexIn(chunk: Buffer, byte: number, from: number): number {
  const index = chunk.indexOf(byte, from);
  return index < 0 ? chunk.length : index;
}

function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '"') return index;
  }
  return text.length;
}
