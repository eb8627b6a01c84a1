import { InjectQueue } from '@nestjs/bullmq';
import { ConflictException, Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Queue } from 'bullmq';
import type { Repository } from 'typeorm';
import { abilitiesOf, AuditTrailService, type Principal } from '@catchment/access';
import { EvaluationRunsService } from '@catchment/measures';
import type { Clock } from '@catchment/platform';
import { evaluationQueue, EvaluationRunRecord, publishRunJob, type PublishRunJob } from '@catchment/store';
import { CLOCK } from '../../settings.module';
import type { HeldRun, RunDecision } from '../contract';
import { suspicionShape } from './run-shape';

/** Runs whose numbers were held back, and what people decide about them. */
@Injectable()
export class RunDecisionsService {
  private readonly runs: EvaluationRunsService;

  constructor(
    @InjectRepository(EvaluationRunRecord) private readonly records: Repository<EvaluationRunRecord>,
    @InjectQueue(evaluationQueue) private readonly queue: Queue<PublishRunJob>,
    private readonly audit: AuditTrailService,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.runs = new EvaluationRunsService(records, clock);
  }

  /** The run that waits for a decision, or for the worker to carry it out. */
  async held({ role }: Principal): Promise<HeldRun | null> {
    const record = await this.records.findOneBy({ state: 'suspicious' });
    if (!record) return null;
    return {
      runId: record.id,
      startedAt: record.startedAt.toISOString(),
      suspicions: abilitiesOf(role).can('read', 'Run') ? record.suspicions.map(suspicionShape) : null,
      decision: record.decision?.action ?? null,
    };
  }

  /**
   * Asks the worker to publish the numbers that the run has, without evaluating again.
   * @throws ConflictException when the run waits for nobody
   */
  async publish(by: Principal, runId: string, reason: string, address: string | undefined): Promise<void> {
    await this.decide('publish', by, runId, reason, address);
    // The worker looks for decisions without a job when it starts.
    await this.queue.add(
      publishRunJob,
      { runId },
      { attempts: 5, backoff: { type: 'exponential', delay: 5_000 } },
    );
  }

  /** @throws ConflictException when the run waits for nobody */
  async dismiss(by: Principal, runId: string, reason: string, address: string | undefined): Promise<void> {
    await this.decide('dismiss', by, runId, reason, address);
  }

  /** The decision and its trace are there both, or none. */
  private async decide(
    action: RunDecision['action'],
    { email }: Principal,
    runId: string,
    reason: string,
    address: string | undefined,
  ): Promise<void> {
    await this.records.manager.transaction(async (manager) => {
      if (!(await this.runs.decide(runId, { action, by: email, reason }, manager))) {
        throw new ConflictException('the run does not wait for a decision: reload the list of runs');
      }
      const object = { objectType: 'Run', objectId: runId };
      const detail = { reason };
      await this.audit.record({ actor: email, action: `${action}-run`, ...object, address, detail }, manager);
    });
  }
}
