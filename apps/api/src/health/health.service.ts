import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '@catchment/platform';
import { martsFolder, readPointer } from '@catchment/warehouse';
import { SETTINGS } from '../settings.module';

export type Readiness = { ready: true; runId: string } | { ready: false; reason: string };

/** Whether this process can show numbers. */
@Injectable()
export class HealthService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly dataSource: DataSource,
  ) {}

  get dataDir(): string {
    return this.settings.dataDir;
  }

  async readiness(): Promise<Readiness> {
    const pointer = readPointer(this.dataDir);
    if (!pointer || !existsSync(join(martsFolder(this.dataDir), pointer.file))) {
      return { ready: false, reason: 'no numbers are published yet' };
    }
    try {
      await this.dataSource.query('select 1');
    } catch {
      return { ready: false, reason: 'PostgreSQL does not answer' };
    }
    return { ready: true, runId: pointer.runId };
  }
}
