import type { QualityFinding, QualitySeverity } from '../../../apps/api/src/clinical/contract';
import type { Tone } from '../design/Chip';
import { capitalized, percentText } from '../design/format';

export type FindingClass = QualityFinding['class'];

export const CLASS_TEXT: Record<FindingClass, string> = {
  structure: 'Set aside',
  completeness: 'Missing',
  plausibility: 'Implausible',
  units: 'Units',
  references: 'References',
  duplicates: 'Duplicates',
  feed: 'Feed',
};

export const SEVERITY_TEXT: Record<QualitySeverity, string> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

export function severityTone(severity: QualitySeverity): Tone {
  if (severity === 'error') return 'worse';
  return severity === 'warning' ? 'unknown' : 'neutral';
}

/** `36.0 % of Observation have no date`; a late feed, which is no share of resources, has its sentence alone. */
export function findingText({
  affected,
  total,
  type,
  sentence,
}: Pick<QualityFinding, 'affected' | 'total' | 'type' | 'sentence'>): string {
  if (total === null || total === 0) return capitalized(sentence);
  return `${percentText(affected / total)} of ${type ?? 'all resources'} ${sentence}`;
}
