import { findElement, type Demand } from '@catchment/fhir';
import { isInPatientCompartment, quoteIdentifier, typedTable } from '@catchment/warehouse';
import type { Check, Severity } from './check';
import expected from './expected-elements.json';

interface Expected {
  element: string;
  severity: Severity;
  /** One of them is enough. */
  properties: string[];
}

/** What a type should have and a row lacks. An element of which nothing is stored is not judged. */
export function completenessChecks(held: Demand): Check[] {
  return [...missingElements(held), ...missingUnits(held), ...missingSubjects(held)];
}

function missingElements(held: Demand): Check[] {
  return Object.entries(expected as Record<string, Expected[]>).flatMap(([type, elements]) =>
    elements.flatMap(({ element, severity, properties }) => {
      const stored = properties.filter((name) => held[type]?.[name] && isStored(type, name, held));
      if (stored.length === 0) return [];
      const absent = stored.map((name) => `r.${quoteIdentifier(name)} is null`).join(' and ');
      return {
        id: `no-${element.replace(' ', '-')}`,
        class: 'completeness' as const,
        severity,
        type,
        element,
        properties: stored,
        sentence: `have no ${element}`,
        faults: `select r.rid, r.pid from ${typedTable(type)} as r where ${absent}`,
      };
    }),
  );
}

/** A struct of which no field is demanded has no column. */
function isStored(type: string, name: string, held: Demand): boolean {
  const coded = /CodeableConcept$|Coding$|DateTime$|Instant$|Date$|String$|Integer$|Boolean$/.test(name);
  const types = findElement(type, name)?.types ?? [];
  const plain = types.some((each) => each === 'CodeableConcept' || each === 'Coding' || /^[a-z]/.test(each));
  return coded || plain || Object.keys(held[type]![name]!).length > 0;
}

function missingUnits(held: Demand): Check[] {
  const quantity = held.Observation?.valueQuantity;
  if (!quantity || !('value' in quantity)) return [];
  const units = ['code', 'unit'].filter((name) => name in quantity);
  if (units.length === 0) return [];
  const absent = units.map((name) => `r."valueQuantity".${name} is null`).join(' and ');
  return [
    {
      id: 'no-unit',
      class: 'completeness',
      severity: 'warning',
      type: 'Observation',
      element: 'unit',
      properties: ['valueQuantity'],
      sentence: 'have a number without a unit',
      faults: `select r.rid, r.pid from fhir."Observation" as r where r."valueQuantity".value is not null and ${absent}`,
    },
  ];
}

function missingSubjects(held: Demand): Check[] {
  return Object.keys(held)
    .filter((type) => type !== 'Patient' && isInPatientCompartment(type))
    .map((type) => ({
      id: 'no-subject',
      class: 'completeness' as const,
      severity: 'error' as const,
      type,
      element: 'subject',
      properties: [],
      sentence: 'name no patient',
      faults: `select r.rid, r.pid from ${typedTable(type)} as r where r.pid is null`,
    }));
}
