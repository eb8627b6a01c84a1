import { isoDate, type Day } from '../calendar';
import { optional, qiCore, reference, type Chart } from '../chart';
import { concept, hl7Concept } from '../concepts';

export interface ConditionDetails {
  category: 'problem-list-item' | 'encounter-diagnosis';
  onset: Day;
  recorded?: Day;
  abatement?: Day;
  clinicalStatus?: 'active' | 'inactive' | 'resolved' | 'remission' | 'recurrence';
  verificationStatus?: 'confirmed' | 'provisional' | 'refuted' | 'entered-in-error' | 'unconfirmed';
  /** Reference of the encounter, as JSON text. */
  encounter?: string;
  /** Onset as month or year now and then. */
  vague?: boolean;
}

/** Writes a Condition; returns the reference to it, as JSON text. */
export function writeCondition(chart: Chart, key: string, details: ConditionDetails): string {
  const problem = details.category === 'problem-list-item';
  const recorded = Math.min(chart.lastDay, details.recorded ?? details.onset);
  const onset = details.vague ? chart.vagueDate(details.onset) : chart.moment(details.onset, 600, 0.5);
  const status = details.clinicalStatus ?? (details.abatement === undefined ? 'active' : 'resolved');
  const verification = details.verificationStatus ?? 'confirmed';
  const id = chart.write(
    'Condition',
    qiCore(problem ? 'condition-problems-health-concerns' : 'condition-encounter-diagnosis'),
    // con-5: an entered-in-error condition has no clinical status
    optional(
      'clinicalStatus',
      verification === 'entered-in-error' ? undefined : hl7Concept('condition-clinical', status),
    ).slice(1) +
      (verification === 'entered-in-error' ? '' : ',') +
      `"verificationStatus":${hl7Concept('condition-ver-status', verification)},` +
      `"category":[${hl7Concept('condition-category', details.category)}],"code":${chart.coded(concept(key))},` +
      `"subject":${chart.subject}` +
      optional('encounter', details.encounter) +
      (chart.random.chance(0.96) ? `,"onsetDateTime":"${onset}"` : '') +
      optional(
        'abatementDateTime',
        details.abatement === undefined ? undefined : `"${isoDate(details.abatement)}"`,
      ) +
      `,"recordedDate":"${isoDate(recorded)}"` +
      optional('recorder', chart.random.chance(0.6) ? chart.person.provider.ref : undefined),
    recorded,
  );
  return reference('Condition', id);
}
