import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { Diagnostic, newId, type Clock } from '@catchment/platform';

/** The algorithms that SMART Backend Services asks of every client. */
export const signingAlgorithms = ['RS384', 'ES384'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** A key pair of this service for one source: the private half is a secret, the public one is published. */
export interface ClientKey {
  kid: string;
  alg: SigningAlgorithm;
  privateJwk: JWK;
  publicJwk: JWK;
}

export async function generateClientKey(alg: SigningAlgorithm): Promise<ClientKey> {
  const pair = await generateKeyPair(alg, { extractable: true, modulusLength: 3072 });
  const kid = newId();
  const use = { kid, alg, use: 'sig', key_ops: ['verify'] };
  return {
    kid,
    alg,
    privateJwk: { ...(await exportJWK(pair.privateKey)), kid, alg },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...use },
  };
}

/**
 * The key of a file: a private JWK with `kid`, of kind EC P-384 (ES384) or RSA (RS384).
 * @throws Diagnostic when it is none; the message holds nothing of the key.
 */
export function readClientKey(text: string): ClientKey {
  try {
    const privateJwk = JSON.parse(text) as JWK;
    const { kid, kty, crv, d } = privateJwk;
    const alg = kty === 'RSA' ? 'RS384' : kty === 'EC' && crv === 'P-384' ? 'ES384' : undefined;
    if (kid && d && alg) {
      const publicJwk = createPublicKey({ key: privateJwk as JsonWebKey, format: 'jwk' }).export({
        format: 'jwk',
      });
      return { kid, alg, privateJwk: { ...privateJwk, alg }, publicJwk: { ...(publicJwk as JWK), kid, alg } };
    }
  } catch {
    // The parser's own message would quote the key.
  }
  throw new Diagnostic('the private key is no JWK with a kid, of kind RSA or EC P-384');
}

export interface Assertion {
  clientId: string;
  /** The token endpoint. */
  audience: string;
  key: ClientKey;
  /** Where the public key is published, when the authorization server knows it by address. */
  jku?: string;
}

/** The longest life that the specification allows is five minutes; four leave room for clocks that differ. */
const lifeSeconds = 240;

/**
 * A signed JWT that proves who asks for a token (SMART Backend Services, "Protocol details").
 * @param skewSeconds how far the server's clock is ahead of ours
 */
export async function signAssertion(assertion: Assertion, clock: Clock, skewSeconds = 0): Promise<string> {
  const { clientId, audience, key, jku } = assertion;
  const now = Math.floor(clock.now().getTime() / 1000) + skewSeconds;
  return new SignJWT()
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...(jku && { jku }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + lifeSeconds)
    .setJti(newId())
    .sign(await importJWK(key.privateJwk, key.alg));
}
