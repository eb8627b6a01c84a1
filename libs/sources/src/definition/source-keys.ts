import type { JWK } from 'jose';
import { Diagnostic } from '@catchment/platform';
import { Source, StoredSecret, type Store } from '@catchment/store';
import type { ClientKey, SigningAlgorithm } from '../bulk/client-keys';
import { passwordName } from '../sql/sql-password';

type Database = Pick<Store, 'dataSource'>;

/** The stored secret that holds the private half of a source's key pair, as a JWK. */
const secretName = (sourceId: string): string => `source-key:${sourceId}`;

/** Puts a key pair in the place of the one before: the server has to be given the new public half. */
export async function keepKey({ dataSource }: Database, sourceId: string, key: ClientKey): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.upsert(
      StoredSecret,
      { name: secretName(sourceId), value: JSON.stringify(key.privateJwk) },
      ['name'],
    );
    await manager.update(Source, { id: sourceId }, { publicKey: { ...key.publicJwk } });
  });
}

/** The key pair of a source; undefined when it has none. Only who signs an assertion asks. */
export async function keyOf({ dataSource }: Database, source: Source): Promise<ClientKey | undefined> {
  const { publicKey } = source;
  if (!publicKey) return undefined;
  const secret = await dataSource
    .getRepository(StoredSecret)
    .createQueryBuilder('secret')
    .addSelect('secret.value')
    .where({ name: secretName(source.id) })
    .getOne();
  if (!secret) throw new Diagnostic('the private key of the source is lost; make or import a new one');
  const publicJwk = publicKey as JWK;
  return {
    kid: publicJwk.kid ?? '',
    alg: publicJwk.alg as SigningAlgorithm,
    privateJwk: JSON.parse(secret.value) as JWK,
    publicJwk,
  };
}

/** Removes a source with its runs, mappings, key and password. What was loaded from it stays in the warehouse. */
export async function removeSource({ dataSource }: Database, sourceId: string): Promise<void> {
  await dataSource.transaction(async (manager) => {
    for (const name of [secretName(sourceId), passwordName(sourceId)])
      await manager.delete(StoredSecret, { name });
    await manager.delete(Source, { id: sourceId });
  });
}

/** The public halves of all sources' keys, as servers fetch them (RFC 7517). */
export async function publicKeys({ dataSource }: Database): Promise<{ keys: Record<string, unknown>[] }> {
  const sources = await dataSource.getRepository(Source).find({ order: { createdAt: 'ASC', id: 'ASC' } });
  return { keys: sources.flatMap(({ publicKey }) => (publicKey ? [publicKey] : [])) };
}
