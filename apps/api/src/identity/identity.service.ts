import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { AuditTrailService, type Principal } from '@catchment/access';
import {
  checkIdentityRule,
  decideIdentity,
  defaultIdentityRule,
  readDecisionTrail,
  readRuleVersion,
  withdrawDecision,
} from '@catchment/population';
import type { IdentityDecision as DecisionRecord } from '@catchment/store';
import type {
  IdentityDecision,
  IdentityDecisionRequest,
  IdentityPairs,
  IdentityRecord,
  IdentityWithdrawal,
} from '../clinical/contract';
import { MartsService } from '../clinical/marts/marts.service';
import type { IdentityPairsDto } from './identity.dto';
import { readPairs, readRecords } from './identity.query';

/** Which records are one person: what waits for somebody, and what people decided. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly marts: MartsService,
    private readonly audit: AuditTrailService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  async pairs(by: Principal, request: Request, query: IdentityPairsDto): Promise<IdentityPairs> {
    const version = await readRuleVersion(this.dataSource, 'identity');
    const { same, review } = version ? checkIdentityRule(version.rule) : defaultIdentityRule;
    const held = (await readDecisionTrail(this.dataSource)).filter(({ withdrawnAt }) => withdrawnAt === null);
    const decided = held.map(({ leftRecord, rightRecord }) => `${leftRecord} ${rightRecord}`);
    const answer = await this.marts.read((marts) =>
      readPairs(marts, by.scope, { same, review }, { ...query, decided }),
    );
    await this.audit.record({
      actor: by.email,
      action: 'list-patients',
      objectType: 'identity-pairs',
      address: request.ip,
      detail: { state: query.state, offset: query.offset, rows: answer.pairs.length },
    });
    return answer;
  }

  /** The trail, as far as the scope holds both records. */
  async decisions(by: Principal): Promise<IdentityDecision[]> {
    const trail = await readDecisionTrail(this.dataSource);
    const ids = trail.flatMap(({ leftRecord, rightRecord }) => [leftRecord, rightRecord]);
    const records = await this.marts.read((marts) => readRecords(marts, by.scope, ids));
    const everybody = by.scope.sites === 'all' && by.scope.providers === 'all';
    return trail
      .filter(
        ({ leftRecord, rightRecord }) => everybody || (records.has(leftRecord) && records.has(rightRecord)),
      )
      .map((decision) => shapeOf(decision, records));
  }

  /**
   * @throws NotFoundException when the scope does not hold both records
   * @throws Diagnostic when other decisions say the opposite
   */
  async decide(
    by: Principal,
    { left, right, verdict, reason }: IdentityDecisionRequest,
  ): Promise<IdentityDecision> {
    const records = await this.marts.read((marts) => readRecords(marts, by.scope, [left, right]));
    if (!records.has(left) || !records.has(right))
      throw new NotFoundException('there is no such pair of records');
    const decision = await decideIdentity(this.dataSource, { left, right, verdict, reason, by: by.email });
    await this.record(by, verdict === 'same' ? 'merge-records' : 'keep-records-apart', decision);
    return shapeOf(decision, records);
  }

  /** @throws NotFoundException when there is no such decision within the scope */
  async withdraw(by: Principal, id: string, { reason }: IdentityWithdrawal): Promise<IdentityDecision> {
    const held = (await this.decisions(by)).find((decision) => decision.id === id);
    if (!held) throw new NotFoundException('there is no such decision');
    const decision = await withdrawDecision(this.dataSource, id, { by: by.email, reason });
    await this.record(by, 'withdraw-identity-decision', decision);
    const { leftName, rightName } = held;
    return { ...shapeOf(decision, new Map()), leftName, rightName };
  }

  private record(
    by: Principal,
    action: string,
    { id, leftRecord, rightRecord }: DecisionRecord,
  ): Promise<void> {
    return this.audit.record({
      actor: by.email,
      action,
      objectType: 'IdentityDecision',
      objectId: id,
      detail: { left: leftRecord, right: rightRecord },
    });
  }
}

function shapeOf(decision: DecisionRecord, records: ReadonlyMap<string, IdentityRecord>): IdentityDecision {
  const { id, leftRecord, rightRecord, verdict, reason, decidedBy, decidedAt, withdrawnAt, withdrawnBy } =
    decision;
  return {
    id,
    left: leftRecord,
    right: rightRecord,
    leftName: nameOf(records.get(leftRecord)),
    rightName: nameOf(records.get(rightRecord)),
    verdict,
    reason,
    by: decidedBy,
    at: decidedAt.toISOString(),
    withdrawn:
      withdrawnAt && withdrawnBy
        ? { by: withdrawnBy, at: withdrawnAt.toISOString(), reason: decision.withdrawnReason }
        : null,
  };
}

function nameOf(record: IdentityRecord | undefined): string | null {
  return record ? [record.family, record.given].filter(Boolean).join(', ') || null : null;
}
