import assumptions from './data/assumptions.json';
import names from './data/names.json';
import { addYears, ageAt, instant, isoDate, type Day } from './calendar';
import { optional, usCore } from './chart';
import { coding } from './concepts';
import { address, phone, type Directory, type Payer, type Provider, type Site } from './directory';
import { scramble, type Random } from './random';

/** Who a patient is, where registered and how insured. */
export interface Person {
  /** Eight hexadecimal digits, unique in the population. */
  key: string;
  id: string;
  sex: 'female' | 'male';
  birth: Day;
  death?: Day;
  /** First day at this practice. */
  registered: Day;
  site: Site;
  provider: Provider;
  payer: Payer;
  /** Added to adherence probabilities: site, provider and payer together. */
  quality: number;
  /** A few patients have not been seen for long: no visits after this day. */
  lostAfter: Day;
}

/** The dates that frame a population. */
export interface Frame {
  asOf: Day;
  periodEnd: Day;
  detailedFrom: Day;
}

/** Draws person number `index` of a population. */
export function drawPerson(
  random: Random,
  index: number,
  seed: number,
  directory: Directory,
  frame: Frame,
): Person {
  const key = scramble(index ^ seed)
    .toString(16)
    .padStart(8, '0');
  const band = random.weighted(assumptions.ageBands);
  const age = random.between(band.from, band.to);
  const birth = Math.min(addYears(frame.periodEnd, -age) - random.between(0, 364), frame.asOf - 4);
  const sex = random.chance(0.53) ? 'female' : 'male';

  const deathRisk = age >= 85 ? 0.14 : age >= 75 ? 0.06 : age >= 65 ? 0.025 : age >= 18 ? 0.004 : 0;
  const death = random.chance(deathRisk) ? frame.asOf - random.between(5, 700) : undefined;

  const site = random.weighted(directory.sites);
  const providers = site.providers.filter((provider) => provider.forChildren === age < 18);
  const provider = random.weighted(providers);
  const payer = directory.payers[drawPayer(random, age)]!;
  const recent = random.chance(0.12);
  const registered = recent ? frame.asOf - random.between(30, 900) : birth;
  return {
    key,
    id: `pt-${key}`,
    sex,
    birth,
    death,
    registered: Math.max(birth, registered),
    site,
    provider,
    payer,
    quality: site.quality + provider.quality + payer.quality,
    lostAfter: random.chance(0.07) ? frame.asOf - random.between(200, 900) : frame.periodEnd,
  };
}

/** The Patient resource: US Core, with what real records lack now and then. */
export function patientBody(person: Person, random: Random, asOf: Day): string {
  const family = random.pick(names.family);
  const given = [random.pick(names[person.sex]), random.pick(names[person.sex])].slice(
    0,
    random.chance(0.6) ? 2 : 1,
  );
  const givenJson = JSON.stringify(given);
  const adult = ageAt(person.birth, asOf) >= 18;
  const formerName =
    adult && person.sex === 'female' && random.chance(0.15)
      ? `,{"use":"maiden","family":"${random.pick(names.family)}","given":${givenJson}}`
      : '';
  const nickname = random.chance(0.05) ? `,{"use":"nickname","given":["${given[0]?.slice(0, 3)}"]}` : '';
  const mrn = String(parseInt(person.key, 16)).padStart(10, '0');
  const gender = random.chance(0.004) ? 'other' : person.sex;
  const email = random.chance(0.35) ? `,{"system":"email","value":"pt${person.key}@example.org"}` : '';
  const telecom = random.chance(0.95)
    ? `[{"system":"phone","value":"${phone(random)}","use":"${random.chance(0.7) ? 'mobile' : 'home'}"}${email}]`
    : undefined;
  return (
    `"extension":[${extensions(person, random)}],` +
    `"identifier":[{"use":"usual","type":{"coding":[${coding('http://terminology.hl7.org/CodeSystem/v2-0203', 'MR', 'Medical record number')}]},` +
    `"system":"https://ehr.example.org/mrn","value":"${mrn}"},` +
    `{"system":"https://payer.example.org/member","value":"M${person.key.toUpperCase()}"}],"active":${person.death === undefined},` +
    `"name":[{"use":"official","family":"${family}","given":${givenJson}}${formerName}${nickname}]` +
    optional('telecom', telecom) +
    `,"gender":"${gender}","birthDate":"${isoDate(person.birth)}"` +
    optional('deceasedDateTime', deceased(person, random)) +
    `,"address":[${address(random, 'home', person.site.city, person.site.postalCode)}]` +
    optional('maritalStatus', adult && random.chance(0.8) ? maritalStatus(random) : undefined) +
    optional('communication', random.chance(0.93) ? language(random) : undefined) +
    `,"generalPractitioner":[${person.provider.ref}],"managingOrganization":${person.site.ref}`
  );
}

function deceased(person: Person, random: Random): string | undefined {
  if (person.death === undefined) return undefined;
  return random.chance(0.3)
    ? `"${isoDate(person.death)}"`
    : `"${instant(person.death, random.between(0, 1439))}"`;
}

function drawPayer(random: Random, age: number): string {
  const roll = random.next();
  if (age >= 65) return roll < 0.56 ? 'medicare' : roll < 0.95 ? 'meridian' : 'bluebird';
  if (roll < (age < 18 ? 0.38 : 0.19)) return 'medicaid';
  if (roll > 0.95) return 'self-pay';
  if (age >= 30 && roll > 0.92) return 'medicare';
  return random.chance(0.55) ? 'bluebird' : 'summit';
}

const races = [
  { code: '2106-3', text: 'White', weight: 62 },
  { code: '2054-5', text: 'Black or African American', weight: 16 },
  { code: '2028-9', text: 'Asian', weight: 7 },
  { code: '1002-5', text: 'American Indian or Alaska Native', weight: 1.5 },
  { code: '2076-8', text: 'Native Hawaiian or Other Pacific Islander', weight: 0.7 },
  { code: '2131-1', text: 'Other Race', weight: 6 },
];
const cdcRace = 'urn:oid:2.16.840.1.113883.6.238';

function extensions(person: Person, random: Random): string {
  const parts: string[] = [];
  const race = random.weighted(races);
  const second = random.chance(0.03) ? random.weighted(races) : race;
  if (random.chance(0.95)) {
    const categories = [...new Set([race, second])].map(
      (each) => `{"url":"ombCategory","valueCoding":${coding(cdcRace, each.code, each.text)}}`,
    );
    parts.push(
      `{"url":"${usCore('race')}","extension":[${categories.join(',')},{"url":"text","valueString":"${race.text}"}]}`,
    );
  } else {
    const unknown = coding(
      'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
      'ASKU',
      'asked but unknown',
    );
    parts.push(
      `{"url":"${usCore('race')}","extension":[{"url":"ombCategory","valueCoding":${unknown}},{"url":"text","valueString":"Asked but unknown"}]}`,
    );
  }
  if (random.chance(0.94)) {
    const hispanic = random.chance(0.19);
    const text = hispanic ? 'Hispanic or Latino' : 'Not Hispanic or Latino';
    parts.push(
      `{"url":"${usCore('ethnicity')}","extension":[{"url":"ombCategory","valueCoding":${coding(cdcRace, hispanic ? '2135-2' : '2186-5', text)}},` +
        `{"url":"text","valueString":"${text}"}]}`,
    );
  }
  parts.push(`{"url":"${usCore('birthsex')}","valueCode":"${person.sex === 'female' ? 'F' : 'M'}"}`);
  return parts.join(',');
}

function maritalStatus(random: Random): string {
  const [code, display] = random.pick([
    ['M', 'Married'],
    ['M', 'Married'],
    ['S', 'Never Married'],
    ['D', 'Divorced'],
    ['W', 'Widowed'],
  ] as const);
  return `{"coding":[${coding('http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code, display)}]}`;
}

const languages = [
  { code: 'en', text: 'English', weight: 84 },
  { code: 'es', text: 'Spanish', weight: 10 },
  { code: 'zh', text: 'Chinese', weight: 2 },
  { code: 'pt', text: 'Portuguese', weight: 2 },
  { code: 'vi', text: 'Vietnamese', weight: 1 },
  { code: 'ar', text: 'Arabic', weight: 1 },
];

function language(random: Random): string {
  const spoken = random.weighted(languages);
  return `[{"language":{"coding":[${coding('urn:ietf:bcp:47', spoken.code, spoken.text)}],"text":"${spoken.text}"},"preferred":true}]`;
}
