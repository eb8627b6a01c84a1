import { Database } from '@catchment/warehouse';

/**
 * A published marts file with hand-made numbers, for the specs of this folder. Each measure is a borderline case:
 * - glycemic: lower is better, 30 of 200 = 15 %
 * - pressure: higher is better, 139 of 200 = 69.5 %
 * - colon: nobody in the denominator
 * - imported: not evaluated (neither scorecard row nor results of its defines), with copyright and disclaimer
 * - quiet: evaluated, nobody in the initial population (no scorecard row)
 * The published scorecard is typed in. The population results are a handful of other people, for the scoped report,
 * which counts them again. Site s2 has an injection as its name and fewer than 20 patients.
 */
export async function writeMartsFixture(file: string): Promise<void> {
  const database = await Database.open(file);
  try {
    await database.main.run(SCHEMA);
    await database.main.run(ROWS);
  } finally {
    database.close();
  }
}

const SCHEMA = `
create table publication (
    run_id varchar, published_at timestamp, data_as_of timestamp, period_start date, period_end date,
    content_hash varchar, engine_version varchar, patients bigint
);
create table measure (
    measure_id varchar, canonical varchar, version varchar, name varchar, title varchar, description varchar,
    scoring varchar, population_basis varchar, improvement_notation varchar, guideline varchar, rationale varchar,
    copyright varchar, disclaimer varchar, origin varchar
);
create table measure_group (
    measure_id varchar, group_id varchar, title varchar, scoring varchar, population_basis varchar,
    improvement_notation varchar, populations varchar[]
);
create table scorecard (
    measure_id varchar, group_id varchar, dimension varchar, member_id varchar, member_label varchar,
    initial_population bigint, denominator bigint, denominator_exclusion bigint, denominator_exception bigint,
    numerator bigint, numerator_exclusion bigint, performance_denominator bigint, performance_numerator bigint,
    performance_rate double, open_gaps bigint
);
create table trend (
    measure_id varchar, group_id varchar, period_end date, performance_denominator bigint,
    performance_numerator bigint, performance_rate double
);
create table trend_panel (
    measure_id varchar, group_id varchar, period_end date, site_id varchar, provider_id varchar, payer varchar,
    performance_denominator bigint, performance_numerator bigint
);
create table patient (
    pid integer, site_id varchar, site_name varchar, provider_id varchar, provider_name varchar
);
create table population_result (
    measure_id varchar, group_id varchar, pid integer, initial_population boolean, denominator boolean,
    denominator_exclusion boolean, denominator_exception boolean, numerator boolean, numerator_exclusion boolean,
    site_id varchar, provider_id varchar, payer varchar
);
create table define_result_glycemic (pid integer, d0 boolean);
create table define_result_pressure (pid integer, d0 boolean);
create table define_result_colon (pid integer, d0 boolean);
create table define_result_quiet (pid integer, d0 boolean);
create table care_gap (measure_id varchar, group_id varchar, pid integer, gap_status varchar);`;

const ROWS = `
insert into publication values (
    '20261120T050000Z-abc123', '2026-11-20 05:10:00', '2026-11-19 23:00:00', '2026-01-01', '2026-12-31',
    'f00dfeedf00dfeedf00dfeed', '0.1.0', 1234
);
insert into measure values
    ('glycemic', 'https://example.org/Measure/glycemic', '1.0.0', 'GlycemicStatus', 'Glycemic status above 9 %',
     'Adults with diabetes whose last HbA1c is above 9 %.', 'proportion', 'boolean', 'decrease', 'ADA Standards of Care',
     null, null, null, 'starter'),
    ('pressure', 'https://example.org/Measure/pressure', '1.0.0', 'BloodPressure', 'Blood pressure control',
     'Adults with hypertension and a last blood pressure below 140/90.', 'proportion', 'boolean', 'increase',
     'ACC/AHA 2017', null, null, null, 'starter'),
    ('colon', 'https://example.org/Measure/colon', '1.0.0', 'ColorectalScreening', 'Colorectal cancer screening',
     null, 'proportion', 'boolean', 'increase', 'USPSTF 2021', null, null, null, 'starter'),
    ('imported', 'https://example.org/Measure/imported', '0.5.0', 'CMS999FHIR', 'Zoster vaccination',
     null, 'proportion', 'boolean', 'increase', null, null, 'Copyright 2026 Example Steward.',
     'The performance measure is not a clinical guideline.', 'imported'),
    ('quiet', 'https://example.org/Measure/quiet', '1.0.0', 'ChildhoodImmunization', 'Immunization status',
     null, 'proportion', 'boolean', 'increase', 'CDC', null, null, null, 'starter');
insert into measure_group
select measure_id, 'g1', null, scoring, 'boolean', improvement_notation,
       ['initial-population', 'denominator', 'numerator']
from measure;
insert into scorecard values
    ('glycemic', 'g1', 'all', null, 'All', 260, 250, 50, null, 30, null, 200, 30, 30 / 200, 30),
    ('glycemic', 'g1', 'site', 's1', 'Harbor Clinic', 240, 234, 50, null, 22, null, 184, 22, 22 / 184, 22),
    ('glycemic', 'g1', 'site', 's2', '=cmd|calc!A1', 20, 16, 0, null, 8, null, 16, 8, 8 / 16, 8),
    ('glycemic', 'g1', 'provider', 'p1', 'Dr. Ada Flint', 260, 250, 50, null, 30, null, 200, 30, 30 / 200, 30),
    ('pressure', 'g1', 'all', null, 'All', 220, 220, 10, 10, 139, 0, 200, 139, 139 / 200, 61),
    ('pressure', 'g1', 'site', 's1', 'Harbor Clinic', 200, 200, 10, 10, 125, 0, 180, 125, 125 / 180, 55),
    ('pressure', 'g1', 'site', 's2', '=cmd|calc!A1', 20, 20, 0, 0, 14, 0, 20, 14, 14 / 20, 6),
    ('pressure', 'g1', 'provider', 'p1', 'Dr. Ada Flint', 220, 220, 10, 10, 139, 0, 200, 139, 139 / 200, 61),
    ('colon', 'g1', 'all', null, 'All', 3, 3, 3, null, 0, null, 0, 0, null, 0),
    ('colon', 'g1', 'site', 's1', 'Harbor Clinic', 3, 3, 3, null, 0, null, 0, 0, null, 0);
insert into trend values
    ('glycemic', 'g1', '2025-11-30', 200, 44, 0.22),
    ('glycemic', 'g1', '2026-09-30', 200, 36, 0.18),
    ('glycemic', 'g1', '2026-10-31', 200, 34, 0.17),
    ('glycemic', 'g1', '2026-11-30', 200, 30, 0.15),
    ('pressure', 'g1', '2026-10-31', 200, 142, 0.71),
    ('pressure', 'g1', '2026-11-30', 200, 139, 0.695),
    ('colon', 'g1', '2026-11-30', 0, 0, null);
insert into trend_panel values
    ('pressure', 'g1', '2026-11-30', 's1', 'p1', 'Medicare', 3, 1),
    ('pressure', 'g1', '2026-11-30', 's1', 'p2', 'Medicaid', 1, 0),
    ('pressure', 'g1', '2026-11-30', 's2', 'p1', 'Medicare', 1, 1);
insert into patient values
    (1, 's1', 'Harbor Clinic', 'p1', 'Dr. Ada Flint'),
    (2, 's1', 'Harbor Clinic', 'p2', 'Dr. Bo Reed'),
    (3, 's1', 'Harbor Clinic', 'p1', 'Dr. Ada Flint'),
    (4, 's2', '=cmd|calc!A1', 'p1', 'Dr. Ada Flint');
insert into population_result values
    ('pressure', 'g1', 1, true, true, false, null, true, null, 's1', 'p1', 'Medicare'),
    ('pressure', 'g1', 2, true, true, false, null, false, null, 's1', 'p2', 'Medicaid'),
    ('pressure', 'g1', 3, true, true, true, null, true, null, 's1', 'p1', 'Medicare'),
    ('pressure', 'g1', 4, true, true, false, null, true, null, 's2', 'p1', 'Medicare'),
    ('glycemic', 'g1', 4, true, true, false, null, true, null, 's2', 'p1', 'Medicare');
insert into care_gap values
    ('pressure', 'g1', 1, 'closed-gap'),
    ('pressure', 'g1', 2, 'open-gap'),
    ('pressure', 'g1', 3, 'not-applicable'),
    ('glycemic', 'g1', 4, 'open-gap');`;
