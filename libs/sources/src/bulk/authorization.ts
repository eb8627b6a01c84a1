import { Diagnostic } from '@catchment/platform';
import { signAssertion, type ClientKey } from './client-keys';
import { checkLed } from './endpoint';
import { ServerRefusal, type FhirHttp } from './fhir-http';
import type { Pacing } from './pacing';

/** How this service proves itself to a server: SMART Backend Services. */
export interface ClientIdentity {
  clientId: string;
  key: ClientKey;
  /** For example `system/*.rs`, or several with spaces between. */
  scope: string;
  /** The address of the token endpoint, where the server does not announce it. */
  tokenUrl?: string;
  jku?: string;
}

interface Token {
  value: string;
  /** Epoch milliseconds after which it is not used any more. */
  until: number;
  scope: string | undefined;
}

/** So long before its end a token is replaced. */
const margin = 30_000;
/** Where the server does not say how long a token lives, the longest that the specification recommends. */
const usualLife = 300;

/** Access tokens of one server, asked for when needed and again before they end. There are no refresh tokens. */
export class Authorization {
  private token: Token | undefined;
  private endpoint: { url: URL; skewSeconds: number } | undefined;

  constructor(
    private readonly http: FhirHttp,
    private readonly pacing: Pacing,
    private readonly base: URL,
    private readonly identity: ClientIdentity,
  ) {}

  /** The value of the header. @throws Diagnostic when the server gives no token; it says why. */
  async header(signal?: AbortSignal): Promise<string> {
    const now = this.pacing.clock.now().getTime();
    if (!this.token || now >= this.token.until) this.token = await this.ask(signal);
    return `Bearer ${this.token.value}`;
  }

  /** What the server granted with the last token. */
  async grantedScope(signal?: AbortSignal): Promise<string | undefined> {
    await this.header(signal);
    return this.token?.scope;
  }

  /** A token that the server refuses is not used again. */
  forget(): void {
    this.token = undefined;
  }

  private async ask(signal?: AbortSignal): Promise<Token> {
    this.endpoint ??= await this.discover(signal);
    try {
      return await this.request(this.endpoint.url, this.endpoint.skewSeconds, signal);
    } catch (error) {
      // Both clocks are right to their own owners: once, the assertion is dated by the server's.
      const skew = this.skewOf(error);
      if (Math.abs(skew) < 30 || this.endpoint.skewSeconds !== 0) throw error;
      this.endpoint.skewSeconds = skew;
      try {
        return await this.request(this.endpoint.url, skew, signal);
      } catch (again) {
        if (!(again instanceof Diagnostic)) throw again;
        throw new Diagnostic(
          `${again.message}; this machine's clock and the server's differ by ${Math.abs(skew)} seconds`,
          {},
          { cause: again },
        );
      }
    }
  }

  private async request(url: URL, skewSeconds: number, signal?: AbortSignal): Promise<Token> {
    const { clientId, key, scope, jku } = this.identity;
    const assertion = await signAssertion(
      { clientId, key, jku, audience: url.href },
      this.pacing.clock,
      skewSeconds,
    );
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    const asked = this.pacing.clock.now().getTime();
    const what = 'the token request';
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    const request = { method: 'POST' as const, url, what, headers, body: form.toString(), signal };
    const answer = ((await this.http.json(request)).body ?? {}) as Record<string, unknown>;
    const { access_token: value, token_type: type, expires_in: life, scope: granted } = answer;
    if (typeof value !== 'string' || value === '' || /[\s\r\n]/.test(value))
      throw new Diagnostic('the token request was answered without an access token');
    if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
      throw new Diagnostic('the token request was answered with a token of a kind that is not known');
    const seconds = typeof life === 'number' && life > 0 ? life : Number(life) > 0 ? Number(life) : usualLife;
    return {
      value,
      until: asked + Math.max(seconds * 1000 - margin, (seconds * 1000) / 2),
      scope: typeof granted === 'string' ? granted : undefined,
    };
  }

  /** Seconds that the clock of a server which refused us is ahead of ours. */
  private skewOf(error: unknown): number {
    if (!(error instanceof ServerRefusal) || !error.serverTime || ![400, 401].includes(error.status))
      return 0;
    return Math.round((error.serverTime.getTime() - this.pacing.clock.now().getTime()) / 1000);
  }

  private async discover(signal?: AbortSignal): Promise<{ url: URL; skewSeconds: number }> {
    const { tokenUrl, key } = this.identity;
    if (tokenUrl) return { url: checkLed(tokenUrl, this.base, 'the token address'), skewSeconds: 0 };
    const what = 'the SMART configuration';
    const url = new URL(`${this.base.href.replace(/\/$/, '')}/.well-known/smart-configuration`);
    const { body } = await this.http.json({
      method: 'GET',
      url,
      what,
      headers: { accept: 'application/json' },
      signal,
    });
    const configuration = (body ?? {}) as Record<string, unknown>;
    const { token_endpoint: endpoint, token_endpoint_auth_signing_alg_values_supported: algorithms } =
      configuration;
    if (typeof endpoint !== 'string') throw new Diagnostic(`${what} names no token endpoint`);
    if (Array.isArray(algorithms) && !algorithms.includes(key.alg))
      throw new Diagnostic(`the server does not accept keys of ${key.alg}, but ${algorithms.join(', ')}`);
    return { url: checkLed(endpoint, this.base, 'the token endpoint'), skewSeconds: 0 };
  }
}
