import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler, Response } from 'express';
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { projectRoot } from '@catchment/platform';

/**
 * Serves the bundled web app, where it was built; every address that is not the API's opens it, and it finds its own
 * screen. (@nestjs/serve-static would turn every failure before a route, such as a request from another site, into 404.)
 */
export function serveWebApp(
  application: NestExpressApplication,
  folder = join(projectRoot(), 'dist', 'dashboards'),
): void {
  if (!existsSync(join(folder, 'index.html'))) return;
  application.useStaticAssets(folder, {
    setHeaders: (response: Response, path) => cacheHeaders(response, relative(folder, path)),
  });
  application.use(page(folder));
}

/** Addresses that are never a screen: the API's, and bundled files of a version that is gone. */
const notScreens = /^\/(api|fhir|health|metrics|assets|\.well-known)(\/|$)/;

function page(folder: string): RequestHandler {
  return (request, response, next) => {
    const asksForPage = request.method === 'GET' || request.method === 'HEAD';
    if (!asksForPage || notScreens.test(request.path)) return next();
    cacheHeaders(response, 'index.html');
    response.sendFile('index.html', { root: folder, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next(error);
    });
  };
}

/** Vite names the files under assets/ by their content; the page itself must be asked for every time. */
function cacheHeaders(response: Response, path: string): void {
  const immutable = path.startsWith(`assets${sep}`);
  response.set('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
}
