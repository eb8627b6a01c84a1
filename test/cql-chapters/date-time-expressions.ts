/** Random expressions over dates and times of every precision, the same for the same seed. */
export function dateTimeExpressions(count: number, seed: number): string[] {
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const expressions = new Set<string>();
  while (expressions.size < count) expressions.add(expression(pick));
  return [...expressions];
}

export type Pick = <T>(from: readonly T[]) => T;

/** Linear congruential numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A Date of 1 to 3 components; days are often the last of their month. */
function date(pick: Pick, components: number): string {
  const [year, month] = [pick([2011, 2012, 2013]), pick([1, 2, 3, 12])];
  const day = Math.min(pick([1, 15, 28, 29, 30, 31]), new Date(Date.UTC(year, month, 0)).getUTCDate());
  return `@${[String(year), two(month), two(day)].slice(0, components).join('-')}`;
}

/** A DateTime of 1 to 7 components. */
function dateTime(pick: Pick, components: number): string {
  const clock = [two(pick([0, 1, 12, 23])), two(pick([0, 30, 59])), two(pick([0, 59]))].slice(
    0,
    Math.max(0, components - 3),
  );
  const fraction = components > 6 ? `.${pick(['000', '500', '999'])}` : '';
  return `${date(pick, Math.min(components, 3))}T${clock.join(':')}${fraction}`;
}

function expression(pick: Pick): string {
  const dates = pick([true, false, false]);
  const exact = (): string => (dates ? date(pick, 3) : dateTime(pick, 7));
  const any = (): string =>
    dates ? date(pick, pick([1, 2, 3, 3])) : dateTime(pick, pick([1, 2, 3, 3, 4, 5, 6, 7, 7]));
  const precision = pick(
    dates ? ['year', 'month', 'day'] : ['year', 'month', 'day', 'hour', 'minute', 'second'],
  );
  const units = dates
    ? ['years', 'months', 'weeks', 'days']
    : ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'];
  const interval = (): string => {
    const [low, high] = [any(), any()].sort();
    return pick([`Interval[${low}, ${high}]`, `Interval[${low}, null]`, `Interval[null, ${high}]`]);
  };
  switch (
    pick([
      'add',
      'duration',
      'uncertain duration',
      'compare',
      'compare at',
      'during',
      'intervals',
      'component',
    ])
  ) {
    case 'add': {
      const unit = pick(units);
      const amount = pick([1, 2, 5, 13, 25, 31, 366, 800]);
      return `({${unit === 'weeks' ? exact() : any()}}) X return all X ${pick(['+', '-'])} ${amount} ${unit}`;
    }
    case 'duration':
      return early(
        `({${exact()}}) X return all ${pick(['', 'difference in '])}${pick(units)} between X and ${exact()}`,
      );
    case 'uncertain duration': {
      const unit = pick(units.filter((candidate) => candidate !== 'years' && candidate !== 'months'));
      return `({${any()}}) X return all ${unit} between X and ${any()} ${pick(['<', '>', '<=', '>='])} ${pick([0, 1, 30])}`;
    }
    case 'compare':
      return `({${any()}}) X return all X ${pick(['<', '<=', '>', '>=', '='])} ${any()}`;
    case 'compare at':
      return `({${any()}}) X return all X ${pick([`same ${precision} as`, `before ${precision} of`, `same ${precision} or after`])} ${any()}`;
    case 'during':
      return `({${exact()}}) X return all X during ${pick(['', `${precision} of `])}${interval()}`;
    case 'intervals':
      return `({${interval()}}) X return all X ${pick(['overlaps', `overlaps ${precision} of`, 'included in', 'before', 'after', 'same or before'])} ${interval()}`;
    default:
      return `({${any()}}) X return all ${pick(['year', 'month', 'day'])} from X`;
  }
}

/** No day after the 28th: whether a month is complete on its shorter last day is where the engines differ. */
function early(text: string): string {
  return text.replace(/(@\d{4}-\d\d)-(?:29|30|31)/g, '$1-28');
}
