import type { Attachment, FhirResource, Library, Measure } from 'fhir/r4';
import { readCqlHeader } from '@catchment/cql';
import { nameChoiceTypes, type ElmLibrary } from '@catchment/elm';
import { Diagnostic } from '@catchment/platform';
import { addTerminology, parseJson, resourcesIn, type TerminologySources } from '@catchment/terminology';
import { LibraryPool, type LibrarySource } from './library-pool';
import { ModelInfos } from './model-infos';

export interface MeasureSource {
  measure: Measure;
  from: string;
}

/** Everything of measure packages that content holds, gathered file by file. */
export class PackageContent {
  readonly measures: MeasureSource[] = [];
  readonly terminology: TerminologySources = { valueSets: [], manifests: [] };

  constructor(
    readonly models = new ModelInfos(),
    readonly libraries = new LibraryPool(),
  ) {}

  /** Adds what a file holds; kinds of files that packages do not consist of are passed over. */
  addFile(path: string, text: string): void {
    if (/\.cql$/i.test(path)) this.addCql(text, path);
    else if (/\.xml$/i.test(path)) this.models.add(text);
    else if (/\.json$/i.test(path)) this.addJson(parseJson(text, path), path);
  }

  private addCql(text: string, from: string): void {
    const { id, version, includes, usings } = readCqlHeader(text);
    if (id === undefined) throw new Diagnostic('the CQL text has no library line', { file: from });
    this.libraries.add({ id, version, includes, usings, cql: text, from });
  }

  private addJson(value: unknown, from: string): void {
    if (isElmDocument(value)) this.libraries.add(elmSource(value.library, from));
    for (const resource of resourcesIn(value)) this.addResource(resource, from);
  }

  private addResource(resource: FhirResource, from: string): void {
    addTerminology(this.terminology, resource, from);
    if (resource.resourceType === 'Measure') this.addMeasure(resource, from);
    if (resource.resourceType === 'Library') this.addLibrary(resource, from);
  }

  private addMeasure(measure: Measure, from: string): void {
    const same = this.measures.find(
      ({ measure: known }) =>
        known.url === measure.url && known.id === measure.id && known.version === measure.version,
    );
    if (!same) this.measures.push({ measure, from });
    else if (JSON.stringify(same.measure.group) !== JSON.stringify(measure.group)) {
      this.libraries.note(
        `measure ${measure.id ?? from} is there twice: ${same.from} is used, ${from} is not`,
      );
    }
  }

  private addLibrary(library: Library, from: string): void {
    const content = (type: RegExp) =>
      library.content?.find(({ contentType, data }) => data && type.test(contentType ?? ''));
    const cql = content(/^text\/cql/);
    const elm = content(/^application\/elm\+json/);
    const xml = content(/^(application|text)\/xml/);
    if (xml) this.models.add(decode(xml));
    if (cql) this.addCqlResource(decode(cql), elm, library, from);
    else if (elm) this.libraries.add({ ...elmSource(decodeElm(elm, from), from), url: library.url });
  }

  private addCqlResource(text: string, elm: Attachment | undefined, { url }: Library, from: string): void {
    const { id, version, includes, usings } = readCqlHeader(text);
    if (id === undefined)
      throw new Diagnostic('the CQL text of a Library has no library line', { file: from });
    this.libraries.add({
      id,
      version,
      url,
      includes,
      usings,
      cql: text,
      elm: elm && (() => decodeElm(elm, from)),
      from,
    });
  }
}

function elmSource(elm: ElmLibrary, from: string): LibrarySource {
  return {
    ...elm.identifier,
    elm: () => elm,
    includes: (elm.includes?.def ?? []).map(({ path, version }) => ({
      id: path.split('/').at(-1)!,
      version,
    })),
    usings: [],
    from,
  };
}

function decode(attachment: Attachment): string {
  return Buffer.from(attachment.data ?? '', 'base64').toString('utf8');
}

function decodeElm(attachment: Attachment, from: string): ElmLibrary {
  const value = parseJson(decode(attachment), from);
  if (!isElmDocument(value)) throw new Diagnostic('the ELM of a Library is no ELM document', { file: from });
  return nameChoiceTypes(value.library);
}

function isElmDocument(value: unknown): value is { library: ElmLibrary } {
  const library = (value as { library?: { identifier?: { id?: unknown } } } | null)?.library;
  return typeof library?.identifier?.id === 'string';
}
