import data from './data/organizations.json';
import names from './data/names.json';
import { instant, type Day } from './calendar';
import { optional, reference, usCore } from './chart';
import { coding, concept, hl7Concept, systems } from './concepts';
import medications from './data/medications.json';
import type { NdjsonOutput } from './ndjson-output';
import { Random } from './random';

export interface Provider {
  id: string;
  /** Reference to the Practitioner, as JSON text. */
  ref: string;
  forChildren: boolean;
  /** Added to every adherence probability of the panel, so that providers differ. */
  quality: number;
  weight: number;
}

export interface Site {
  key: string;
  id: string;
  name: string;
  city: string;
  postalCode: string;
  weight: number;
  quality: number;
  /** References to the Organization and the Location, as JSON text. */
  ref: string;
  locationRef: string;
  providers: Provider[];
}

export interface Payer {
  key: string;
  ref: string;
  type: string;
  quality: number;
}

/** Who works where, and who pays: the same for every patient of a population. */
export interface Directory {
  sites: Site[];
  payers: Record<string, Payer>;
  specialists: Record<string, Provider>;
  hospital: { ref: string; locationRef: string; emergencyRef: string };
  imaging: string;
  laboratory: string;
  hospice: string;
}

/** Writes organisations, locations, practitioners, their roles, devices' and drugs' catalogue; seeded. */
export function writeDirectory(output: NdjsonOutput, seed: number, day: Day): Directory {
  const random = new Random(seed, 0x0d14ec70);
  const write = (type: string, profile: string, id: string, body: string): void =>
    output.add(
      type,
      `{"resourceType":"${type}","id":"${id}","meta":{"versionId":"1","lastUpdated":"${instant(day, 240)}",` +
        `"profile":["${profile}"]},${body}}`,
    );

  let npi = 9_000_000_000;
  const organization = (id: string, name: string, type: string, extra = ''): string => {
    write(
      'Organization',
      usCore('organization'),
      id,
      `"identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":"${++npi}"}],"active":true,` +
        `"type":[${hl7Concept('organization-type', type)}],"name":"${name}"${extra}`,
    );
    return reference('Organization', id, name);
  };
  const location = (
    id: string,
    name: string,
    type: string,
    city: string,
    postalCode: string,
    owner: string,
  ): string => {
    write(
      'Location',
      usCore('location'),
      id,
      `"status":"active","name":"${name}","mode":"instance","type":[${hl7Concept('v3-RoleCode', type)}],` +
        `"address":${address(random, 'work', city, postalCode)},"managingOrganization":${owner}`,
    );
    return reference('Location', id, name);
  };
  const practitioner = (id: string, specialty: string, organizationRef: string, place?: string): string => {
    const gender = random.chance(0.55) ? 'female' : 'male';
    const given = random.pick(names[gender]);
    const family = random.pick(names.family);
    write(
      'Practitioner',
      usCore('practitioner'),
      id,
      `"identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":"${++npi}"}],"active":true,` +
        `"name":[{"use":"official","family":"${family}","given":["${given}"],"prefix":["Dr."]}],"gender":"${gender}"`,
    );
    const ref = reference('Practitioner', id, `Dr. ${given} ${family}`);
    write(
      'PractitionerRole',
      usCore('practitionerrole'),
      `role-${id}`,
      `"active":true,"practitioner":${ref},"organization":${organizationRef},"specialty":[{"text":"${specialty}"}]` +
        optional('location', place && `[${place}]`) +
        `,"telecom":[{"system":"phone","value":"${phone(random)}","use":"work"}]`,
    );
    return ref;
  };

  const system = organization('org-system', data.system, 'prov');
  const part = `,"partOf":${system}`;
  const sites = data.sites.map((site): Site => {
    const id = `org-${site.key}`;
    const ref = organization(id, site.name, 'prov', part);
    const locationRef = location(`loc-${site.key}`, site.name, 'OF', site.city, site.postalCode, ref);
    const providers = Array.from({ length: site.providers }, (_, index): Provider => {
      const forChildren = index % 4 === 1;
      const providerId = `prov-${site.key}-${index + 1}`;
      const specialty = forChildren
        ? 'Pediatrics'
        : index % 2 === 0
          ? 'Family medicine'
          : 'Internal medicine';
      return {
        id: providerId,
        ref: practitioner(providerId, specialty, ref, locationRef),
        forChildren,
        quality: random.normal(0, 0.06),
        weight: 0.5 + random.next(),
      };
    });
    return { ...site, id, ref, locationRef, providers };
  });

  const partners = new Map<string, string>();
  for (const partner of data.partners) {
    partners.set(partner.key, organization(`org-${partner.key}`, partner.name, partner.type, part));
  }
  const hospitalRef = partners.get('hospital')!;
  const hospital = {
    ref: hospitalRef,
    locationRef: location('loc-ward', 'Medical ward', 'HOSP', 'Riverside', '02999', hospitalRef),
    emergencyRef: location('loc-emergency', 'Emergency department', 'ER', 'Riverside', '02999', hospitalRef),
  };

  const payers: Record<string, Payer> = {};
  for (const payer of data.payers) {
    const type = `{"coding":[${coding(systems[payer.typeSystem] ?? '', payer.typeCode, payer.typeDisplay)}]}`;
    const ref = organization(`payer-${payer.key}`, payer.name, 'pay');
    payers[payer.key] = { key: payer.key, ref, type, quality: payer.quality };
  }

  const specialists: Record<string, Provider> = {};
  data.specialists.forEach((specialty, index) => {
    const id = `prov-specialist-${index + 1}`;
    const ref = practitioner(id, specialty, hospitalRef);
    specialists[specialty] = { id, ref, forChildren: false, quality: 0, weight: 1 };
  });

  for (const key of new Set(Object.values(medications.treatments).flat())) {
    const drug = concept(key);
    write('Medication', usCore('medication'), `med-${key}`, `"code":${drug.full},"status":"active"`);
  }

  return {
    sites,
    payers,
    specialists,
    hospital,
    imaging: partners.get('imaging')!,
    laboratory: partners.get('laboratory')!,
    hospice: partners.get('hospice')!,
  };
}

/** A postal address of an invented street, as JSON text. */
export function address(random: Random, use: 'home' | 'work', city: string, postalCode: string): string {
  return (
    `{"use":"${use}","line":["${random.between(1, 980)} ${random.pick(names.streets)}"],"city":"${city}",` +
    `"state":"RI","postalCode":"${postalCode}","country":"US"}`
  );
}

/** A telephone number of the range that is reserved for fiction. */
export function phone(random: Random): string {
  return `(401) 555-01${String(random.between(0, 99)).padStart(2, '0')}`;
}
