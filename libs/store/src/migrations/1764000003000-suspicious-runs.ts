import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs that wait for somebody to decide whether their numbers are published. */
export class SuspiciousRuns1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table "catchment"."evaluation_run_record"
        add column "suspicions" jsonb not null default '[]',
        add column "decision" jsonb,
        add column "held_file" character varying`);
    await runner.query(`
      alter table "catchment"."evaluation_run_record"
        add constraint "run_is_suspicious_for_a_reason"
          check ("state" <> 'suspicious' or (jsonb_array_length("suspicions") > 0 and "held_file" is not null))`);
    // Two of them could be published in the wrong order.
    await runner.query(`
      create unique index "one_run_waits_for_a_decision"
        on "catchment"."evaluation_run_record" ("state") where "state" = 'suspicious'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index "catchment"."one_run_waits_for_a_decision"`);
    await runner.query(`
      alter table "catchment"."evaluation_run_record"
        drop constraint "run_is_suspicious_for_a_reason",
        drop column "held_file",
        drop column "decision",
        drop column "suspicions"`);
  }
}
