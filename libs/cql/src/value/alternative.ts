import type { Value } from './value';

/**
 * An alternative of a choice that is made, and recorded as demanded, only when somebody reads it: the value of an
 * extension has dozens, of which one is asked for.
 */
export class LazyAlternative {
  private built: Value | undefined = undefined;

  constructor(
    readonly type: string,
    private readonly build: (type: string) => Value,
  ) {}

  get value(): Value {
    return (this.built ??= this.build(this.type));
  }
}
