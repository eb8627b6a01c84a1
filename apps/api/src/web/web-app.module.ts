import { Module, type DynamicModule } from '@nestjs/common';
import { ServeStaticModule } from '@nestjs/serve-static';
import type { Response } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';

/** Serves the bundled web app; every address that is not the API's opens it, and it finds its own screen. */
@Module({})
export class WebAppModule {
  static forRoot(folder = join(projectRoot(), 'dist', 'dashboards')): DynamicModule {
    if (!existsSync(join(folder, 'index.html'))) return { module: WebAppModule };
    return {
      module: WebAppModule,
      imports: [
        ServeStaticModule.forRoot({
          rootPath: folder,
          renderPath: '{*any}',
          exclude: ['/api/{*any}', '/fhir/{*any}', '/health/{*any}', '/metrics', '/assets/{*any}'],
          serveStaticOptions: { setHeaders: cacheHeaders },
        }),
      ],
    };
  }
}

/** Vite names the files under assets/ by their content; the page itself must be asked for every time. */
function cacheHeaders(response: Response, path: string): void {
  const immutable = path.includes(`${'/'}assets${'/'}`);
  response.set('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
}
