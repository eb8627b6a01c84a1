import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import { Diagnostic, type Settings } from '@catchment/platform';
import {
  checkDrop,
  keepMapping,
  MappingFault,
  newestMapping,
  readMapping,
  setAsideText,
  type DropCheck,
  type Mapping,
} from '@catchment/sources';
import type { CsvConfiguration, Source } from '@catchment/store';
import type {
  SourceMappingCheck,
  SourceMappingRequest,
  SourceMappingText,
  SourceSummary,
} from '../clinical/contract';
import { SETTINGS } from '../settings.module';
import { mappingVersion } from './source-shape';
import { SourcesService } from './sources.service';

/** Rows of each file that a check reads here; the command reads all. */
const mostRows = 20_000;

/** What CSV extracts of a source mean. */
@Injectable()
export class SourceMappingsService {
  constructor(
    private readonly sources: SourcesService,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditTrailService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The mapping that holds. @throws NotFoundException when there is none yet */
  async read(sourceId: string): Promise<SourceMappingText> {
    await this.csvSource(sourceId);
    const mapping = await newestMapping({ dataSource: this.dataSource }, sourceId);
    if (!mapping) throw new NotFoundException('the source has no mapping yet');
    return { ...mappingVersion(mapping), text: mapping.text };
  }

  /** Keeps a mapping as the newest version. @throws Diagnostic naming everything that is wrong with it */
  async replace(
    by: Principal,
    sourceId: string,
    { fileName, text }: SourceMappingRequest,
  ): Promise<SourceSummary> {
    await this.csvSource(sourceId);
    const { version } = await keepMapping({ dataSource: this.dataSource }, sourceId, {
      fileName,
      text,
      createdBy: by.email,
    });
    await this.audit.record({
      actor: by.email,
      action: 'replace-source-mapping',
      objectType: 'Source',
      objectId: sourceId,
      detail: { version },
    });
    return this.sources.read(sourceId);
  }

  /** Tries a mapping with the files that wait in the folder; nothing is kept or loaded. */
  async check(sourceId: string, { fileName, text }: SourceMappingRequest): Promise<SourceMappingCheck> {
    const source = await this.csvSource(sourceId);
    let mapping: Mapping;
    try {
      mapping = readMapping(text, fileName);
    } catch (error) {
      if (!(error instanceof MappingFault)) throw error;
      return { ...answerOf({ files: [], check: undefined, refused: null }), faults: [...error.faults] };
    }
    return answerOf(await checkDrop(source, mapping, this.settings, mostRows));
  }

  private async csvSource(sourceId: string): Promise<Source & { configuration: CsvConfiguration }> {
    const source = await this.sources.find(sourceId);
    const { configuration } = source;
    if (configuration.kind !== 'csv') throw new Diagnostic('only a source of CSV extracts has a mapping');
    return Object.assign(source, { configuration });
  }
}

function answerOf({ files, check, refused }: DropCheck): SourceMappingCheck {
  return {
    faults: [],
    files,
    refused,
    tables: (check?.tables ?? []).map((each) => {
      const { table, resourceType, rows, resources, leftOut, deleted, setAside, sample } = each;
      return {
        table,
        resourceType,
        files: each.files,
        rows,
        resources,
        leftOut,
        deleted,
        setAside,
        sample,
      };
    }),
    setAside: (check?.setAside ?? []).map(setAsideText),
    unknown: (check?.unknown ?? []).map(({ name }) => name),
    isPartial: check?.isPartial ?? false,
  };
}
