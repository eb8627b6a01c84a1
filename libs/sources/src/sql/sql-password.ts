import { StoredSecret, type Store } from '@catchment/store';

type Database = Pick<Store, 'dataSource'>;

/** The stored secret that holds the password of a database. */
export const passwordName = (sourceId: string): string => `source-password:${sourceId}`;

/** Puts a password in the place of the one before. No answer ever holds it. */
export async function keepPassword(
  { dataSource }: Database,
  sourceId: string,
  password: string,
): Promise<void> {
  await dataSource
    .getRepository(StoredSecret)
    .upsert({ name: passwordName(sourceId), value: password }, ['name']);
}

/** Only who opens a connection asks; null where there is none. */
export async function passwordOf({ dataSource }: Database, sourceId: string): Promise<string | null> {
  const secret = await dataSource
    .getRepository(StoredSecret)
    .createQueryBuilder('secret')
    .addSelect('secret.value')
    .where({ name: passwordName(sourceId) })
    .getOne();
  return secret?.value ?? null;
}

export function hasPassword({ dataSource }: Database, sourceId: string): Promise<boolean> {
  return dataSource.getRepository(StoredSecret).existsBy({ name: passwordName(sourceId) });
}
