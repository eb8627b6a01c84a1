import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger, Settings } from '@catchment/platform';
import type { Store } from '@catchment/store';
import { sameOriginOnly } from './access/same-origin';
import { sessionCookie } from './access/session-middleware';
import { AppModule } from './app.module';
import { ProblemFilter } from './errors/problem.filter';
import { addContract } from './openapi/contract-schemas';
import { noStore, securityHeaders } from './web/security-headers';
import { serveWebApp } from './web/web-app';

/**
 * The HTTP application, ready to listen. Closing it closes its database connections.
 * @param webApp folder of the bundled web app; that of the build unless said otherwise
 */
export async function createApplication(
  settings: Settings,
  store: Store,
  logger: Logger,
  webApp?: string,
): Promise<NestExpressApplication> {
  const application = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(settings, store, logger),
    { bufferLogs: true, abortOnError: false, forceCloseConnections: true },
  );
  application.useLogger(application.get(NestLogger));
  application.disable('x-powered-by');
  // Answers of the API are not stored anywhere, so that nobody would ask whether they changed.
  application.disable('etag');
  // The caller's own address, also behind a proxy on this machine or in this network.
  application.set('trust proxy', 'loopback, linklocal, uniquelocal');
  application.use(securityHeaders(), noStore(), sameOriginOnly());
  application.useGlobalPipes(
    new ValidationPipe({
      transform: true,
      // A misspelt filter is an error, not a question about everybody.
      whitelist: true,
      forbidNonWhitelisted: true,
      validationError: { target: false, value: false },
    }),
  );
  application.useGlobalFilters(new ProblemFilter(logger));
  serveWebApp(application, webApp);
  describeApi(application);
  application.enableShutdownHooks();
  return application;
}

function describeApi(application: NestExpressApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Catchment')
    .setDescription(
      'Quality measures, cohorts and care gaps of a population. Sign in with POST /api/session.',
    )
    .setVersion('0.1.0')
    .addCookieAuth(sessionCookie)
    .build();
  const describe = () => addContract(SwaggerModule.createDocument(application, description));
  SwaggerModule.setup('api/docs', application, describe, { jsonDocumentUrl: 'api/openapi.json' });
}
