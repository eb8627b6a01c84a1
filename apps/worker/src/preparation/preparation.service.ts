import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { loadPaths } from '@catchment/ingest';
import { importStarter, listMeasures, loadDemand, readPublishedRun } from '@catchment/measures';
import { Defect, newRunId, type Clock, type Logger, type Settings } from '@catchment/platform';
import { EvaluationService } from '../evaluation/evaluation.service';
import { failureText } from '../failure-text';
import type { ReportProgress } from '../report-progress';
import { CLOCK, LOGGER, SETTINGS } from '../settings.module';
import { WarehouseService } from '../warehouse/warehouse.service';
import { DemoContentService } from './demo-content.service';
import { DemoTrendService } from './demo-trend.service';
import { demo, ensureDemoPopulation, removeDemoPopulation } from './demo-population';
import { PreparationProgress } from './preparation-progress';

/** What the worker tells who started it. */
export type PreparationMessage = 'demo-accounts-made' | 'demo-trend-added';

const steps = [
  ['database', 'Database'],
  ['measures', 'Starter measures'],
  ['demo-data', 'Synthetic patients'],
  ['load', 'Loading'],
  ['evaluate', 'Evaluating'],
  ['publish', 'Publishing'],
] as const;

/**
 * The first start: a service with nothing published makes a demo that can be looked at. Every step finds out by itself
 * what was done already, so that an interrupted preparation goes on at the next start.
 */
@Injectable()
export class PreparationService implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private finished: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly warehouse: WarehouseService,
    private readonly evaluation: EvaluationService,
    private readonly demoContent: DemoContentService,
    private readonly trend: DemoTrendService,
  ) {}

  /**
   * Resolves when the service is ready or the preparation has failed; the progress file says which.
   * @param tell for who started the worker
   */
  async prepare(tell: (message: PreparationMessage) => void): Promise<void> {
    this.finished = this.run(tell);
    await this.finished;
  }

  /** Interrupts what is under way before the database connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.finished;
  }

  private async run(tell: (message: PreparationMessage) => void): Promise<void> {
    const { demo: wanted, dataDir } = this.settings;
    const published = (await readPublishedRun(dataDir)) !== undefined;
    const first = wanted === true && !published;
    const progress = new PreparationProgress(
      dataDir,
      this.clock,
      first ? steps : steps.slice(0, published ? 1 : 2),
    );
    try {
      await progress.step('database', async () => {
        if (wanted && (await this.demoContent.seedAccounts())) tell('demo-accounts-made');
      });
      if (first && !(await this.holdsOtherData())) await this.prepareDemo(progress);
      else if (!published) await progress.step('measures', (report) => this.importMeasures(report));
      progress.ready();
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      this.logger.error({ error: failureText(error) }, 'the preparation failed');
      progress.fail(failureText(error));
      return;
    }
    await this.follow(tell);
  }

  /** What nobody waits for: starter measures of a newer version, the past of the demo. */
  private async follow(tell: (message: PreparationMessage) => void): Promise<void> {
    try {
      await this.importMeasures(() => undefined);
      if (this.settings.demo && (await this.trend.add(this.stopping.signal))) tell('demo-trend-added');
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      this.logger.error({ error: failureText(error) }, 'measures or trend could not be brought up to date');
    }
  }

  /** Somebody's own data were loaded before the first start: synthetic patients do not belong among them. */
  private async holdsOtherData(): Promise<boolean> {
    const other = await this.warehouse.use(
      (connection) =>
        connection.first('select 1 from registry.subject where source <> $1 limit 1', [demo.source]),
      this.stopping.signal,
    );
    return other !== undefined;
  }

  private async prepareDemo(progress: PreparationProgress): Promise<void> {
    // Translating the measures and making the people need nothing of each other, and there are two cores.
    const [, folder] = await Promise.all([
      progress.step('measures', (report) => this.importMeasures(report)),
      progress.step('demo-data', (report) => this.makePopulation(report)),
    ]);
    await progress.step('load', (report) => this.load(folder, report));
    await this.evaluate(progress);
    await this.demoContent.seedTargets();
    removeDemoPopulation(this.settings.dataDir);
  }

  private async importMeasures(report: ReportProgress): Promise<void> {
    const { dataDir } = this.settings;
    await this.warehouse.use(
      (connection) =>
        importStarter(connection, dataDir, (step) => {
          if (step.step === 'translate') report(step.done / step.of, `${step.done} of ${step.of} libraries`);
        }),
      this.stopping.signal,
    );
    const measures = listMeasures(dataDir);
    report(1, `${measures.length} measures`);
  }

  private async makePopulation(report: ReportProgress): Promise<string> {
    const { dataDir } = this.settings;
    const { signal } = this.stopping;
    return ensureDemoPopulation(
      dataDir,
      (done, patients) => report(done / patients, `${done} of ${patients} patients`),
      signal,
    );
  }

  private async load(folder: string, report: ReportProgress): Promise<void> {
    const { dataDir } = this.settings;
    const { signal } = this.stopping;
    const loaded = await this.warehouse.use(async (connection) => {
      return loadPaths({
        connection,
        dataDir,
        paths: [folder],
        source: demo.source,
        demand: loadDemand(dataDir),
        onProgress: ({ step, done, total }) => report((step === 'reading' ? 0 : 0.5) + done / total / 2),
        signal,
      });
    }, signal);
    // Our own generator writes what our own loader takes, or one of them is wrong.
    if (loaded.quarantined > 0) throw new Defect(`${loaded.quarantined} synthetic resources can't be loaded`);
    const resources = Object.values(loaded.loaded).reduce((sum, count) => sum + count, loaded.unchanged);
    report(1, `${resources} resources`);
  }

  private async evaluate(progress: PreparationProgress): Promise<void> {
    await this.evaluation.evaluate({
      runId: newRunId(this.clock),
      measureIds: 'all',
      periodStart: demo.periodStart,
      periodEnd: demo.periodEnd,
      startedBy: 'system',
      reason: demo.firstRunReason,
      stage: (name, work) => progress.step(name, work),
      signal: this.stopping.signal,
    });
  }
}
