import { Diagnostic } from '@catchment/platform';
import { IdentityDecision as DecisionRecord, type IdentityVerdict, type Store } from '@catchment/store';
import { groupRecords, type RecordPair } from './group-records';

/** Who decides what about two records, and why. */
export interface NewDecision extends RecordPair {
  verdict: IdentityVerdict;
  reason: string;
  /** Email. */
  by: string;
}

type DataSource = Store['dataSource'];

/** The decisions that hold, oldest first. */
export function readDecisions(dataSource: DataSource): Promise<DecisionRecord[]> {
  return dataSource
    .getRepository(DecisionRecord)
    .createQueryBuilder('decision')
    .where('decision.withdrawnAt is null')
    .orderBy('decision.decidedAt')
    .addOrderBy('decision.id')
    .getMany();
}

/** Every decision, withdrawn ones too, the latest first: the trail. */
export function readDecisionTrail(dataSource: DataSource): Promise<DecisionRecord[]> {
  return dataSource.getRepository(DecisionRecord).find({ order: { decidedAt: 'DESC', id: 'ASC' } });
}

/**
 * Writes a decision. The warehouse follows it at the next comparison or evaluation (`identifyPersons`).
 * @throws Diagnostic when there is a decision about the two already, or others say the opposite
 */
export async function decideIdentity(dataSource: DataSource, decision: NewDecision): Promise<DecisionRecord> {
  const { verdict, by } = decision;
  const [left, right] = [decision.left, decision.right].map(checkRecord).sort() as [string, string];
  const reason = checkReason(decision.reason);
  if (left === right) throw new Diagnostic('a decision is about two records, and these are one');
  return dataSource.transaction(async (manager) => {
    // Two people who decide at once must not contradict each other unnoticed.
    await manager.query('lock table "catchment"."identity_decision" in share row exclusive mode');
    const decisions = manager.getRepository(DecisionRecord);
    const held = await decisions
      .createQueryBuilder('decision')
      .where('decision.withdrawnAt is null')
      .getMany();
    const about = held.find(({ leftRecord, rightRecord }) => leftRecord === left && rightRecord === right);
    if (about)
      throw new Diagnostic(
        `${about.decidedBy} decided already that these two are ${describe(about.verdict)}; undo that first`,
      );
    const pairs = [...held.map(pairOf), { left, right, verdict }];
    groupRecords({
      same: [],
      contradicting: [],
      decidedSame: pairs.filter((pair) => pair.verdict === 'same'),
      decidedApart: pairs.filter((pair) => pair.verdict === 'apart'),
    });
    return decisions.save(
      decisions.create({ leftRecord: left, rightRecord: right, verdict, reason, decidedBy: by }),
    );
  });
}

/**
 * Withdraws a decision: everything is as it was before it.
 * @throws Diagnostic when no such decision holds
 */
export async function withdrawDecision(
  dataSource: DataSource,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<DecisionRecord> {
  const why = checkReason(reason);
  return dataSource.transaction(async (manager) => {
    const decisions = manager.getRepository(DecisionRecord);
    const held = await decisions.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!held || held.withdrawnAt !== null) throw new Diagnostic('no such decision holds');
    return decisions.save({ ...held, withdrawnBy: by, withdrawnAt: new Date(), withdrawnReason: why });
  });
}

/** A decision as the warehouse takes it. */
export function pairOf({ leftRecord, rightRecord, verdict }: DecisionRecord): RecordPair & {
  verdict: IdentityVerdict;
} {
  return { left: leftRecord, right: rightRecord, verdict };
}

function describe(verdict: IdentityVerdict): string {
  return verdict === 'same' ? 'one person' : 'two people';
}

function checkRecord(record: string): string {
  if (!/^[0-9a-f]{24}$/.test(record))
    throw new Diagnostic('a record is named by its id of 24 digits and letters a to f');
  return record;
}

function checkReason(reason: string): string {
  const text = reason.trim();
  if (text === '') throw new Diagnostic('a decision needs a reason');
  return text;
}
