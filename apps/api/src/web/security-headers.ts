import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Our pages load nothing from elsewhere and run no inline script. Charts draw on a canvas, whose picture may be saved
 * as a `blob:` or `data:` address.
 */
const directives = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  // React sets style attributes.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'", 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

export function securityHeaders(): RequestHandler {
  return helmet({
    // Helmet's defaults would send browsers of a plain HTTP service (a laptop, a closed network) to https.
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
}

/** Answers of the API may be about patients: no browser or proxy keeps them unless a handler says otherwise. */
export function noStore(): RequestHandler {
  return (request, response, next) => {
    if (request.path.startsWith('/api/') || request.path.startsWith('/fhir/')) {
      response.set('Cache-Control', 'no-store');
    }
    next();
  };
}
