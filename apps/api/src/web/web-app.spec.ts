import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { securityHeaders } from './security-headers';
import { serveWebApp } from './web-app';

@Module({})
class NoRoutes {}

describe('the web app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-app-'));
  let application: NestExpressApplication;

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<script type="module" src="/assets/app-1f2e.js"></script>');
    writeFileSync(join(folder, 'assets', 'app-1f2e.js'), 'export {};');
    application = await NestFactory.create<NestExpressApplication>(NoRoutes, { logger: false });
    application.use(securityHeaders());
    serveWebApp(application, folder);
    await application.init();
  });

  afterAll(async () => {
    await application.close();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string) => request(application.getHttpServer()).get(path);

  it.each(['/', '/scorecard', '/measures/a.b-c/groups/main/patients?population=numerator', '/patients/1f2e'])(
    'opens at %s, asked for every time',
    async (path) => {
      const page = await get(path).expect(200);
      expect(page.text).toContain('/assets/app-1f2e.js');
      expect(page.get('Cache-Control')).toBe('no-cache');
      expect(page.get('Content-Security-Policy')).toContain("script-src 'self'");
    },
  );

  it('keeps what is named by its content for good', async () => {
    const script = await get('/assets/app-1f2e.js').expect(200);
    expect(script.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  });

  it.each(['/api/nothing', '/fhir/Nothing', '/health/nothing', '/assets/older-0000.js', '/metrics'])(
    'is not what %s answers',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(response.text).not.toContain('app-1f2e');
    },
  );

  it('leaves every other method to the API', async () => {
    await request(application.getHttpServer()).post('/scorecard').expect(404);
  });
});
