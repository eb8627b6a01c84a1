import { randomBytes } from 'node:crypto';
import { StoredSecret, type Store } from '@catchment/store';

const name = 'session-cookie';

/** The key that signs session cookies: made once, the same in every API process and after a restart. */
export async function sessionSecret({ dataSource }: Pick<Store, 'dataSource'>): Promise<string> {
  const secrets = dataSource.getRepository(StoredSecret);
  await secrets
    .createQueryBuilder()
    .insert()
    .values({ name, value: randomBytes(32).toString('base64url') })
    .orIgnore()
    .execute();
  const { value } = await secrets
    .createQueryBuilder('secret')
    .addSelect('secret.value')
    .where({ name })
    .getOneOrFail();
  return value;
}
