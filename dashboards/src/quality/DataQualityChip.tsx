import { Link } from 'react-router-dom';
import type { MeasureGrade } from '../../../apps/api/src/clinical/contract';
import { Chip } from '../design/Chip';
import { capitalized } from '../design/format';
import { measureQualityPath } from '../measurement/links';
import { useMay } from '../session/abilities';
import { gradeText, gradeTone } from './grade';

interface DataQualityChipProps {
  measureId: string;
  /** Null for numbers from before the checks: nothing is said. */
  quality: MeasureGrade | null;
}

/** The grade of a measure's data beside its name; for who may read them, a link to the reasons. */
export function DataQualityChip({ measureId, quality }: DataQualityChipProps) {
  const mayRead = useMay('read:DataQuality');
  if (!quality) return null;
  const chip = (
    <Chip tone={gradeTone(quality.grade)} square title={`${capitalized(quality.reason)}. Over all patients.`}>
      data {quality.grade}, {gradeText(quality.grade)}
    </Chip>
  );
  return mayRead ? <Link to={measureQualityPath(measureId)}>{chip}</Link> : chip;
}
