import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { DataSource, type Repository } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import { Diagnostic, type Clock, type Settings } from '@catchment/platform';
import {
  abandonPull,
  asksForOthers,
  checkSource,
  forgetPasswordOfOther,
  generateClientKey,
  hasPassword,
  keepKey,
  keepPassword,
  newestMapping,
  publicKeys,
  readClientKey,
  realPacing,
  removeSource,
  testSource,
} from '@catchment/sources';
import { Source, SourceRun } from '@catchment/store';
import type { SourceKeyRequest, SourceRequest, SourceSummary, SourceTestStep } from '../clinical/contract';
import { CLOCK, SETTINGS } from '../settings.module';
import { configurationOf, summaryOf } from './source-shape';

/** Where clinical data come from. */
@Injectable()
export class SourcesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @InjectRepository(Source) private readonly sources: Repository<Source>,
    @InjectRepository(SourceRun) private readonly runs: Repository<SourceRun>,
    private readonly audit: AuditTrailService,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(): Promise<SourceSummary[]> {
    const all = await this.sources.find({ order: { name: 'ASC' } });
    return Promise.all(all.map((source) => this.summary(source)));
  }

  /** @throws NotFoundException when there is no such source */
  async find(sourceId: string): Promise<Source> {
    const source = isUUID(sourceId) ? await this.sources.findOneBy({ id: sourceId }) : null;
    if (!source) throw new NotFoundException('there is no such source');
    return source;
  }

  async read(sourceId: string): Promise<SourceSummary> {
    return this.summary(await this.find(sourceId));
  }

  /** @throws Diagnostic when something of it is wrong, or the name is taken */
  async create(by: Principal, request: SourceRequest): Promise<SourceSummary> {
    const definition = this.checked(request);
    if (await this.sources.existsBy({ name: request.name }))
      throw new Diagnostic(`there is a source with the name "${request.name}"`);
    const { identifiers } = await this.sources.insert({ ...definition, createdBy: by.email });
    const { id } = identifiers[0] as { id: string };
    await this.record(by, 'create-source', id, { name: request.name, kind: definition.configuration.kind });
    return this.read(id);
  }

  /**
   * Changes everything but the name and the kind. Where other resources are asked for than before, the next pull asks
   * for all of them: what is older than the last pull would be missing for good. A password is for one server only.
   */
  async change(by: Principal, sourceId: string, request: SourceRequest): Promise<SourceSummary> {
    const before = await this.find(sourceId);
    const definition = this.checked(request);
    const { name, configuration } = definition;
    if (name !== before.name) throw new Diagnostic('the name of a source never changes');
    if (configuration.kind !== before.configuration.kind)
      throw new Diagnostic('the kind of a source never changes: make another one');
    const others = asksForOthers(before.configuration, configuration);
    if (others && !(await this.isBusy(sourceId))) await this.abandon(before);
    // First of all: whatever fails on the way, no password is left for another server.
    await forgetPasswordOfOther(
      { dataSource: this.dataSource },
      sourceId,
      before.configuration,
      configuration,
    );
    await this.sources.update(sourceId, {
      ...definition,
      ...(others && { watermark: null, lastFullAt: null }),
    });
    await this.record(by, 'change-source', sourceId, { name, asksForAll: others });
    return this.read(sourceId);
  }

  /** What was loaded from it stays. @throws Diagnostic while a run is under way */
  async remove(by: Principal, sourceId: string): Promise<void> {
    const source = await this.find(sourceId);
    const { name } = source;
    await this.requireIdle(sourceId);
    await this.abandon(source);
    await removeSource({ dataSource: this.dataSource }, sourceId);
    await this.record(by, 'remove-source', sourceId, { name });
  }

  /** Puts a new key pair in place of the one before, or imports one. The private half is never answered. */
  async replaceKey(
    by: Principal,
    sourceId: string,
    { alg, privateKey, keyId }: SourceKeyRequest,
  ): Promise<SourceSummary> {
    const source = await this.find(sourceId);
    if (source.configuration.kind !== 'bulk') throw new Diagnostic('only a FHIR server needs a key');
    if (privateKey === undefined && keyId !== undefined)
      throw new Diagnostic('a name belongs to a key that is imported');
    if (privateKey !== undefined && alg !== undefined)
      throw new Diagnostic('the kind of an imported key is its own');
    const key =
      privateKey === undefined
        ? await generateClientKey(alg ?? 'ES384')
        : await readClientKey(privateKey, keyId);
    await keepKey({ dataSource: this.dataSource }, sourceId, key);
    await this.record(by, 'replace-source-key', sourceId, { kid: key.kid, alg: key.alg });
    return this.read(sourceId);
  }

  /** Puts a password in the place of the one before; it is never answered. */
  async replacePassword(by: Principal, sourceId: string, password: string): Promise<SourceSummary> {
    const source = await this.find(sourceId);
    if (source.configuration.kind !== 'sql') throw new Diagnostic('only a database needs a password');
    await keepPassword({ dataSource: this.dataSource }, sourceId, password);
    await this.record(by, 'replace-source-password', sourceId, {});
    return this.read(sourceId);
  }

  async test(by: Principal, sourceId: string): Promise<SourceTestStep[]> {
    const source = await this.find(sourceId);
    await this.record(by, 'test-source', sourceId, {});
    const { dataSource, settings, clock } = this;
    return testSource(source, { store: { dataSource }, settings, pacing: realPacing(clock) });
  }

  publicKeys(): Promise<{ keys: Record<string, unknown>[] }> {
    return publicKeys({ dataSource: this.dataSource });
  }

  /** @throws Diagnostic while a run is queued or under way */
  async requireIdle(sourceId: string): Promise<void> {
    if (await this.isBusy(sourceId))
      throw new Diagnostic('a run of this source is under way: wait for its end, or cancel it');
  }

  private isBusy(sourceId: string): Promise<boolean> {
    const under = [
      { sourceId, state: 'running' as const },
      { sourceId, state: 'queued' as const },
    ];
    return this.runs.existsBy(under);
  }

  /** What failed runs left at the server and on the disk; patients' data do not stay without a source. */
  private abandon(source: Source): Promise<void> {
    const { dataSource, settings, clock } = this;
    const { dataDir } = settings;
    return abandonPull(source, { store: { dataSource }, dataDir, pacing: realPacing(clock) });
  }

  private checked(request: SourceRequest) {
    const { name, cron, timeZone, enabled, evaluateAfter, fullEveryDays } = request;
    const configuration = configurationOf(request);
    const definition = { name, configuration, cron, timeZone, enabled, evaluateAfter, fullEveryDays };
    checkSource(definition, this.settings);
    return definition;
  }

  private async summary(source: Source): Promise<SourceSummary> {
    const last = await this.runs.findOne({
      where: { sourceId: source.id },
      order: { queuedAt: 'DESC', id: 'DESC' },
    });
    const { dataSource, settings, clock } = this;
    return summaryOf(source, last, {
      dataDir: settings.dataDir,
      now: clock.now(),
      hasPassword: await hasPassword({ dataSource }, source.id),
      mapping: await newestMapping({ dataSource }, source.id),
    });
  }

  private record(by: Principal, action: string, objectId: string, detail: Record<string, unknown>) {
    return this.audit.record({ actor: by.email, action, objectType: 'Source', objectId, detail });
  }
}
