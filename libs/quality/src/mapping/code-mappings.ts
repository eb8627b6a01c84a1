import { Diagnostic } from '@catchment/platform';
import { CodeMapping, type Store } from '@catchment/store';
import type { Connection } from '@catchment/warehouse';

type DataSource = Store['dataSource'];

/** A code of a source and the code that it means. */
export interface MappedCode {
  /** As the source writes it; empty where it writes none. */
  system: string;
  code: string;
  targetSystem: string;
  targetCode: string;
}

/** Every mapping, withdrawn ones too, the latest first: the trail. */
export function readMappings(dataSource: DataSource): Promise<CodeMapping[]> {
  return dataSource.getRepository(CodeMapping).find({ order: { mappedAt: 'DESC', id: 'ASC' } });
}

/**
 * Writes a mapping, which holds from the next evaluation on.
 * @throws Diagnostic when the code is mapped already, when it means itself, or without a reason
 */
export async function mapCode(
  dataSource: DataSource,
  { system, code, targetSystem, targetCode }: MappedCode,
  { by, reason }: { by: string; reason: string },
): Promise<CodeMapping> {
  const why = checkReason(reason);
  if (system === targetSystem && code === targetCode)
    throw new Diagnostic('a code means itself without a mapping: choose another one as its meaning');
  return dataSource.transaction(async (manager) => {
    // Two people who map one code at once: the second is told of the first.
    await manager.query('lock table "catchment"."code_mapping" in share row exclusive mode');
    const mappings = manager.getRepository(CodeMapping);
    const held = await mappings
      .createQueryBuilder('mapping')
      .where('mapping.withdrawnAt is null and mapping.system = :system and mapping.code = :code', {
        system,
        code,
      })
      .getOne();
    if (held)
      throw new Diagnostic(
        `${held.mappedBy} mapped this code to ${held.targetCode} of ${held.targetSystem} already; withdraw that first`,
      );
    return mappings.save(
      mappings.create({ system, code, targetSystem, targetCode, reason: why, mappedBy: by }),
    );
  });
}

/**
 * Withdraws a mapping: from the next evaluation on everything is as it was before it.
 * @throws Diagnostic when no such mapping holds
 */
export async function withdrawMapping(
  dataSource: DataSource,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<CodeMapping> {
  const why = checkReason(reason);
  return dataSource.transaction(async (manager) => {
    const mappings = manager.getRepository(CodeMapping);
    const held = await mappings.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!held || held.withdrawnAt !== null) throw new Diagnostic('no such mapping holds');
    return mappings.save({ ...held, withdrawnBy: by, withdrawnAt: new Date(), withdrawnReason: why });
  });
}

/** Makes the warehouse follow the mappings that hold, as PostgreSQL has them. To be called before an evaluation. */
export async function writeMappings(connection: Connection, dataSource: DataSource): Promise<void> {
  const held = (await readMappings(dataSource)).filter(({ withdrawnAt }) => withdrawnAt === null);
  await connection.transaction(async () => {
    await connection.run('delete from terminology.code_mapping');
    await connection.run(
      `insert into terminology.code_mapping (system, code, target_system, target_code, mapped_by, mapped_at)
       select unnest(from_json($1, '[{"system": "VARCHAR", "code": "VARCHAR", "target_system": "VARCHAR", "target_code": "VARCHAR", "mapped_by": "VARCHAR", "mapped_at": "TIMESTAMP"}]'), recursive := true)`,
      [
        JSON.stringify(
          held.map(({ system, code, targetSystem, targetCode, mappedBy, mappedAt }) => ({
            system,
            code,
            target_system: targetSystem,
            target_code: targetCode,
            mapped_by: mappedBy,
            mapped_at: mappedAt.toISOString().replace(/Z$/, ''),
          })),
        ),
      ],
    );
  });
}

function checkReason(reason: string): string {
  const text = reason.trim();
  if (text === '') throw new Diagnostic('a mapping needs a reason');
  return text;
}
