import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';
import type { Role } from '@catchment/store';

/** What can be done. `start` begins an evaluation run or a pull; `export` takes patient-level data out. */
export const actions = ['read', 'change', 'start', 'export'] as const;
export type Action = (typeof actions)[number];

/** What it can be done to. `Scorecard` is everything without a patient in it: rates, trends, cohort sizes. */
export const subjects = [
  'Scorecard',
  'Patient',
  'Worklist',
  'Run',
  'Target',
  'Report',
  'Measure',
  'Source',
  'Identity',
  'Attribution',
  'DataQuality',
  'User',
  'AuditTrail',
] as const;
export type Subject = (typeof subjects)[number];

export type Abilities = MongoAbility<[Action, Subject]>;

const table: Record<Role, [Action, Subject[]][]> = {
  manager: [
    ['read', ['Scorecard', 'Patient', 'Worklist', 'Run', 'Target', 'Report', 'Measure', 'Attribution']],
    ['change', ['Target', 'Report', 'Worklist', 'Attribution']],
    ['export', ['Patient', 'Worklist']],
  ],
  quality: [
    [
      'read',
      [
        'Scorecard',
        'Patient',
        'Worklist',
        'Run',
        'Target',
        'Report',
        'Measure',
        'Identity',
        'Attribution',
        'DataQuality',
      ],
    ],
    ['change', ['Run', 'Report', 'Measure', 'Identity', 'DataQuality']],
    ['start', ['Run']],
    ['export', ['Patient', 'Worklist', 'Run']],
  ],
  coordinator: [
    ['read', ['Scorecard', 'Patient', 'Worklist', 'Target', 'Measure']],
    ['change', ['Worklist']],
    ['export', ['Worklist']],
  ],
  // Runs the service; sees no patient.
  admin: [
    [
      'read',
      ['Scorecard', 'Run', 'Target', 'Report', 'Measure', 'Source', 'DataQuality', 'User', 'AuditTrail'],
    ],
    ['change', ['Run', 'Report', 'Measure', 'Target', 'Source', 'User']],
    ['start', ['Run', 'Source']],
  ],
};

/** What a role may do, within the scope of the person. */
export function abilitiesOf(role: Role): Abilities {
  const { can, build } = new AbilityBuilder<Abilities>(createMongoAbility);
  for (const [action, allowed] of table[role]) can(action, allowed);
  return build();
}

/** The same as a list of `action:subject`, for the web app to show what can be done. */
export function abilityNames(role: Role): string[] {
  const abilities = abilitiesOf(role);
  return actions.flatMap((action) =>
    subjects.filter((subject) => abilities.can(action, subject)).map((subject) => `${action}:${subject}`),
  );
}
