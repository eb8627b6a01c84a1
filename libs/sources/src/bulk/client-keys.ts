import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
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
  return {
    kid,
    alg,
    privateJwk: { ...(await exportJWK(pair.privateKey)), kid, alg },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...publicUse(kid, alg) },
  };
}

/**
 * The key of a text: a private JWK, or a private key in PEM (PKCS #8, PKCS #1 or SEC 1, not encrypted), of kind EC P-384
 * (ES384) or RSA of at least 2048 bits (RS384).
 * @param kid the name under which the server knows it; else the JWK's own, else its thumbprint (RFC 7638)
 * @throws Diagnostic when it is none; the message holds nothing of the key.
 */
export async function readClientKey(text: string, kid?: string): Promise<ClientKey> {
  const privateKey = parsePrivateKey(text.trim());
  const alg = algorithmOf(privateKey);
  const privateJwk = privateKey.export({ format: 'jwk' }) as JWK;
  const publicJwk = createPublicKey(privateKey).export({ format: 'jwk' }) as JWK;
  const name = kid || statedKid(text) || (await calculateJwkThumbprint(publicJwk));
  return {
    kid: name,
    alg,
    privateJwk: { ...privateJwk, kid: name, alg },
    publicJwk: { ...publicJwk, ...publicUse(name, alg) },
  };
}

function parsePrivateKey(text: string): KeyObject {
  try {
    return text.startsWith('{')
      ? createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
      : createPrivateKey({ key: text, format: 'pem' });
  } catch {
    // The parser's own message would quote the key.
    throw new Diagnostic(
      'the private key is neither a JWK nor PEM that can be read (an encrypted PEM cannot)',
    );
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SigningAlgorithm {
  const { modulusLength = 0, namedCurve } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'RS384';
  if (asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') return 'ES384';
  throw new Diagnostic('the private key is of another kind than RSA (2048 bits or more) or EC P-384');
}

function statedKid(text: string): string | undefined {
  if (!text.trim().startsWith('{')) return undefined;
  const { kid } = JSON.parse(text) as JWK;
  return typeof kid === 'string' ? kid : undefined;
}

function publicUse(kid: string, alg: SigningAlgorithm): JWK {
  return { kid, alg, use: 'sig', key_ops: ['verify'] };
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
