import { Inject, Injectable } from '@nestjs/common';
import { evaluateRun } from '@catchment/measures';
import { newRunId, type Clock, type Settings } from '@catchment/platform';
import { readPointer, recordTrend, type Connection } from '@catchment/warehouse';
import { readDataSnapshot } from '../evaluation/data-snapshot';
import { EvaluationRunsService } from '../evaluation/evaluation-runs.service';
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
   * Goes on where it was interrupted; stops as soon as somebody's own run is published.
   * @returns true when the trend was published now
   */
  async add(signal: AbortSignal): Promise<boolean> {
    for (const period of yearsToMonthEnds(demo.periodEnd, months)) {
      if (!(await this.isFirstRunPublished())) return false;
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
    const known = await connection.first('select 1 from results.trend where period_end = $1::date limit 1', [
      period.periodEnd,
    ]);
    const snapshot = await readDataSnapshot(connection);
    if (known || !snapshot) return;
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
