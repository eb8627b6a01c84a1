import { Diagnostic } from '@catchment/platform';

/**
 * An address of a server that data or tokens may be exchanged with: https, or http on this machine.
 * @throws Diagnostic otherwise; the message says what the address is for and not more of it than its host.
 */
export function checkAddress(address: string, what: string): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch (cause) {
    throw new Diagnostic(`${what} is no address`, {}, { cause });
  }
  if (url.username || url.password)
    throw new Diagnostic(`${what} holds a name or password; addresses may not`);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url;
  throw new Diagnostic(`${what} must be https (${url.protocol}//${url.host})`);
}

export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A FHIR server leads the client to further addresses; none of them may point back into this machine or network edge. */
export function checkLed(address: string, base: URL, what: string): URL {
  const url = checkAddress(new URL(address, base).href, what);
  if (isLoopback(url) && !isLoopback(base))
    throw new Diagnostic(`${what} points to this machine (${url.host}), which the server has no say about`);
  return url;
}
