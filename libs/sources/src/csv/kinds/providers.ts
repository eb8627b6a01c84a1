import { identifier, text } from './element';
import { kind, listOf } from './kind';

const npi = identifier('http://hl7.org/fhir/sid/us-npi');

/** Who treats: patients and visits may name them. */
export const practitioners = kind({
  resourceType: 'Practitioner',
  elements: { npi, familyName: text, givenName: text },
  oneOf: ['npi', 'familyName'],
  build: ({ npi: number, familyName: family, givenName }) => ({
    identifier: listOf(number),
    name:
      family === undefined && givenName === undefined ? undefined : [{ family, given: listOf(givenName) }],
  }),
});

/** Where it happens: a site or a practice. */
export const organizations = kind({
  resourceType: 'Organization',
  elements: { npi, name: text },
  oneOf: ['npi', 'name'],
  build: ({ npi: number, name }) => ({ identifier: listOf(number), name }),
});
