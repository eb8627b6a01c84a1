import type { ElmLibrary } from '@catchment/elm';

/** A CQL library as content brings it: its text, its published ELM, or both. */
export interface LibrarySource {
  id: string;
  version?: string;
  /** Canonical URL of the FHIR Library that held it. */
  url?: string;
  cql?: string;
  /** Published ELM, decoded on demand. */
  elm?: () => ElmLibrary;
  includes: readonly { id: string; version?: string }[];
  usings: readonly { id: string; version?: string }[];
  from: string;
}

/** `Name version 1.0`, for messages. */
export function libraryName({ id, version }: { id: string; version?: string }): string {
  return version === undefined ? id : `${id} version ${version}`;
}

/** The libraries of all content that is imported together, one of each name and version. */
export class LibraryPool {
  /** What people should know of the content: for example two texts of one library. */
  readonly notes: string[] = [];
  private readonly byId = new Map<string, LibrarySource[]>();

  /**
   * Adds a library. Of two with one name and version the first stays; published ELM of the second is taken over when
   * the texts are the same, so that a repository's CQL files and its FHIR Libraries complete each other.
   */
  add(source: LibrarySource): void {
    const known = this.byId.get(source.id) ?? [];
    const same = known.find(({ version }) => version === source.version);
    if (!same) {
      this.byId.set(source.id, [...known, source]);
    } else if (
      same.cql !== undefined &&
      source.cql !== undefined &&
      normal(same.cql) !== normal(source.cql)
    ) {
      this.note(
        `${libraryName(source)} is there with two texts: ${same.from} is used, ${source.from} is not`,
      );
    } else {
      same.cql ??= source.cql;
      same.elm ??= source.elm;
      same.url ??= source.url;
    }
  }

  find(id: string, version: string | undefined): LibrarySource | undefined {
    if (version === undefined) return highest(this.versions(id));
    return this.versions(id).find((source) => source.version === version);
  }

  versions(id: string): readonly LibrarySource[] {
    return this.byId.get(id) ?? [];
  }

  withUrl(url: string): readonly LibrarySource[] {
    return [...this.byId.values()].flat().filter((source) => source.url === url);
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }
}

/** Orders versions by their numbers: 1.9 before 1.10. */
export function compareVersions(left: string | undefined, right: string | undefined): number {
  return (left ?? '').localeCompare(right ?? '', 'en', { numeric: true });
}

function highest(sources: readonly LibrarySource[]): LibrarySource | undefined {
  return [...sources].sort((left, right) => compareVersions(left.version, right.version)).at(-1);
}

function normal(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
