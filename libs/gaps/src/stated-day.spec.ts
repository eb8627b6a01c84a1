import { loadFixture, createResultTables, recordRun, runModels, Database } from '@catchment/warehouse';
import { modelDemand } from '@catchment/population';

const subject = { reference: 'Patient/pat' };
const practitioner = { individual: { reference: 'Practitioner/ito', display: 'Kei Ito' } };

/** Stated late in the evening west of Greenwich: in UTC all of this happened on the next day, 1 January 2027. */
const lateEvening = '2026-12-31T23:30:00-05:00';

describe('the day of a record', () => {
  let warehouse: Database;

  beforeAll(async () => {
    warehouse = await Database.open(':memory:');
    await loadFixture(
      warehouse.main,
      [
        { resourceType: 'Patient', id: 'pat', birthDate: '1960-06-01' },
        {
          resourceType: 'Encounter',
          id: 'visit',
          status: 'finished',
          class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' },
          subject,
          serviceProvider: { reference: 'Organization/north' },
          participant: [practitioner],
          period: { start: lateEvening },
        },
        { resourceType: 'Condition', id: 'onset', subject, onsetDateTime: lateEvening },
        { resourceType: 'Condition', id: 'period', subject, onsetPeriod: { start: lateEvening } },
        { resourceType: 'Condition', id: 'recorded', subject, recordedDate: lateEvening },
        {
          resourceType: 'Observation',
          id: 'value',
          subject,
          status: 'final',
          effectiveDateTime: lateEvening,
        },
        { resourceType: 'Observation', id: 'east', subject, effectiveDateTime: '2026-06-02T05:00:00+09:00' },
        { resourceType: 'Observation', id: 'month', subject, effectiveDateTime: '2026-06' },
        {
          resourceType: 'Appointment',
          id: 'appointment',
          status: 'booked',
          start: lateEvening,
          participant: [{ actor: subject, status: 'accepted' }],
        },
        {
          resourceType: 'Coverage',
          id: 'coverage',
          status: 'active',
          beneficiary: subject,
          payor: [{ display: 'Acme Health' }],
          period: { start: lateEvening },
        },
      ],
      modelDemand,
    );
    await createResultTables(warehouse.main);
    await recordRun(warehouse.main, {
      runId: '20261124T000000Z-fixture',
      periodStart: '2026-01-01',
      periodEnd: '2026-12-31',
      dataAsOf: '2026-11-24T00:00:00Z',
      engineVersion: 'fixture',
    });
    const only = ['visit', 'usual_site', 'usual_provider', 'payer', 'cohort_evidence'].map(
      (name) => `intermediate.${name}`,
    );
    await runModels(warehouse.main, undefined, { only: [...only, 'staging.appointment'] });
  });

  afterAll(() => warehouse.close());

  const rows = (sql: string): Promise<object[]> => warehouse.main.rows(sql);

  it('is that of the clock on the wall: a visit at 23:30-05:00 is in the period that ends that day', async () => {
    expect(await rows('select last_visit, last_acute_visit from intermediate.visit')).toEqual([
      { last_visit: '2026-12-31', last_acute_visit: '2026-12-31' },
    ]);
    expect(await rows('select site_id from intermediate.usual_site')).toEqual([{ site_id: 'north' }]);
    expect(await rows('select provider_id from intermediate.usual_provider')).toEqual([
      { provider_id: 'ito' },
    ]);
  });

  it('is the same for conditions by onset, period and record, for appointments and for coverage', async () => {
    expect(await rows('select distinct began_on from staging.condition')).toEqual([
      { began_on: '2026-12-31' },
    ]);
    expect(await rows('select count(*)::integer as n from staging.condition')).toEqual([{ n: 3 }]);
    expect(await rows('select starts_on from staging.appointment')).toEqual([{ starts_on: '2026-12-31' }]);
    expect(await rows('select payer from intermediate.payer')).toEqual([{ payer: 'Acme Health' }]);
  });

  it('is the same for every kind of resource that a gap or a cohort shows', async () => {
    expect(
      await rows(`select id, day from staging.resource_header where day is not null order by type, id`),
    ).toEqual([
      { id: 'appointment', day: '2026-12-31' },
      { id: 'onset', day: '2026-12-31' },
      { id: 'period', day: '2026-12-31' },
      { id: 'recorded', day: '2026-12-31' },
      { id: 'coverage', day: '2026-12-31' },
      { id: 'visit', day: '2026-12-31' },
      // 1 June in UTC
      { id: 'east', day: '2026-06-02' },
      { id: 'month', day: '2026-06-01' },
      { id: 'value', day: '2026-12-31' },
    ]);
  });
});
