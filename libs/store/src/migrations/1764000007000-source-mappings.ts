import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What CSV extracts of sources mean, version by version. */
export class SourceMappings1764000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "catchment"."source_mapping" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "source_id" uuid NOT NULL,
        "version" integer NOT NULL,
        "file_name" character varying NOT NULL,
        "text" text NOT NULL,
        "created_by" character varying NOT NULL,
        "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "PK_source_mapping" PRIMARY KEY ("id")
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX "source_mapping_version" ON "catchment"."source_mapping" ("source_id", "version")`);
    await runner.query(`
      ALTER TABLE "catchment"."source_mapping" ADD CONSTRAINT "FK_source_mapping_source"
        FOREIGN KEY ("source_id") REFERENCES "catchment"."source"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table "catchment"."source_mapping"`);
  }
}
