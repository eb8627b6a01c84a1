import type { MeasureGroupPage, MeasureMeta, PanelFilter } from '../../../apps/api/src/clinical/contract';

/** What every panel of the measure page is about: one rate of one measure, among the people of one filter. */
export interface MeasureGroupProps {
  measure: MeasureMeta;
  group: MeasureGroupPage;
  filter: PanelFilter;
}
