import { Defect } from '@catchment/platform';
import medications from './data/medications.json';
import vaccines from './data/vaccines.json';
import { concept } from './concepts';

describe('the concept tables', () => {
  it('have every drug that a treatment names', () => {
    for (const drug of Object.values(medications.treatments).flat()) {
      expect(concept(drug).full).toContain('"system":"http://www.nlm.nih.gov/research/umls/rxnorm"');
    }
  });

  it('have every vaccine of the childhood schedule', () => {
    for (const series of vaccines.childSchedule) {
      const alternative = 'alternative' in series ? series.alternative : undefined;
      for (const product of [...series.products, ...(alternative?.products ?? [])]) {
        expect(concept(product).full).toContain('"system":"http://hl7.org/fhir/sid/cvx"');
      }
    }
  });

  it('refuse a key that they do not have', () => {
    expect(() => concept('no-such-thing')).toThrow(Defect);
  });
});

describe('a concept', () => {
  it('is called what the practice calls it, and coded first in the standard system', () => {
    expect(JSON.parse(concept('hypertension').full)).toEqual({
      coding: [
        {
          system: 'http://hl7.org/fhir/sid/icd-10-cm',
          code: 'I10',
          display: 'Essential (primary) hypertension',
        },
        { system: 'http://snomed.info/sct', code: '59621000', display: 'Essential hypertension (disorder)' },
        {
          system: 'https://ehr.example.org/fhir/CodeSystem/diagnosis',
          code: 'DX-0201',
          display: 'High blood pressure',
        },
      ],
      text: 'High blood pressure',
    });
  });

  it('has its first coding only, and no text, when brief', () => {
    expect(JSON.parse(concept('hypertension').brief)).toEqual({
      coding: [
        {
          system: 'http://hl7.org/fhir/sid/icd-10-cm',
          code: 'I10',
          display: 'Essential (primary) hypertension',
        },
      ],
    });
  });
});
