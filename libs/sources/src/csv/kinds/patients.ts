import type { Extension, Identifier } from 'fhir/r4';
import {
  boolean,
  code,
  date,
  dateTime,
  identifier,
  reference,
  required,
  text,
  type Identifying,
} from './element';
import { kind, listOf } from './kind';

const raceSystem = 'urn:oid:2.16.840.1.113883.6.238';
const nullFlavors = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition';

/** The categories of race and ethnicity of the US Office of Management and Budget; UNK and ASKU: not known. */
const races = ['1002-5', '2028-9', '2054-5', '2076-8', '2106-3', 'UNK', 'ASKU'] as const;
const ethnicities = ['2135-2', '2186-5', 'UNK', 'ASKU'] as const;

/** A person, with the names that identity of persons compares. */
export const patients = kind({
  resourceType: 'Patient',
  elements: {
    mrn: identifier(),
    ssn: identifier('http://hl7.org/fhir/sid/us-ssn'),
    mbi: identifier('http://hl7.org/fhir/sid/us-mbi'),
    active: boolean,
    familyName: text,
    givenName: text,
    middleName: text,
    birthDate: required(date),
    gender: required(code('male', 'female', 'other', 'unknown')),
    deceased: boolean,
    deceasedDate: dateTime,
    race: code(...races),
    ethnicity: code(...ethnicities),
    line: text,
    city: text,
    state: text,
    postalCode: text,
    country: text,
    phone: text,
    email: text,
    language: text,
    practitioner: reference('practitioners'),
    organization: reference('organizations'),
  },
  build: (row) => ({
    extension: extensions(row.race, row.ethnicity),
    identifier: identifiers(row),
    active: row.active,
    name: nameOf(row),
    telecom: telecomOf(row),
    gender: row.gender,
    birthDate: row.birthDate,
    ...(row.deceasedDate === undefined
      ? { deceasedBoolean: row.deceased }
      : { deceasedDateTime: row.deceasedDate }),
    address: addressOf(row),
    communication:
      row.language === undefined
        ? undefined
        : [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: row.language }] } }],
    generalPractitioner: listOf(row.practitioner),
    managingOrganization: row.organization,
  }),
});

function identifiers(row: {
  mrn?: Identifying;
  ssn?: Identifying;
  mbi?: Identifying;
}): Identifier[] | undefined {
  const typed = (type: string, known?: Identifying): Identifier[] =>
    known
      ? [
          {
            type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: type }] },
            ...known,
          },
        ]
      : [];
  const all = [...typed('MR', row.mrn), ...typed('SS', row.ssn), ...typed('MC', row.mbi)];
  return all.length > 0 ? all : undefined;
}

function nameOf(row: { familyName?: string; givenName?: string; middleName?: string }) {
  const { familyName: family, givenName, middleName } = row;
  const given = [givenName, middleName].filter((name) => name !== undefined);
  if (family === undefined && given.length === 0) return undefined;
  return [{ use: 'official' as const, family, given: given.length > 0 ? given : undefined }];
}

function telecomOf({ phone, email }: { phone?: string; email?: string }) {
  const all = [
    ...(phone === undefined ? [] : [{ system: 'phone' as const, value: phone }]),
    ...(email === undefined ? [] : [{ system: 'email' as const, value: email }]),
  ];
  return all.length > 0 ? all : undefined;
}

function addressOf(row: Partial<Record<'line' | 'city' | 'state' | 'postalCode' | 'country', string>>) {
  const { line, city, state, postalCode, country } = row;
  const parts = [line, city, state, postalCode, country];
  if (parts.every((part) => part === undefined)) return undefined;
  return [{ line: listOf(line), city, state, postalCode, country }];
}

function extensions(race?: string, ethnicity?: string): Extension[] | undefined {
  const all = [...category('us-core-race', race), ...category('us-core-ethnicity', ethnicity)];
  return all.length > 0 ? all : undefined;
}

function category(name: string, code?: string): Extension[] {
  if (code === undefined) return [];
  const system = code === 'UNK' || code === 'ASKU' ? nullFlavors : raceSystem;
  return [
    {
      url: `${usCore}/${name}`,
      extension: [
        { url: 'ombCategory', valueCoding: { system, code } },
        { url: 'text', valueString: code },
      ],
    },
  ];
}
