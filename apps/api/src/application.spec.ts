import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import request from 'supertest';
import {
  AuditTrailService,
  CurrentScope,
  Public,
  RequireAbility,
  addAccount,
  seedDemoAccounts,
} from '@catchment/access';
import { Defect, Diagnostic, Unsupported, writeProgress } from '@catchment/platform';
import { User, type Scope } from '@catchment/store';
import { openTemporaryStore, type TemporaryStore } from '../../../libs/store/testing/temporary-store';
import { createApplication } from './application';

/** Routes as other parts write them. */
@Controller('api/probe')
class ProbeController {
  @Get('scorecard')
  @RequireAbility('read', 'Scorecard')
  scorecard(@CurrentScope() scope: Scope): Scope {
    return scope;
  }

  @Get('patients')
  @RequireAbility('read', 'Patient')
  patients(): string[] {
    return [];
  }

  @Get('undeclared')
  undeclared(): string {
    return 'must not be seen';
  }

  @Post('runs')
  @RequireAbility('start', 'Run')
  start(): { started: true } {
    return { started: true };
  }

  @Public()
  @Get('diagnostic')
  diagnostic(): never {
    throw new Diagnostic('PORT must be a number');
  }

  @Public()
  @Get('located')
  located(): never {
    throw new Diagnostic('unknown define', { library: 'Glycemic', locator: '3:1-3:9' });
  }

  @Public()
  @Get('unsupported')
  unsupported(): never {
    throw new Unsupported('Slice');
  }

  @Public()
  @Get('defect')
  defect(): never {
    throw new Defect('patient p-17 has two birth dates');
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

jest.mock('./clinical/clinical.module', () => ({
  get ClinicalModule() {
    return ProbeModule;
  },
}));

const password = 'a long enough password';

describe('the API process', () => {
  let store: TemporaryStore;
  let application: NestExpressApplication;
  let logged = '';

  beforeAll(async () => {
    store = await openTemporaryStore();
    await seedDemoAccounts(store);
    const everybody: Scope = { sites: 'all', providers: 'all' };
    const person = { role: 'coordinator', scope: everybody, password } as const;
    await addAccount(store, { ...person, email: 'Locked.Out@example.org', displayName: 'L' });
    await addAccount(store, { ...person, email: 'leaver@example.org', displayName: 'Leaver' });
    await addAccount(store, {
      ...person,
      email: 'north@example.org',
      displayName: 'North',
      scope: { sites: ['north'], providers: 'all' },
    });
    const logger = pino({ level: 'trace' }, { write: (line: string) => void (logged += line) });
    application = await createApplication(store.settings, store, logger);
    await application.listen(0, '127.0.0.1');
  });

  afterAll(async () => {
    await application.close();
    await store.close();
  });

  const http = () => request(application.getHttpServer());

  async function signIn(email: string, secret: string) {
    return http().post('/api/session').send({ email, password: secret });
  }

  async function cookieOf(email: string, secret: string): Promise<string> {
    const response = await signIn(email, secret);
    expect(response.status).toBe(200);
    return response.get('Set-Cookie')?.[0] ?? '';
  }

  describe('sign-in', () => {
    it('opens a session whose cookie scripts can not read and other sites can not send', async () => {
      const response = await signIn('Manager@demo.example ', 'demo-manager-2026');
      expect(response.status).toBe(200);
      expect(response.body).toMatchObject({ email: 'manager@demo.example', role: 'manager' });
      const cookie = response.get('Set-Cookie')?.[0] ?? '';
      expect(cookie).toMatch(/HttpOnly/);
      expect(cookie).toMatch(/SameSite=Strict/);
      const session = await http().get('/api/session').set('Cookie', cookie);
      expect(session.body).toEqual(response.body);
    });

    it('ends with DELETE: the old cookie is worth nothing', async () => {
      const cookie = await cookieOf('manager@demo.example', 'demo-manager-2026');
      await http().delete('/api/session').set('Cookie', cookie).expect(204);
      await http().get('/api/session').set('Cookie', cookie).expect(401);
    });

    it('gives a new session id, so that a planted one is worth nothing', async () => {
      const first = await cookieOf('manager@demo.example', 'demo-manager-2026');
      const again = await http()
        .post('/api/session')
        .set('Cookie', first)
        .send({ email: 'manager@demo.example', password: 'demo-manager-2026' });
      expect(again.get('Set-Cookie')?.[0]?.split(';')[0]).not.toBe(first.split(';')[0]);
      await http().get('/api/session').set('Cookie', first).expect(401);
    });

    it('answers a wrong password and an unknown name alike', async () => {
      const wrong = await signIn('quality@demo.example', 'not the password');
      const unknown = await signIn('nobody@demo.example', 'not the password');
      expect([wrong.status, unknown.status]).toEqual([401, 401]);
      expect(wrong.body).toEqual(unknown.body);
      expect(wrong.type).toBe('application/problem+json');
    });

    it('makes who guesses wait, even with the right password then, and only that name', async () => {
      for (let guess = 0; guess < 5; guess++) {
        expect((await signIn('locked.out@example.org', `guess number ${guess}`)).status).toBe(401);
      }
      const throttled = await signIn('locked.out@example.org', password);
      expect(throttled.status).toBe(429);
      expect(Number(throttled.get('Retry-After'))).toBeGreaterThan(0);
      expect((await signIn('quality@demo.example', 'demo-quality-2026')).status).toBe(200);
    });

    it('ends within seconds for somebody who has left', async () => {
      const users = store.dataSource.getRepository(User);
      const cookie = await cookieOf('leaver@example.org', password);
      await users.update({ email: 'leaver@example.org' }, { active: false });
      await http().get('/api/session').set('Cookie', cookie).expect(401);
      expect((await signIn('leaver@example.org', password)).status).toBe(401);
    });

    it('offers the accounts of the demo, and no other', async () => {
      const response = await http().get('/api/session/demo-users').expect(200);
      const users = response.body as { email: string; password: string }[];
      expect(users.map(({ email }) => email)).toEqual([
        'manager@demo.example',
        'quality@demo.example',
        'coordinator@demo.example',
        'admin@demo.example',
      ]);
      for (const user of users) expect((await signIn(user.email, user.password)).status).toBe(200);
    });

    it('leaves a trail', async () => {
      const trail = await application.get(AuditTrailService, { strict: false }).page(200);
      const seen = trail.map(({ actor, action }) => `${actor} ${action}`);
      expect(seen).toContain('manager@demo.example sign-in');
      expect(seen).toContain('quality@demo.example sign-in-failed');
      expect(JSON.stringify(trail)).not.toContain('not the password');
    });
  });

  describe('guards', () => {
    it('let nobody in who is not signed in', async () => {
      await http().get('/api/probe/scorecard').expect(401);
    });

    it('refuse a route that does not say which ability it takes', async () => {
      const cookie = await cookieOf('admin@demo.example', 'demo-admin-2026');
      const response = await http().get('/api/probe/undeclared').set('Cookie', cookie);
      expect(response.status).toBe(500);
      expect(response.text).not.toContain('must not be seen');
    });

    it.each([
      ['manager', 'get', 'patients', 200],
      ['coordinator', 'get', 'patients', 200],
      ['admin', 'get', 'patients', 403],
      ['admin', 'get', 'scorecard', 200],
      ['quality', 'post', 'runs', 201],
      ['manager', 'post', 'runs', 403],
    ] as const)('%s: %s %s → %i', async (role, method, route, status) => {
      const cookie = await cookieOf(`${role}@demo.example`, `demo-${role}-2026`);
      await http()[method](`/api/probe/${route}`).set('Cookie', cookie).expect(status);
    });

    it('hand the scope of the person to the handler', async () => {
      const cookie = await cookieOf('north@example.org', password);
      const response = await http().get('/api/probe/scorecard').set('Cookie', cookie);
      expect(response.body).toEqual({ sites: ['north'], providers: 'all' });
    });

    it.each([
      [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
      [{ 'Sec-Fetch-Site': 'same-site' }, 403],
      [{ Origin: 'https://evil.example' }, 403],
      [{ 'Sec-Fetch-Site': 'same-origin' }, 201],
      [{}, 201],
    ])('answer a change that comes with %j → %i', async (headers, status) => {
      const cookie = await cookieOf('quality@demo.example', 'demo-quality-2026');
      await http()
        .post('/api/probe/runs')
        .set({ ...headers, Cookie: cookie })
        .expect(status);
    });
  });

  describe('failures', () => {
    it.each([
      ['diagnostic', 400, 'PORT must be a number'],
      ['located', 422, 'unknown define'],
      ['unsupported', 501, 'Slice'],
      ['nowhere/patient-4711', 404, 'there is no such address'],
    ])('%s → %i', async (route, status, text) => {
      const response = await http().get(`/api/probe/${route}`);
      expect(response.status).toBe(status);
      expect(response.type).toBe('application/problem+json');
      expect(JSON.parse(response.text)).toMatchObject({
        status,
        detail: expect.stringContaining(text) as string,
      });
      expect(response.text).not.toContain('patient-4711');
    });

    it('of ours say nothing of what went wrong, neither to the caller nor in the log', async () => {
      const response = await http().get('/api/probe/defect?patient=p-17');
      expect(response.status).toBe(500);
      expect(response.text).not.toContain('p-17');
      expect(logged).toContain('request failed');
      expect(logged).not.toContain('p-17');
    });

    it('are OperationOutcomes to who asks for FHIR', async () => {
      const response = await http().get('/api/probe/unsupported').set('Accept', 'application/fhir+json');
      expect(response.type).toBe('application/fhir+json');
      expect(JSON.parse(response.text)).toMatchObject({
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'not-supported' }],
      });
    });

    it('include a body that is no JSON', async () => {
      const response = await http()
        .post('/api/session')
        .set('Content-Type', 'application/json')
        .send('{"email": ');
      expect(response.status).toBe(400);
      expect(response.type).toBe('application/problem+json');
    });
  });

  describe('health', () => {
    it('is live at once, and ready only when the pointer leads to a published file', async () => {
      const { dataDir } = store.settings;
      await http().get('/health/live').expect(200);
      writeProgress(dataDir, {
        state: 'preparing',
        steps: [{ name: 'load', title: 'Load', state: 'running', percent: 40 }],
        updatedAt: '2026-11-24T00:00:00.000Z',
      });
      const early = await http().get('/health/ready').expect(503);
      expect(early.body).toMatchObject({
        status: 'not-ready',
        progress: { steps: [{ name: 'load', percent: 40 }] },
      });

      mkdirSync(join(dataDir, 'marts'), { recursive: true });
      writeFileSync(join(dataDir, 'marts', 'current.json'), '{"runId": "r1", "file": "r1.duckdb"}');
      await http().get('/health/ready').expect(503);

      writeFileSync(join(dataDir, 'marts', 'r1.duckdb'), '');
      const ready = await http().get('/health/ready').expect(200);
      expect(ready.body).toEqual({ status: 'ready', runId: 'r1' });
    });

    it('is described with everything else in the OpenAPI document, and the page loads under our policy', async () => {
      const document = await http().get('/api/openapi.json').expect(200);
      expect(Object.keys((document.body as { paths: object }).paths)).toEqual(
        expect.arrayContaining(['/api/session', '/health/ready']),
      );
      const page = await http().get('/api/docs').expect(200);
      expect(page.text).not.toMatch(/<script(?![^>]*src=)[^>]*>\s*\S/);
      expect(page.get('Content-Security-Policy')).toContain("script-src 'self'");
    });

    it('has figures by route pattern', async () => {
      const metrics = await http().get('/metrics').expect(200);
      expect(metrics.text).toContain('route="/health/ready"');
      expect(metrics.text).not.toContain('patient-4711');
    });
  });

  it('logs requests by route pattern only', () => {
    expect(logged).toContain('"route":"/api/probe/scorecard"');
    for (const secret of ['demo-manager-2026', 'patient-4711', 'Cookie', password])
      expect(logged).not.toContain(secret);
  });
});
