import type { Parameter } from '@catchment/warehouse';

/** Collects the values of one statement and hands out their placeholders: values never become SQL text. */
export class Parameters {
  readonly values: Parameter[];

  constructor(values: readonly Parameter[] = []) {
    this.values = [...values];
  }

  /** The same values so far; what is bound to the copy does not come back here. */
  copy(): Parameters {
    return new Parameters(this.values);
  }

  /** Binds a value and returns its placeholder, `$1`, `$2`, … */
  bind(value: Parameter): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** Binds a list and returns `($1, $2, …)`; an empty list has no SQL form. */
  bindList(values: readonly Parameter[]): string {
    return `(${values.map((value) => this.bind(value)).join(', ')})`;
  }
}
