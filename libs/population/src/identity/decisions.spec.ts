import { openTemporaryStore, type TemporaryStore } from '../../../store/testing/temporary-store';
import { IdentityDecision } from '@catchment/store';
import { decideIdentity, readDecisionTrail, readDecisions, withdrawDecision } from './decisions';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(24)) as [string, string, string];
const why = { by: 'quality@example.org', reason: 'same address on paper' };

describe('decisions about records', () => {
  let store: TemporaryStore;
  beforeEach(async () => {
    store = await openTemporaryStore();
  }, 60_000);
  afterEach(() => store.close());

  it('hold until they are withdrawn, and stay in the trail', async () => {
    const { id } = await decideIdentity(store.dataSource, { left: b, right: a, verdict: 'same', ...why });
    expect(
      (await readDecisions(store.dataSource)).map(({ leftRecord, rightRecord }) => [leftRecord, rightRecord]),
    ).toEqual([[a, b]]);
    await withdrawDecision(store.dataSource, id, { by: 'other@example.org', reason: 'wrong chart' });
    expect(await readDecisions(store.dataSource)).toEqual([]);
    await decideIdentity(store.dataSource, { left: a, right: b, verdict: 'apart', ...why });
    expect(
      (await readDecisionTrail(store.dataSource)).map(({ verdict, withdrawnBy, withdrawnReason }) => ({
        verdict,
        withdrawnBy,
        withdrawnReason,
      })),
    ).toEqual([
      { verdict: 'apart', withdrawnBy: null, withdrawnReason: null },
      { verdict: 'same', withdrawnBy: 'other@example.org', withdrawnReason: 'wrong chart' },
    ]);
  });

  it('never say two things at once', async () => {
    await decideIdentity(store.dataSource, { left: a, right: b, verdict: 'same', ...why });
    await expect(
      decideIdentity(store.dataSource, { left: b, right: a, verdict: 'apart', ...why }),
    ).rejects.toThrow('quality@example.org decided already that these two are one person; undo that first');
    await decideIdentity(store.dataSource, { left: b, right: c, verdict: 'same', ...why });
    await expect(
      decideIdentity(store.dataSource, { left: a, right: c, verdict: 'apart', ...why }),
    ).rejects.toThrow('merged and kept apart at once');
    const outcomes = await Promise.allSettled(
      ['same', 'apart'].map((verdict) =>
        decideIdentity(store.dataSource, {
          left: c,
          right: 'd'.repeat(24),
          verdict: verdict as 'same',
          ...why,
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('need a reason, two records, and a decision to withdraw', async () => {
    const decide = (change: object) =>
      decideIdentity(store.dataSource, { left: a, right: b, verdict: 'same', ...why, ...change });
    await expect(decide({ reason: ' ' })).rejects.toThrow('needs a reason');
    await expect(decide({ right: a })).rejects.toThrow('these are one');
    await expect(decide({ right: 'Patient/1' })).rejects.toThrow('24 digits and letters');
    const { id } = await decide({});
    await withdrawDecision(store.dataSource, id, why);
    await expect(withdrawDecision(store.dataSource, id, why)).rejects.toThrow('no such decision holds');
  });

  it('cannot be changed or deleted past the trail', async () => {
    const decisions = store.dataSource.getRepository(IdentityDecision);
    const { id } = await decideIdentity(store.dataSource, { left: a, right: b, verdict: 'same', ...why });
    await expect(decisions.update({ id }, { verdict: 'apart' })).rejects.toThrow('never changed or deleted');
    await expect(decisions.delete({ id })).rejects.toThrow('never changed or deleted');
  });
});
