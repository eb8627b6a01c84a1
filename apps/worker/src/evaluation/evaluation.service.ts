import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { Diagnostic, projectRoot, type Clock, type Logger, type Settings } from '@catchment/platform';
import { engineVersion, evaluateRun } from '@catchment/measures';
import type { EvaluationJob } from '@catchment/store';
import { publish, readModels, type Connection, type Published } from '@catchment/warehouse';
import { failureText } from '../failure-text';
import type { ReportProgress } from '../report-progress';
import { CLOCK, LOGGER, SETTINGS } from '../settings.module';
import { WarehouseService } from '../warehouse/warehouse.service';
import { readDataSnapshot } from './data-snapshot';
import { EvaluationRunsService } from './evaluation-runs.service';
import { readPublishedRun } from './published-run';
import { readFindings } from './run-findings';

export interface EvaluationRequest extends EvaluationJob {
  runId: string;
  /** Wraps the two stages of the run, to show how far it is. */
  stage?: <T>(name: 'evaluate' | 'publish', work: (report: ReportProgress) => Promise<T>) => Promise<T>;
  signal?: AbortSignal;
}

/** Evaluates, publishes and keeps the record. */
@Injectable()
export class EvaluationService {
  constructor(
    private readonly runs: EvaluationRunsService,
    private readonly warehouse: WarehouseService,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * One evaluation run, from the data of the warehouse to published numbers. Called again for a run that has succeeded
   * it does nothing; for one that was interrupted or failed it begins anew.
   * @throws whatever went wrong, after it was written to the run's record; nothing was published then
   */
  async evaluate(request: EvaluationRequest): Promise<void> {
    const { runId, signal } = request;
    if ((await this.runs.find(runId))?.state === 'succeeded') return;
    const { periodStart, periodEnd, startedBy, reason } = request;
    await this.runs.begin({
      runId,
      periodStart,
      periodEnd,
      startedBy,
      reason,
      engineVersion: engineVersion(),
    });
    try {
      const published = await this.warehouse.use((connection) => this.run(connection, request), signal);
      await this.runs.succeed(runId, published.contentHash);
      this.logger.info({ runId, patients: published.patients }, 'published');
    } catch (error) {
      const interrupted = signal?.aborted === true;
      await this.runs.fail(
        runId,
        interrupted ? 'the worker was stopped before the run ended' : failureText(error),
      );
      throw error;
    }
  }

  /** At the start of the worker, before it takes a job. */
  async settleInterrupted(): Promise<void> {
    const interrupted = await this.runs.settleInterrupted(await readPublishedRun(this.settings.dataDir));
    if (interrupted.length > 0) this.logger.warn({ runs: interrupted }, 'runs were interrupted');
  }

  private async run(connection: Connection, request: EvaluationRequest): Promise<Published> {
    const { dataDir } = this.settings;
    const { runId, measureIds, periodStart, periodEnd, signal } = request;
    const stage = request.stage ?? ((_name, work) => work(() => undefined));
    const snapshot = await readDataSnapshot(connection);
    if (!snapshot) throw new Diagnostic('the warehouse holds no data: load FHIR files first');
    const outcome = await stage('evaluate', (report) =>
      evaluateRun({
        connection,
        dataDir,
        measureIds: measureIds.length === 0 ? 'all' : measureIds,
        periodStart,
        periodEnd,
        runId,
        dataAsOf: snapshot.dataAsOf,
        onProgress: report,
        signal,
      }),
    );
    await this.runs.noteFindings(runId, await readFindings(connection, outcome, snapshot));
    return stage('publish', (report) => {
      const models = readModels(join(projectRoot(), 'sql')).length;
      let done = 0;
      return publish(connection, {
        dataDir,
        publishedAt: this.clock.now(),
        onModel: () => report(++done / models),
      });
    });
  }
}
