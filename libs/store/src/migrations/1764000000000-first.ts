import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema: everything that people write. */
export class First1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "catchment"."audit_event" (
        "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        "actor" character varying NOT NULL,
        "action" character varying NOT NULL,
        "object_type" character varying NOT NULL DEFAULT '',
        "object_id" character varying NOT NULL DEFAULT '',
        "allowed" boolean NOT NULL DEFAULT true,
        "address" character varying,
        "detail" jsonb NOT NULL DEFAULT '{}',
        CONSTRAINT "PK_481efbe8b0a403efe3f47a6528f" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE INDEX "IDX_921aa4045e7704c23489919d5e" ON "catchment"."audit_event" ("actor")`);
    await runner.query(`
      CREATE INDEX "IDX_6d9d5c59e3243dca62cf2760e7" ON "catchment"."audit_event" ("action", "at")`);
    await runner.query(`
      CREATE TABLE "catchment"."report_definition" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "name" character varying NOT NULL,
        "type" character varying NOT NULL,
        "formats" text array NOT NULL,
        "cron" character varying NOT NULL,
        "time_zone" character varying NOT NULL,
        "recipients" text array NOT NULL,
        "scope" jsonb NOT NULL,
        "active" boolean NOT NULL DEFAULT true,
        "created_by" character varying NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "PK_6adead064bad2a0a8be9865fb6c" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE TABLE "catchment"."delivery" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "job_id" character varying NOT NULL,
        "status" character varying NOT NULL DEFAULT 'pending',
        "attempts" integer NOT NULL DEFAULT '0',
        "error" text,
        "files" text array NOT NULL DEFAULT '{}',
        "run_id" character varying,
        "due_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "finished_at" TIMESTAMP WITH TIME ZONE,
        "definition_id" uuid NOT NULL,
        CONSTRAINT "PK_ffad7bf84e68716cd9af89003b0" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX "IDX_783eb6cb417de97d8823a2a1a9" ON "catchment"."delivery" ("job_id")`);
    await runner.query(`
      CREATE TABLE "catchment"."evaluation_run_record" (
        "id" character varying NOT NULL,
        "measures" jsonb NOT NULL,
        "period_start" date NOT NULL,
        "period_end" date NOT NULL,
        "data_snapshot" jsonb NOT NULL,
        "counts" jsonb,
        "started_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "finished_at" TIMESTAMP WITH TIME ZONE,
        "duration_ms" integer,
        "content_hash" character varying,
        "state" character varying NOT NULL DEFAULT 'running',
        "status" character varying NOT NULL DEFAULT 'draft',
        "started_by" character varying NOT NULL,
        "reason" character varying NOT NULL,
        "engine_version" character varying NOT NULL,
        "published" boolean NOT NULL DEFAULT false,
        "error" text,
        CONSTRAINT "PK_8ea277567f5d9172bdd779b175f" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE TABLE "catchment"."stored_secret" (
        "name" character varying NOT NULL,
        "value" character varying NOT NULL,
        CONSTRAINT "PK_f2c3e35d6034506adedcec41c46" PRIMARY KEY ("name")
      )`);
    await runner.query(`
      CREATE TABLE "catchment"."target" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "measure_id" character varying NOT NULL,
        "group_id" character varying NOT NULL,
        "site_id" character varying NOT NULL DEFAULT '',
        "value" numeric(7,6) NOT NULL,
        "set_by" character varying NOT NULL,
        "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "UQ_4cc3879d1cac02f46ff4a70f396" UNIQUE ("measure_id", "group_id", "site_id"),
        CONSTRAINT "PK_9d962204b13c18851ea88fc72f3" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE TABLE "catchment"."user" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "email" character varying NOT NULL,
        "display_name" character varying NOT NULL,
        "role" character varying NOT NULL,
        "scope" jsonb NOT NULL,
        "password_hash" character varying NOT NULL,
        "active" boolean NOT NULL DEFAULT true,
        "demo" boolean NOT NULL DEFAULT false,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "UQ_e12875dfb3b1d92d7d7c5377e22" UNIQUE ("email"),
        CONSTRAINT "PK_cace4a159ff9f2512dd42373760" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE TABLE "catchment"."worklist_item" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "patient_id" character varying NOT NULL,
        "measure_id" character varying NOT NULL,
        "group_id" character varying NOT NULL,
        "work_status" character varying NOT NULL DEFAULT 'new',
        "assignee" character varying,
        "next_action_date" date,
        "snooze_until" date,
        "note" text NOT NULL DEFAULT '',
        "attempts" integer NOT NULL DEFAULT '0',
        "last_attempt_at" TIMESTAMP WITH TIME ZONE,
        "version" integer NOT NULL,
        "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "UQ_d8b35c2843d0105500c99f9b8fe" UNIQUE ("patient_id", "measure_id", "group_id"),
        CONSTRAINT "PK_53e515617a41065606c8e0419b2" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE INDEX "IDX_4c0f68a161d67d2fafd371f981" ON "catchment"."worklist_item" ("patient_id")`);
    await runner.query(`
      CREATE INDEX "IDX_a1002486ce2d32bad658aae84d" ON "catchment"."worklist_item" ("assignee")`);
    await runner.query(`
      CREATE TABLE "catchment"."worklist_event" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        "by" character varying NOT NULL,
        "kind" character varying NOT NULL,
        "work_status" character varying NOT NULL,
        "detail" jsonb NOT NULL DEFAULT '{}',
        "note" text NOT NULL DEFAULT '',
        "item_id" uuid NOT NULL,
        CONSTRAINT "PK_d2893344d5cd084e61dfe90f4bd" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE INDEX "IDX_8e6de00a953dfff65758916339" ON "catchment"."worklist_event" ("item_id")`);
    await runner.query(`
      ALTER TABLE "catchment"."delivery" ADD CONSTRAINT "FK_0a20231326ed6fb76ec942f4e27" FOREIGN KEY ("definition_id") REFERENCES "catchment"."report_definition"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
    await runner.query(`
      ALTER TABLE "catchment"."worklist_event" ADD CONSTRAINT "FK_8e6de00a953dfff65758916339d" FOREIGN KEY ("item_id") REFERENCES "catchment"."worklist_item"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'worklist_event',
      'worklist_item',
      'user',
      'target',
      'stored_secret',
      'evaluation_run_record',
      'delivery',
      'report_definition',
      'audit_event',
    ];
    for (const table of tables) await runner.query(`drop table "catchment"."${table}"`);
  }
}
