import type { SourceFinding } from '@catchment/store';
import { ShrinkRefused } from '../csv/convert/find-missing';
import { setAsideText } from '../csv/convert/set-aside';
import type { DropReport } from '../csv/load-drop';
import type { FolderReport } from '../folder/load-folder';
import { emptyExport, type PullReport } from '../pull/pull-report';
import type { LoadedDatabase } from '../sql/load-database';

/** What a run can find, with what somebody is to do about it. */
const advice = {
  'not-exported':
    'Ask the operator of the server about it. The next run asks for the same again; nothing was passed over.',
  'not-granted': 'Have the scopes of this client widened at the server, or take the type out of the source.',
  'empty-export':
    'Servers answer so to a group that they do not know: check the id of the group and the scopes.',
  'server-warning': 'Look whether the counts of this run are what you expect.',
  'left-the-group':
    'They stay in the warehouse and are evaluated again when a whole export of the group names them.',
  'group-changes':
    'Many servers send nothing older of people who joined the group meanwhile: their measures are wrong until the next whole export. Have the group exported whole every time where that matters.',
  'some-elements':
    'Resources that hold only some elements take the place of complete ones. Leave the elements empty unless measures need no others.',
  quarantined:
    'These resources are not counted. Tell the sender the reason; corrected ones are taken with the next run.',
  'file-refused':
    'Correct the file and lay it into the folder again; the refused one lies in its folder "refused".',
  'file-growing':
    'The next run takes it when it has come to rest and no longer has the name of a partial file.',
  'not-read':
    'Only files in the folder itself are read: FHIR JSON, NDJSON, each also packed, and zip archives.',
  'file-unknown':
    'Rename the file, or give the mapping a table that reads it; the refused one lies in its folder "refused".',
  'rows-set-aside':
    'These rows are not counted; what they stood for before stays. All of them are listed, without their values, in the folder "done". Corrected ones are taken with the next extract.',
  'gone-unknown':
    'Where it cannot be told which resource a row is, it may be any: nothing was taken away. Correct these rows; the next whole extract takes away what is gone.',
  'no-rows':
    'Check the table or query, and whether the user of the source may read its rows (row level security hides them without a word).',
  'too-much-gone':
    'Look at the source first: a read that was cut short, or a table that was emptied, looks the same. Where it is complete nevertheless, pull once more and allow the loss.',
  'loss-allowed':
    'Whoever started the run allowed it. The next one is stopped again where more than a fifth is gone.',
  'rows-unusable': 'Correct these rows at the source; they are read again with the next whole read.',
} as const;

export type FindingCode = keyof typeof advice;

/** What to do about a finding; nothing for one of another version. */
export function adviceFor(code: string): string {
  return code in advice ? advice[code as FindingCode] : '';
}

const listed = 100;

/** What was asked for, as far as it limits what the numbers can say. */
export interface AskedFor {
  /** Some elements of resources only. */
  elements: boolean;
  /** Changes in a group only. */
  groupChanges: boolean;
}

export function findingsOfPull(report: PullReport, { elements, groupChanges }: AskedFor): SourceFinding[] {
  const { failures, notGranted, warnings, empty, leavers } = report;
  return shortened([
    ...failures.map(({ text, code }) => error('not-exported', text || code)),
    ...notGranted.map((type) => error('not-granted', type)),
    ...(empty ? [error('empty-export', emptyExport)] : []),
    ...warnings.filter((text) => text !== emptyExport).map((text) => warning('server-warning', text)),
    ...(leavers > 0
      ? [warning('left-the-group', `${leavers} patients are not in the group and are not evaluated`)]
      : []),
    ...(groupChanges ? [warning('group-changes', 'only changes in the group were asked for')] : []),
    ...(elements ? [warning('some-elements', 'only some elements were asked for')] : []),
    ...quarantined(report.reasons),
  ]);
}

export function findingsOfFolder(report: FolderReport): SourceFinding[] {
  return shortened([
    ...report.refused.map(({ file, reason }) => error('file-refused', `${file}: ${reason}`)),
    ...report.growing.map((name) => warning('file-growing', name)),
    ...report.notRead.map((name) => warning('not-read', name)),
    ...quarantined(report.reasons),
  ]);
}

export function findingsOfDrop({ extract, load, ...report }: DropReport): SourceFinding[] {
  const held = extract?.tables.filter(({ gone, setAside }) => gone === null && setAside > 0) ?? [];
  return shortened([
    ...report.unknown.map((name) => error('file-unknown', name)),
    ...report.growing.map((name) => warning('file-growing', name)),
    ...report.notFiles.map((name) => warning('not-read', name)),
    ...(extract?.setAside ?? []).map((rows) => warning('rows-set-aside', setAsideText(rows))),
    ...held.map(({ table }) => warning('gone-unknown', `the table ${table}`)),
    ...quarantined(load?.reasons ?? {}),
  ]);
}

export function findingsOfDatabase(
  { read, load, goneUnknown }: LoadedDatabase,
  { isWhole, allowsLoss = false }: { isWhole: boolean; allowsLoss?: boolean },
): SourceFinding[] {
  const { tooLarge, empty, deletedUnnamed } = read.unusable;
  const counted = (count: number, what: string): SourceFinding[] =>
    count === 0 ? [] : [warning('rows-unusable', `${count} ${count === 1 ? 'row' : 'rows'}: ${what}`)];
  return shortened([
    ...(isWhole && read.rows === 0 ? [error('no-rows', 'a whole read without any row')] : []),
    ...counted(tooLarge, 'the resource has more than 8 MB'),
    ...counted(empty, 'the column of resources is empty'),
    ...counted(deletedUnnamed, 'deleted, without resourceType and id in the column of resources'),
    ...(goneUnknown ? [warning('gone-unknown', 'the whole read')] : []),
    ...(allowsLoss && isWhole
      ? [warning('loss-allowed', `${load?.deleted ?? 0} resources were taken away`)]
      : []),
    ...quarantined(load?.reasons ?? {}),
  ]);
}

/** What a run that failed can say beside its error. */
export function findingsOfFailure(failure: unknown): SourceFinding[] {
  return failure instanceof ShrinkRefused
    ? [error('too-much-gone', 'more resources are gone at the source than may go at once')]
    : [];
}

function quarantined(reasons: Partial<Record<string, number>>): SourceFinding[] {
  return Object.entries(reasons).map(([reason, count]) =>
    warning('quarantined', `${count} resources: ${reason}`),
  );
}

function error(code: FindingCode, text: string): SourceFinding {
  return { code, severity: 'error', text };
}

function warning(code: FindingCode, text: string): SourceFinding {
  return { code, severity: 'warning', text };
}

/** The first hundred, errors before warnings; how many more there are is said. */
function shortened(findings: SourceFinding[]): SourceFinding[] {
  if (findings.length <= listed) return findings;
  const more = findings.slice(listed);
  const severity = more.some((finding) => finding.severity === 'error') ? 'error' : 'warning';
  return [...findings.slice(0, listed), { code: 'more', severity, text: `and ${more.length} more` }];
}
