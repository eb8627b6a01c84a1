import type { Measure } from 'fhir/r4';
import {
  compiledSqlCases,
  cqlExecutionCases,
  expectedPopulations,
  type CaseEngine,
  type CaseOutcome,
} from './case-engine';
import { knownDifference } from './known-differences';
import { readCases, readElm, readMeasures, readValueSets } from './starter-content';

/**
 * The hand-made cases of the starter measures: what was thought out from guideline and CQL text is what each engine
 * gives. An engine that disagrees with a case disagrees with the reason in the case's `why`.
 */
const measures = new Map(readMeasures().map((measure) => [measure.id, measure]));

const engines: Record<string, () => Promise<CaseEngine>> = {
  'cql-execution': async () => cqlExecutionCases(await readElm(), readValueSets()),
  'our SQL': async () => compiledSqlCases(await readElm()),
};

describe.each(Object.entries(engines))('starter measures in %s', (engineName, openEngine) => {
  let engine: CaseEngine;
  beforeAll(async () => {
    engine = await openEngine();
  });

  describe.each(readCases())('$measure', ({ measure: id, period, cases }) => {
    let measure: Measure;
    let outcomes: CaseOutcome[];
    beforeAll(async () => {
      const found = measures.get(id);
      if (!found) throw new Error(`no Measure ${id}`);
      measure = found;
      const patients = cases.map(({ name, resources }) => ({ id: name, resources }));
      outcomes = await engine.evaluateCases(measure, period, patients);
    });

    cases.forEach(({ name, why, expected }, position) => {
      const difference = knownDifference(engineName, id, name);
      const compare = () => {
        expect(outcomes[position]).toEqual({ populations: expectedPopulations(measure, expected) });
      };
      if (difference) it.failing(`${name}: ${why} (${difference})`, compare);
      else it(`${name}: ${why}`, compare);
    });
  });
});
