import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where clinical data come from, and every time that they were fetched. */
export class Sources1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "catchment"."source" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "name" character varying NOT NULL,
        "configuration" jsonb NOT NULL,
        "cron" character varying,
        "time_zone" character varying,
        "enabled" boolean NOT NULL DEFAULT true,
        "evaluate_after" boolean NOT NULL DEFAULT true,
        "full_every_days" integer,
        "watermark" character varying,
        "last_full_at" TIMESTAMP WITH TIME ZONE,
        "public_key" jsonb,
        "created_by" character varying NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "UQ_e64619e22dc97d6525c86ef8af5" UNIQUE ("name"),
        CONSTRAINT "source_schedule_is_whole" CHECK (("cron" is null) = ("time_zone" is null)),
        CONSTRAINT "source_full_interval_is_not_negative" CHECK ("full_every_days" >= 0),
        CONSTRAINT "PK_018c433f8264b58c86363eaadde" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE TABLE "catchment"."source_run" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "source_id" uuid NOT NULL,
        "job_id" character varying NOT NULL,
        "state" character varying NOT NULL DEFAULT 'queued',
        "started_by" character varying NOT NULL,
        "queued_at" TIMESTAMP WITH TIME ZONE NOT NULL,
        "started_at" TIMESTAMP WITH TIME ZONE,
        "ended_at" TIMESTAMP WITH TIME ZONE,
        "attempts" integer NOT NULL DEFAULT '0',
        "since" character varying,
        "progress" jsonb,
        "cancel_requested_at" TIMESTAMP WITH TIME ZONE,
        "transaction_time" character varying,
        "counts" jsonb,
        "findings" jsonb NOT NULL DEFAULT '[]',
        "error" text,
        "evaluation_run_id" character varying,
        CONSTRAINT "PK_51509da3d1b953c56aac56b9c4d" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX "IDX_8bee21316f06a995adbf9f70e5" ON "catchment"."source_run" ("job_id")`);
    await runner.query(`
      CREATE INDEX "IDX_3c1a0d1300305c827411690c05" ON "catchment"."source_run" ("source_id", "queued_at")`);
    await runner.query(`
      ALTER TABLE "catchment"."source_run" ADD CONSTRAINT "FK_9bef06a2f6fcb87f2b58e25c52d" FOREIGN KEY ("source_id") REFERENCES "catchment"."source"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "catchment"."source_run"`);
    await runner.query(`drop table "catchment"."source"`);
  }
}
