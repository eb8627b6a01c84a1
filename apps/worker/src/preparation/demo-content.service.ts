import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { seedDemoAccounts } from '@catchment/access';
import { projectRoot, type Settings } from '@catchment/platform';
import { Target } from '@catchment/store';
import { Database, martsFolder, readPointer } from '@catchment/warehouse';
import { SETTINGS } from '../settings.module';

/** What the demo puts into PostgreSQL: people who can sign in, and targets. */
@Injectable()
export class DemoContentService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** @returns true when the demo accounts were made now: in a database that had no user at all. */
  async seedAccounts(): Promise<boolean> {
    return (await seedDemoAccounts({ dataSource: this.dataSource })).length > 0;
  }

  /** Targets of the organisation for the starter measures that are published, where nobody has set any target. */
  async seedTargets(): Promise<void> {
    const groups = await this.publishedGroups();
    const rates = demoTargets();
    await this.dataSource.transaction(async (manager) => {
      await manager.query('lock table catchment.target in share row exclusive mode');
      if ((await manager.count(Target)) > 0) return;
      const targets = groups.flatMap(({ measureId, groupId }) => {
        const value = rates[measureId];
        return value === undefined ? [] : [{ measureId, groupId, value, setBy: 'system' }];
      });
      if (targets.length > 0) await manager.insert(Target, targets);
    });
  }

  private async publishedGroups(): Promise<{ measureId: string; groupId: string }[]> {
    const pointer = readPointer(this.settings.dataDir);
    if (!pointer) return [];
    const file = join(martsFolder(this.settings.dataDir), pointer.file);
    const marts = await Database.open(file, { readOnly: true });
    try {
      return await marts.main.rows(
        'select measure_id as "measureId", group_id as "groupId" from measure_group order by all',
      );
    } finally {
      marts.close();
    }
  }
}

/** Rate by measure id, as exact decimal text. */
function demoTargets(): Record<string, string> {
  const file = join(projectRoot(), 'apps/worker/src/preparation/demo-targets.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}
