import { loadFixture, createResultTables, recordRun, runModels, Database } from '@catchment/warehouse';
import { modelDemand } from '@catchment/population';

const subject = { reference: 'Patient/pat' };
const wrong = 'entered-in-error';

const concept = (system: string, ...codes: string[]): object => ({
  coding: codes.map((code) => ({ system: `http://terminology.hl7.org/CodeSystem/${system}`, code })),
});

/** A problem of the diabetes cohort, active and on the problem list. */
const diabetes = (id: string, verificationStatus?: object): object => ({
  resourceType: 'Condition',
  id,
  subject,
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' }] },
  clinicalStatus: concept('condition-clinical', 'active'),
  recordedDate: '2026-02-01',
  ...(verificationStatus && { verificationStatus }),
});

const visit = (id: string, site: string, status: string): object => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject,
  serviceProvider: { reference: `Organization/${site}` },
  participant: [{ individual: { reference: `Practitioner/${site}` } }],
  period: { start: '2026-03-01' },
});

/** FHIR R4, 12.8: what was entered in error is no evidence of anything. */
describe('what was entered in error', () => {
  let warehouse: Database;
  afterEach(() => warehouse.close());

  async function run(...resources: object[]): Promise<void> {
    warehouse = await Database.open(':memory:');
    await loadFixture(warehouse.main, [{ resourceType: 'Patient', id: 'pat' }, ...resources], modelDemand);
    await createResultTables(warehouse.main);
    await recordRun(warehouse.main, {
      runId: '20261124T000000Z-fixture',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      dataAsOf: '2026-11-24T00:00:00Z',
      engineVersion: 'fixture',
    });
    const only = ['visit', 'usual_site', 'usual_provider', 'payer', 'cohort_member'];
    await runModels(warehouse.main, undefined, { only: only.map((name) => `intermediate.${name}`) });
  }

  const rows = (sql: string): Promise<object[]> => warehouse.main.rows(sql);

  it.each<[string, object | undefined, number]>([
    ['no verification', undefined, 1],
    ['confirmed', concept('condition-ver-status', 'confirmed'), 1],
    [wrong, concept('condition-ver-status', wrong), 0],
    ['refuted', concept('condition-ver-status', 'refuted'), 0],
    [`${wrong}, and in words of the source`, concept('condition-ver-status', wrong, 'deleted-in-error'), 0],
  ])('a condition makes no member of a cohort: %s', async (_, status, members) => {
    await run(diabetes('d', status));
    expect(await rows('select cohort_id from intermediate.cohort_member')).toHaveLength(members);
    // The gap's last resource of a kind is read from there.
    const error = (await rows(`select status from staging.resource_header where type = 'Condition'`)) as {
      status: string | null;
    }[];
    expect(error[0]!.status === wrong).toBe(JSON.stringify(status ?? '').includes(wrong));
  });

  it('a visit is no visit, and neither site nor provider is usual by it', async () => {
    await run(visit('1', 'north', 'finished'), visit('2', 'south', wrong), visit('3', 'south', wrong));
    expect(await rows('select site_id from intermediate.usual_site')).toEqual([{ site_id: 'north' }]);
    expect(await rows('select provider_id from intermediate.usual_provider')).toEqual([
      { provider_id: 'north' },
    ]);
  });

  it('no more than one that was cancelled or is only planned', async () => {
    await run(visit('1', 'south', 'cancelled'), visit('2', 'south', 'planned'), visit('3', 'south', wrong));
    for (const name of ['visit', 'usual_site', 'usual_provider'])
      expect(await rows(`select * from intermediate.${name}`)).toEqual([]);
  });

  it('a coverage or a claim says nothing of who pays', async () => {
    await run(
      {
        resourceType: 'Coverage',
        id: 'c',
        status: wrong,
        beneficiary: subject,
        payor: [{ display: 'Wrong Health' }],
      },
      {
        resourceType: 'Claim',
        id: 'cl',
        status: wrong,
        patient: subject,
        created: '2026-01-01',
        insurance: [{ coverage: { display: 'Wrong Health' } }],
      },
    );
    expect(await rows('select payer from intermediate.payer')).toEqual([]);
  });
});
