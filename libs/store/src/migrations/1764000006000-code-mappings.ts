import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people say that codes of sources mean. */
export class CodeMappings1764000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "catchment"."code_mapping" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "system" character varying NOT NULL,
        "code" character varying NOT NULL,
        "target_system" character varying NOT NULL,
        "target_code" character varying NOT NULL,
        "reason" text NOT NULL,
        "mapped_by" character varying NOT NULL,
        "mapped_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        "withdrawn_by" character varying,
        "withdrawn_at" TIMESTAMP WITH TIME ZONE,
        "withdrawn_reason" text,
        CONSTRAINT "code_mapping_is_withdrawn_by_somebody" CHECK (("withdrawn_at" is null) = ("withdrawn_by" is null)),
        CONSTRAINT "PK_code_mapping" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX "one_code_mapping_holds"
        ON "catchment"."code_mapping" ("system", "code") WHERE "withdrawn_at" is null`);
    // Withdrawing is the one change that a mapping knows, and it happens once.
    await runner.query(`
      create function "catchment"."refuse_other_mapping"() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and old."withdrawn_at" is null and new."withdrawn_at" is not null
          and (new."id", new."system", new."code", new."target_system", new."target_code", new."reason", new."mapped_by", new."mapped_at")
            = (old."id", old."system", old."code", old."target_system", old."target_code", old."reason", old."mapped_by", old."mapped_at")
        then return new;
        end if;
        raise exception 'a code mapping is withdrawn, never changed or deleted';
      end $$`);
    await runner.query(`
      create trigger "code_mapping_is_only_withdrawn"
        before update or delete on "catchment"."code_mapping"
        for each row execute function "catchment"."refuse_other_mapping"()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "catchment"."code_mapping"`);
    await runner.query(`drop function "catchment"."refuse_other_mapping"()`);
  }
}
