import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { failureText, type Clock, type Logger, type Settings } from '@catchment/platform';
import {
  evaluateAndPublish,
  EvaluationRunsService,
  publishHeldRun,
  readPublishedRun,
  type RecordedRunRequest,
  type RunDesk,
} from '@catchment/measures';
import { preparePopulation } from '@catchment/population';
import { writeMappings } from '@catchment/quality';
import { CLOCK, LOGGER, SETTINGS } from '../settings.module';
import { WarehouseService } from '../warehouse/warehouse.service';

/** Evaluates, publishes and keeps the record. */
@Injectable()
export class EvaluationService {
  private readonly desk: RunDesk;

  constructor(
    private readonly runs: EvaluationRunsService,
    warehouse: WarehouseService,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) clock: Clock,
    @InjectDataSource() dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const { dataDir, publishLimits: limits } = settings;
    this.desk = {
      dataDir,
      runs,
      clock,
      limits,
      useWarehouse: warehouse.use.bind(warehouse),
      prepare: async (connection) => {
        await preparePopulation(connection, dataDir, dataSource);
        await writeMappings(connection, dataSource);
      },
    };
  }

  /**
   * One evaluation run, from the data of the warehouse to published numbers. Called again for a run that has ended well
   * it does nothing; for one that was interrupted or failed it begins anew.
   * @throws whatever went wrong, after it was written to the run's record; nothing was published then
   */
  async evaluate(request: RecordedRunRequest): Promise<void> {
    const { runId } = request;
    const known = await this.runs.find(runId);
    if (known && known.state !== 'running' && known.state !== 'failed') return;
    const { state, outcome } = await evaluateAndPublish(this.desk, request);
    this.logger.info({ runId, state, patients: outcome.patients }, 'evaluated');
  }

  /** Publishes a suspicious run that somebody decided to publish. */
  async publishHeld(runId: string): Promise<void> {
    const published = await publishHeldRun(this.desk, runId);
    this.logger.info({ runId, published }, 'published by decision');
  }

  /** At the start of the worker, before it takes a job. */
  async settleInterrupted(): Promise<void> {
    const interrupted = await this.runs.settleInterrupted(await readPublishedRun(this.settings.dataDir));
    if (interrupted.length > 0) this.logger.warn({ runs: interrupted }, 'runs were interrupted');
    for (const runId of await this.runs.decidedToPublish()) {
      await this.publishHeld(runId).catch((error: unknown) => {
        this.logger.error({ runId, error: failureText(error) }, 'a held run could not be published');
      });
    }
  }
}
