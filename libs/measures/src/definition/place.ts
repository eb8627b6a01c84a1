import { Diagnostic } from '@catchment/platform';

/** Where in a Measure something stands: every Diagnostic about a Measure names it. */
export class Place {
  private constructor(private readonly path: readonly string[]) {}

  static measure(name: string): Place {
    return new Place([`measure ${name}`]);
  }

  group(id: string): Place {
    return new Place([...this.path, `group ${id}`]);
  }

  population(id: string): Place {
    return new Place([...this.path, `population ${id}`]);
  }

  stratifier(id: string): Place {
    return new Place([...this.path, `stratifier ${id}`]);
  }

  supplementalData(id: string): Place {
    return new Place([...this.path, `supplemental data ${id}`]);
  }

  wrong(what: string): Diagnostic {
    return new Diagnostic(`${this.toString()}: ${what}`);
  }

  toString(): string {
    return this.path.join(', ');
  }
}
