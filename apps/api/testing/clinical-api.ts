import { getQueueToken } from '@nestjs/bullmq';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Queue } from 'bullmq';
import { pino } from 'pino';
import request from 'supertest';
import { addAccount, seedDemoAccounts } from '@catchment/access';
import { queueNames, type Role, type Scope, type Store } from '@catchment/store';
import type { Settings } from '@catchment/platform';
import { createApplication } from '../src/application';

const password = 'a long enough password';
const everybody: Scope = { sites: 'all', providers: 'all' };

/** The real application over a store, and people to sign in. */
export class ClinicalApi {
  private readonly cookies = new Map<string, string>();

  private constructor(
    readonly application: NestExpressApplication,
    private readonly store: Store,
    /** Everything that was logged. */
    readonly log: { text: string },
  ) {}

  /** @param webApp folder of the bundled web app, for tests that look at it */
  static async open(store: Store, settings: Settings, webApp?: string): Promise<ClinicalApi> {
    await seedDemoAccounts(store);
    const log = { text: '' };
    const logger = pino({ level: 'trace' }, { write: (line: string) => void (log.text += line) });
    const application = await createApplication(settings, store, logger, webApp);
    // Redis keeps the jobs of the spec files that ran before.
    for (const name of queueNames) {
      await application.get<Queue>(getQueueToken(name), { strict: false }).obliterate({ force: true });
    }
    await application.listen(0, '127.0.0.1');
    return new ClinicalApi(application, store, log);
  }

  /** Adds somebody and signs in; the demo's users are signed in by `as(role)`. */
  async person(email: string, role: Role, scope: Scope = everybody): Promise<Caller> {
    await addAccount(this.store, { email, displayName: email, role, scope, password });
    return this.signIn(email, password);
  }

  async as(role: Role): Promise<Caller> {
    return this.signIn(`${role}@demo.example`, `demo-${role}-2026`);
  }

  /** Nobody is signed in. */
  anybody(): Caller {
    return new Caller(this.application, '');
  }

  private async signIn(email: string, secret: string): Promise<Caller> {
    let cookie = this.cookies.get(email);
    if (cookie === undefined) {
      const response = await request(this.application.getHttpServer())
        .post('/api/session')
        .send({ email, password: secret })
        .expect(200);
      cookie = response.get('Set-Cookie')?.[0] ?? '';
      this.cookies.set(email, cookie);
    }
    return new Caller(this.application, cookie);
  }
}

export type Query = Record<string, string | number | undefined>;

/** Somebody who asks. */
export class Caller {
  constructor(
    private readonly application: NestExpressApplication,
    private readonly cookie: string,
  ) {}

  /** The answer of a GET that must succeed. */
  async get<T>(path: string, query: Query = {}): Promise<T> {
    const response = await this.send('get', path, query);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${response.text}`);
    return response.body as T;
  }

  send(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    query: Query = {},
    body?: object,
  ): request.Test {
    const test = request(this.application.getHttpServer())[method](path);
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    return test.query(Object.fromEntries(given)).set('Cookie', this.cookie).send(body);
  }
}
