import { calculateJwkThumbprint, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { fixedClock } from '@catchment/platform';
import { generateClientKey, readClientKey, signAssertion, signingAlgorithms } from './client-keys';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });

describe('keys of a client', () => {
  it.each(signingAlgorithms)('%s: what the private half signs, the public half proves', async (alg) => {
    const key = await generateClientKey(alg);
    const now = new Date();
    const assertion = await signAssertion(
      { clientId: 'c', audience: 'https://ehr.example/token', key },
      fixedClock(now.toISOString()),
    );
    const { payload } = await jwtVerify(assertion, await importJWK(key.publicJwk, alg));
    expect(payload).toMatchObject({ iss: 'c', sub: 'c', aud: 'https://ehr.example/token' });
    expect(decodeProtectedHeader(assertion)).toEqual({ alg, kid: key.kid, typ: 'JWT' });
    // The published half must never hold a part of the secret (RFC 7518, 6.2.2 and 6.3.2).
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key.publicJwk).not.toHaveProperty(secret);
  });

  it.each([
    ['PKCS #8', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'RS384'],
    ['PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }), 'RS384'],
    ['SEC 1', ec.privateKey.export({ type: 'sec1', format: 'pem' }), 'ES384'],
  ])('are read from PEM, %s', async (_kind, pem, alg) => {
    const key = await readClientKey(String(pem), 'at-the-server');
    expect(key).toMatchObject({ kid: 'at-the-server', alg, publicJwk: { kid: 'at-the-server', alg } });
    expect(key.publicJwk).not.toHaveProperty('d');
  });

  it('without a name are named by their thumbprint', async () => {
    const jwk = ec.publicKey.export({ format: 'jwk' });
    const { kid } = await readClientKey(String(ec.privateKey.export({ type: 'pkcs8', format: 'pem' })));
    expect(kid).toBe(await calculateJwkThumbprint(jwk));
  });

  it('keep the name of a JWK', async () => {
    const jwk = { ...ec.privateKey.export({ format: 'jwk' }), kid: 'k1' };
    expect((await readClientKey(JSON.stringify(jwk))).kid).toBe('k1');
  });

  it.each([
    ['a public key', String(ec.publicKey.export({ type: 'spki', format: 'pem' })), /neither a JWK nor PEM/],
    ['a public JWK', JSON.stringify(ec.publicKey.export({ format: 'jwk' })), /neither a JWK nor PEM/],
    [
      'an encrypted key',
      String(
        ec.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }),
      ),
      /encrypted/,
    ],
    [
      'another curve',
      String(
        generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({
          type: 'pkcs8',
          format: 'pem',
        }),
      ),
      /another kind/,
    ],
    [
      'a short RSA key',
      String(
        generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
          type: 'pkcs8',
          format: 'pem',
        }),
      ),
      /another kind/,
    ],
  ])('refuse %s, and say nothing of it', async (_what, text, complaint) => {
    const error = await readClientKey(text).catch((thrown: unknown) => thrown as Error);
    expect((error as Error).message).toMatch(complaint);
    expect((error as Error).message).not.toContain(text.slice(40, 60));
  });
});
