/** `system/*.rs` and friends, taken apart: SMART v1 (`read`, `*`) and v2 (`c r u d s`). */
interface SystemScope {
  type: string;
  reads: boolean;
}

function parse(scope: string): SystemScope | undefined {
  const parts = /^system\/(\*|[A-Za-z]+)\.(read|write|\*|c?r?u?d?s?)(\?.*)?$/.exec(scope);
  if (!parts) return undefined;
  const [, type = '', rights = '', restriction] = parts;
  // A granular scope (`?category=…`) grants a part of the type only.
  return {
    type,
    reads: restriction === undefined && (['read', '*'].includes(rights) || rights.includes('r')),
  };
}

function covers(granted: readonly SystemScope[], type: string): boolean {
  return granted.some((scope) => scope.reads && (scope.type === '*' || scope.type === type));
}

/**
 * Which of the resource types that are wanted a granted scope does not let us read. Servers narrow scopes without
 * a word, and then export the granted types only.
 * @param granted the token answer's `scope`; absent means as requested (RFC 6749, 5.1)
 * @param wanted empty: everything that was requested
 */
export function typesNotGranted(
  requested: string,
  granted: string | undefined,
  wanted: readonly string[],
): string[] {
  if (granted === undefined) return [];
  const scopes = granted.split(/\s+/).flatMap((scope) => parse(scope) ?? []);
  if (wanted.length > 0) return wanted.filter((type) => !covers(scopes, type));
  return requested
    .split(/\s+/)
    .flatMap((scope) => parse(scope) ?? [])
    .filter(({ type, reads }) => reads && !covers(scopes, type))
    .map(({ type }) => type);
}
