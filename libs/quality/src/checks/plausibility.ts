import type { Demand } from '@catchment/fhir';
import { quoteIdentifier, quoteLiteral, typedTable } from '@catchment/warehouse';
import type { Check } from './check';
import past from './past-elements.json';

/** @param asOf instant up to which the data are known, ISO 8601 without zone */
export function plausibilityChecks(held: Demand, asOf: string): Check[] {
  return [...patientChecks(held, asOf), ...pastChecks(held, asOf), ...periodChecks(held)];
}

/** A day more: what is written down in the evening of one time zone is tomorrow in UTC. */
const today = (asOf: string): string => `(${quoteLiteral(asOf)}::timestamp + interval 1 day)`;

function patientChecks(held: Demand, asOf: string): Check[] {
  const patient = held.Patient ?? {};
  const check = (
    id: string,
    element: string,
    properties: string[],
    sentence: string,
    where: string,
    restsOn?: 'instant',
  ): Check[] =>
    properties.every((name) => patient[name])
      ? [
          {
            id,
            class: 'plausibility',
            severity: 'error',
            type: 'Patient',
            element,
            properties,
            sentence,
            faults: `select r.rid, r.pid from fhir."Patient" as r where ${where}`,
            ...(restsOn && { restsOn }),
          },
        ]
      : [];
  return [
    ...check(
      'birth-in-future',
      'birth date',
      ['birthDate'],
      'are born in the future',
      `r."birthDate".lo > ${today(asOf)}`,
      'instant',
    ),
    ...check(
      'older-than-120',
      'birth date',
      ['birthDate'],
      'would be older than 120 years and are not dead',
      `r."birthDate".hi < ${quoteLiteral(asOf)}::timestamp - interval 121 years ${aliveCondition(patient)}`,
      'instant',
    ),
    ...check(
      'death-before-birth',
      'death',
      ['birthDate', 'deceasedDateTime'],
      'died before they were born',
      'r."deceasedDateTime".hi + to_minutes(coalesce(r."deceasedDateTime".zone, 0)) < r."birthDate".lo',
    ),
    ...check(
      'death-in-future',
      'death',
      ['deceasedDateTime'],
      'die in the future',
      `r."deceasedDateTime".lo > ${today(asOf)}`,
      'instant',
    ),
  ];
}

function aliveCondition(patient: object): string {
  return [
    'deceasedBoolean' in patient ? 'and r."deceasedBoolean" is distinct from true' : '',
    'deceasedDateTime' in patient ? 'and r."deceasedDateTime" is null' : '',
  ].join(' ');
}

function pastChecks(held: Demand, asOf: string): Check[] {
  return Object.entries(past as Record<string, string[]>).flatMap(([type, names]) =>
    names.flatMap((name) => {
      const node = held[type]?.[name];
      const date = node && beginOf(name, node);
      if (!date) return [];
      const shared = { class: 'plausibility' as const, type, element: 'date', properties: [name] };
      const inFuture: Check = {
        ...shared,
        id: 'date-in-future',
        severity: 'error',
        sentence: 'are dated in the future',
        faults: `select r.rid, r.pid from ${typedTable(type)} as r where ${date}.lo > ${today(asOf)}`,
        restsOn: 'instant',
      };
      if (!held.Patient?.birthDate) return [inFuture];
      // A day of grace, because the time zone of a birth is not known.
      const beforeBirth: Check = {
        ...shared,
        id: 'date-before-birth',
        severity: 'error',
        sentence: 'are dated before the birth of the patient',
        faults: `select r.rid, r.pid from ${typedTable(type)} as r
          join fhir."Patient" as patient on patient.pid = r.pid
          where ${date}.hi < patient."birthDate".lo - interval 1 day`,
      };
      return [inFuture, beforeBirth];
    }),
  );
}

function beginOf(name: string, node: object): string | undefined {
  const column = `r.${quoteIdentifier(name)}`;
  if (!name.endsWith('Period')) return column;
  return 'start' in node ? `${column}.start` : undefined;
}

function periodChecks(held: Demand): Check[] {
  return Object.entries(held).flatMap(([type, node]) =>
    Object.entries(node)
      .filter(([name, fields]) => /^period$|Period$/.test(name) && 'start' in fields && 'end' in fields)
      .map(([name]) => ({
        id: 'period-reversed',
        class: 'plausibility' as const,
        severity: 'error' as const,
        type,
        element: 'period',
        properties: [name],
        sentence: 'end before they begin',
        faults: `select r.rid, r.pid from ${typedTable(type)} as r
          where r.${quoteIdentifier(name)}."end".hi < r.${quoteIdentifier(name)}.start.lo`,
      })),
  );
}
