import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What TypeORM's entities can't say: the session table, an audit trail that only grows, and value checks. */
export class Guards1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The columns that connect-pg-simple expects.
    await runner.query(`
      create table "catchment"."session" (
        "sid" varchar not null primary key,
        "sess" json not null,
        "expire" timestamp(6) not null
      )`);
    await runner.query(`create index "session_expire" on "catchment"."session" ("expire")`);

    await runner.query(`
      create function "catchment"."refuse_change"() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit trail is only ever added to';
      end $$`);
    await runner.query(`
      create trigger "audit_event_only_grows"
        before update or delete or truncate on "catchment"."audit_event"
        for each statement execute function "catchment"."refuse_change"()`);

    await runner.query(`
      alter table "catchment"."target"
        add constraint "target_value_is_a_rate" check ("value" between 0 and 1)`);
    await runner.query(`
      alter table "catchment"."evaluation_run_record"
        add constraint "run_period_has_an_order" check ("period_start" <= "period_end")`);
    await runner.query(`
      alter table "catchment"."user"
        add constraint "user_email_is_lower_case" check ("email" = lower("email"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "catchment"."user" drop constraint "user_email_is_lower_case"`);
    await runner.query(
      `alter table "catchment"."evaluation_run_record" drop constraint "run_period_has_an_order"`,
    );
    await runner.query(`alter table "catchment"."target" drop constraint "target_value_is_a_rate"`);
    await runner.query(`drop trigger "audit_event_only_grows" on "catchment"."audit_event"`);
    await runner.query(`drop function "catchment"."refuse_change"()`);
    await runner.query(`drop table "catchment"."session"`);
  }
}
