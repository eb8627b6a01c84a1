/**
 * The three kinds of failure of this project. Every error that a person may see is one of them;
 * `OperationOutcome` and HTTP status are derived from the kind at the API's rim.
 */

/** Where in a CQL library something went wrong. */
export interface CqlLocation {
  library?: string;
  define?: string;
  localId?: string;
  /** `line:column-line:column` in the CQL text. */
  locator?: string;
}

/** Something that the caller, a data source or a measure author can put right. Says what, where and what to do. */
export class Diagnostic extends Error {
  override readonly name = 'Diagnostic';

  constructor(
    message: string,
    readonly location: CqlLocation & { file?: string; line?: number } = {},
    options?: ErrorOptions,
  ) {
    super(message + describeLocation(location), options);
  }
}

/** Not built yet: valid input that this version does not handle. Names what it met; never a silent null. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';

  constructor(
    readonly feature: string,
    readonly location: CqlLocation = {},
    options?: ErrorOptions,
  ) {
    super(`not supported: ${feature}${describeLocation(location)}`, options);
  }
}

/** A broken invariant: our own bug. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

function describeLocation(location: CqlLocation & { file?: string; line?: number }): string {
  const parts = [
    location.file && `file ${location.file}`,
    location.line !== undefined && `line ${location.line}`,
    location.library && `library ${location.library}`,
    location.define && `define "${location.define}"`,
    location.locator && `at ${location.locator}`,
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}
