import { ForbiddenException } from '@nestjs/common';
import type { RequestHandler } from 'express';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site's page asks for, besides the cookie's SameSite: browsers say where a request
 * comes from in Sec-Fetch-Site, older ones in Origin. Scripts and servers send neither and have no cookie to abuse.
 */
export function sameOriginOnly(): RequestHandler {
  return (request, _response, next) => {
    if (safe.has(request.method)) return next();
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const foreign = site
      ? !['same-origin', 'none'].includes(site)
      : origin !== undefined && !isOwn(origin, request.get('host'));
    next(foreign ? new ForbiddenException('this request comes from another site') : undefined);
  };
}

function isOwn(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
