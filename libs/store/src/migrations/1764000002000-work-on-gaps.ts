import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a patient declined, what belongs to which work status, and a log that only grows. */
export class WorkOnGaps1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "catchment"."worklist_item" add "decline_reason" character varying`);
    await runner.query(`
      alter table "catchment"."worklist_item"
        add constraint "worklist_item_is_snoozed_until"
          check (("work_status" = 'snoozed') = ("snooze_until" is not null)),
        add constraint "worklist_item_is_declined_for"
          check (("work_status" = 'declined') = ("decline_reason" is not null))`);
    await runner.query(`
      create function "catchment"."refuse_other_log"() returns trigger language plpgsql as $$
      begin
        raise exception 'the log of a worklist item is only ever added to';
      end $$`);
    await runner.query(`
      create trigger "worklist_event_only_grows"
        before update or delete or truncate on "catchment"."worklist_event"
        for each statement execute function "catchment"."refuse_other_log"()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop trigger "worklist_event_only_grows" on "catchment"."worklist_event"`);
    await runner.query(`drop function "catchment"."refuse_other_log"()`);
    await runner.query(`
      alter table "catchment"."worklist_item"
        drop constraint "worklist_item_is_declined_for",
        drop constraint "worklist_item_is_snoozed_until",
        drop column "decline_reason"`);
  }
}
