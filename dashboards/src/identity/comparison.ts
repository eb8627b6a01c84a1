import type { IdentityFinding, IdentityPair, IdentityRecord } from '../../../apps/api/src/clinical/contract';

/** A row of two records side by side. */
export interface ComparedField {
  label: string;
  left: string[];
  right: string[];
  /** What the comparison found; absent where one of the two does not say, or nothing is compared. */
  findings: IdentityFinding[];
}

const FIELDS: { label: string; values: (record: IdentityRecord) => (string | null)[]; compared: string[] }[] =
  [
    {
      label: 'Family name',
      values: ({ family, suffix }) => [[family, suffix].filter(Boolean).join(' ')],
      compared: ['family name'],
    },
    { label: 'Given name', values: ({ given }) => [given], compared: ['given name'] },
    { label: 'Birth date', values: ({ birthDate }) => [birthDate], compared: ['birth date'] },
    { label: 'Sex', values: ({ sex }) => [sex], compared: ['sex'] },
    { label: 'Phone', values: ({ phones }) => phones, compared: ['phone'] },
    { label: 'Email', values: ({ emails }) => emails, compared: ['email'] },
    { label: 'Address', values: ({ addresses }) => addresses, compared: ['address'] },
    {
      label: 'Identifiers',
      values: ({ identifiers }) => identifiers,
      compared: ['person identifier', 'local identifier'],
    },
  ];

/** Two records field by field, each with what the comparison made of it. */
export function compareFields({ left, right, findings }: IdentityPair): ComparedField[] {
  return FIELDS.map(({ label, values, compared }) => ({
    label,
    left: filled(values(left)),
    right: filled(values(right)),
    findings: findings.filter(({ field }) => compared.includes(field)),
  }));
}

/** Does a finding speak against one person? A postal code in common is not a difference. */
export function isDifference({ weight, outcome }: IdentityFinding): boolean {
  return weight < 0 || ['near', 'similar', 'swapped'].includes(outcome);
}

function filled(values: (string | null)[]): string[] {
  return values.filter((value): value is string => value !== null && value !== '');
}
