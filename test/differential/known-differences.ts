/**
 * Cases that an engine is known to get wrong, by engine and `measure: case`, each with its reason. They run all the
 * same and must fail: a difference that is gone has to leave the list.
 */
export function knownDifference(engine: string, measure: string, name: string): string | undefined {
  return differences[engine]?.[`${measure}: ${name}`];
}

const differences: Record<string, Record<string, string>> = {
  'cql-execution': {
    'CAT-BP: Unit written as mmHg, without a UCUM code':
      'their bug: a quantity whose unit UCUM does not know is an error there, instead of one that compares with nothing',
  },
  'our SQL': {},
};
