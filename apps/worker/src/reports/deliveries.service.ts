import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { Unsupported, type Clock, type Settings } from '@catchment/platform';
import {
  checkFormats,
  checkType,
  layInOutbox,
  localDate,
  measureTargets,
  readScorecardReport,
  reportSlug,
  writeReportFiles,
} from '@catchment/reports';
import { Delivery, ReportDefinition, Target } from '@catchment/store';
import type { Repository } from 'typeorm';
import { failureText } from '../failure-text';
import { CLOCK, SETTINGS } from '../settings.module';

/** One attempt to deliver a report that is due. */
export interface DueReport {
  /** The queue's job: all its attempts belong to one delivery. */
  jobId: string;
  definitionId: string;
  dueAt: Date;
  /** No further attempt follows when this one fails. */
  lastAttempt: boolean;
}

/** Makes reports, lays them into the outbox and keeps the record of it. */
@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @InjectRepository(Delivery) private readonly deliveries: Repository<Delivery>,
    @InjectRepository(ReportDefinition) private readonly definitions: Repository<ReportDefinition>,
    @InjectRepository(Target) private readonly targets: Repository<Target>,
  ) {}

  /**
   * Delivers once, however often it is called for a job: a finished delivery is left as it is.
   * @returns false when the definition was removed or switched off while the job waited
   * @throws whatever went wrong, after it was written to the delivery
   */
  async deliver(due: DueReport): Promise<boolean> {
    const definition = await this.definitions.findOneBy({ id: due.definitionId });
    if (!definition?.active) return false;
    const delivery = await this.begin(due, definition);
    if (delivery.status === 'delivered') return true;
    try {
      const files = await this.layReport(definition, delivery, due);
      await this.deliveries.update(delivery.id, {
        status: 'delivered',
        files,
        error: null,
        finishedAt: this.clock.now(),
      });
      return true;
    } catch (error) {
      await this.noteFailure(due.jobId, failureText(error), due.lastAttempt);
      throw error;
    }
  }

  /** Writes why an attempt failed; when it was the last one, the delivery has failed. */
  async noteFailure(jobId: string, error: string, final: boolean): Promise<void> {
    await this.deliveries.update(
      { jobId },
      final ? { status: 'failed', error, finishedAt: this.clock.now() } : { error },
    );
  }

  private async begin(due: DueReport, definition: ReportDefinition): Promise<Delivery> {
    await this.deliveries
      .createQueryBuilder()
      .insert()
      .values({ jobId: due.jobId, definition, dueAt: due.dueAt })
      .orIgnore()
      .execute();
    const delivery = await this.deliveries.findOneByOrFail({ jobId: due.jobId });
    if (delivery.status === 'delivered') return delivery;
    // A job that somebody tries again after it had failed is pending once more.
    await this.deliveries.update(delivery.id, { status: 'pending', finishedAt: null });
    await this.deliveries.increment({ id: delivery.id }, 'attempts', 1);
    return delivery;
  }

  private async layReport(
    definition: ReportDefinition,
    delivery: Delivery,
    due: DueReport,
  ): Promise<string[]> {
    checkType(definition.type);
    const formats = checkFormats(definition.formats);
    if (definition.recipients.length > 0) {
      throw new Unsupported('delivery to recipients: reports are laid into the outbox only');
    }
    const { dataDir } = this.settings;
    return layInOutbox(dataDir, folderName(definition, due), async (folder) => {
      const request = {
        name: definition.name,
        scope: definition.scope,
        targets: measureTargets(await this.targets.find()),
      };
      const report = await readScorecardReport(dataDir, request, this.clock.now());
      // Before the folder appears: an attempt that is killed right after it finds the folder and keeps this run.
      await this.deliveries.update(delivery.id, { runId: report.publication.runId });
      await writeReportFiles(report, formats, folder);
    });
  }
}

/** The local day when it was due, what it is, and a key of the delivery: `2026-11-30-weekly-scorecard-1f2e3d4c`. */
function folderName({ name, timeZone }: ReportDefinition, { dueAt, jobId }: DueReport): string {
  const key = createHash('sha256').update(jobId).digest('hex').slice(0, 8);
  return `${localDate(dueAt, timeZone)}-${reportSlug(name)}-${key}`;
}
