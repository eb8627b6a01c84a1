import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is one person and who answers for whom: what people decided, and the rules that they chose. */
export class IdentityAndAttribution1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "catchment"."identity_decision" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "left_record" character varying NOT NULL,
        "right_record" character varying NOT NULL,
        "verdict" character varying NOT NULL,
        "reason" text NOT NULL,
        "decided_by" character varying NOT NULL,
        "decided_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        "withdrawn_by" character varying,
        "withdrawn_at" TIMESTAMP WITH TIME ZONE,
        "withdrawn_reason" text,
        CONSTRAINT "identity_decision_is_in_order" CHECK ("left_record" < "right_record"),
        CONSTRAINT "identity_decision_is_withdrawn_by_somebody" CHECK (("withdrawn_at" is null) = ("withdrawn_by" is null)),
        CONSTRAINT "PK_identity_decision" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX "one_identity_decision_holds"
        ON "catchment"."identity_decision" ("left_record", "right_record") WHERE "withdrawn_at" is null`);
    // Withdrawing is the one change that a decision knows, and it happens once.
    await runner.query(`
      create function "catchment"."refuse_other_decision"() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and old."withdrawn_at" is null and new."withdrawn_at" is not null
          and (new."id", new."left_record", new."right_record", new."verdict", new."reason", new."decided_by", new."decided_at")
            = (old."id", old."left_record", old."right_record", old."verdict", old."reason", old."decided_by", old."decided_at")
        then return new;
        end if;
        raise exception 'a decision about records is withdrawn, never changed or deleted';
      end $$`);
    await runner.query(`
      create trigger "identity_decision_is_only_withdrawn"
        before update or delete on "catchment"."identity_decision"
        for each row execute function "catchment"."refuse_other_decision"()`);
    await runner.query(`
      CREATE TABLE "catchment"."rule_version" (
        "version" integer GENERATED ALWAYS AS IDENTITY NOT NULL,
        "kind" character varying NOT NULL,
        "rule" jsonb NOT NULL,
        "reason" text NOT NULL,
        "set_by" character varying NOT NULL,
        "set_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "PK_rule_version" PRIMARY KEY ("version")
      )`);
    await runner.query(
      `CREATE INDEX "IDX_1f43e48a4914e795d4792f7a46" ON "catchment"."rule_version" ("kind", "version")`,
    );
    await runner.query(`
      create function "catchment"."refuse_other_rule"() returns trigger language plpgsql as $$
      begin
        raise exception 'a version of a rule never changes: add another one';
      end $$`);
    await runner.query(`
      create trigger "rule_version_only_grows"
        before update or delete or truncate on "catchment"."rule_version"
        for each statement execute function "catchment"."refuse_other_rule"()`);
    await runner.query(`
      CREATE TABLE "catchment"."roster" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "effective_from" date NOT NULL,
        "entries" jsonb NOT NULL,
        "sha256" character varying NOT NULL,
        "imported_by" character varying NOT NULL,
        "imported_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "PK_roster" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE INDEX "IDX_fdcf54f617370ca1b51648e856" ON "catchment"."roster" ("effective_from", "imported_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "catchment"."roster"`);
    await runner.query(`drop table "catchment"."rule_version"`);
    await runner.query(`drop function "catchment"."refuse_other_rule"()`);
    await runner.query(`drop table "catchment"."identity_decision"`);
    await runner.query(`drop function "catchment"."refuse_other_decision"()`);
  }
}
