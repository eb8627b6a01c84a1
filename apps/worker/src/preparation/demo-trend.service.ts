import { Inject, Injectable } from '@nestjs/common';
import { evaluateRun, EvaluationRunsService, readDataSnapshot } from '@catchment/measures';
import { newRunId, type Clock, type Settings } from '@catchment/platform';
import { readPointer, recordTrend, type Connection } from '@catchment/warehouse';
import { EvaluationService } from '../evaluation/evaluation.service';
import { CLOCK, SETTINGS } from '../settings.module';
import { WarehouseService } from '../warehouse/warehouse.service';
import { demo } from './demo-population';
import { yearsToMonthEnds, type Period } from './month-ends';

const months = 12;

/**
 * Gives the demo a past: the rates of the years that ended with each of the twelve months before, then the year of the
 * demo once more, published with them.
 */
@Injectable()
export class DemoTrendService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly warehouse: WarehouseService,
    private readonly evaluation: EvaluationService,
    private readonly runs: EvaluationRunsService,
  ) {}

  /**
   * Goes on where it was interrupted. When somebody's own run is published by then, it stays: the trend shows with the
   * next run.
   * @returns true when the trend was published now
   */
  async add(signal: AbortSignal): Promise<boolean> {
    if (!(await this.runs.hasSucceeded(demo.firstRunReason))) return false;
    const missing = await this.warehouse.use((connection) => missingMonths(connection), signal);
    for (const period of missing) {
      await this.warehouse.use((connection) => this.evaluateMonth(connection, period, signal), signal);
    }
    if (!(await this.isFirstRunPublished())) return false;
    await this.evaluation.evaluate({
      runId: newRunId(this.clock),
      measureIds: 'all',
      periodStart: demo.periodStart,
      periodEnd: demo.periodEnd,
      startedBy: 'system',
      reason: demo.trendRunReason,
      signal,
    });
    return true;
  }

  private async isFirstRunPublished(): Promise<boolean> {
    const pointer = readPointer(this.settings.dataDir);
    const run = pointer && (await this.runs.find(pointer.runId));
    return run?.reason === demo.firstRunReason;
  }

  private async evaluateMonth(connection: Connection, period: Period, signal: AbortSignal): Promise<void> {
    const snapshot = await readDataSnapshot(connection);
    if (!snapshot) return;
    await evaluateRun({
      connection,
      dataDir: this.settings.dataDir,
      measureIds: 'all',
      ...period,
      runId: newRunId(this.clock),
      dataAsOf: snapshot.dataAsOf,
      signal,
    });
    await recordTrend(connection);
  }
}

async function missingMonths(connection: Connection): Promise<Period[]> {
  const known = await connection.rows<{ end: string }>(
    `select distinct strftime(period_end, '%Y-%m-%d') as "end" from results.trend`,
  );
  const ends = new Set(known.map(({ end }) => end));
  return yearsToMonthEnds(demo.periodEnd, months).filter(({ periodEnd }) => !ends.has(periodEnd));
}
