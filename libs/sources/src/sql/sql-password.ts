import { StoredSecret, type SourceConfiguration, type SqlConfiguration, type Store } from '@catchment/store';

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

/** The password that was given for one server must not be sent to another one, or in the clear. */
export async function forgetPasswordOfOther(
  { dataSource }: Database,
  sourceId: string,
  before: SourceConfiguration,
  after: SourceConfiguration,
): Promise<void> {
  if (before.kind !== 'sql' || after.kind !== 'sql' || sentTo(before) === sentTo(after)) return;
  await dataSource.getRepository(StoredSecret).delete({ name: passwordName(sourceId) });
}

function sentTo({ host, port, user, tls, authority }: SqlConfiguration): string {
  return JSON.stringify([host, port, user, tls, authority]);
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
