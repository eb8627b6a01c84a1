import { NotFoundException } from '@nestjs/common';
import type { MeasureMeta } from '../contract';
import type { Marts } from '../marts/marts.service';
import { readGroups, readMeasures, type MeasureGroup } from './group.query';

export interface PublishedMeasure {
  measure: MeasureMeta;
  groups: MeasureGroup[];
}

/** Everything that is published about the measures, once for each publication. */
export async function publishedMeasures({ connection, remember }: Marts): Promise<PublishedMeasure[]> {
  return remember('measures', async () => {
    const groups = await readGroups(connection);
    return (await readMeasures(connection)).map((measure) => ({
      measure,
      groups: groups.filter(({ measureId }) => measureId === measure.measureId),
    }));
  });
}

/** @throws NotFoundException when the run has no such measure */
export async function findMeasure(marts: Marts, measureId: string): Promise<PublishedMeasure> {
  const found = (await publishedMeasures(marts)).find(({ measure }) => measure.measureId === measureId);
  if (!found) throw new NotFoundException('the published run has no such measure');
  return found;
}

/** @throws NotFoundException when the run has no such measure or the measure no such group */
export async function findGroup(marts: Marts, measureId: string, groupId: string): Promise<MeasureGroup> {
  const { groups } = await findMeasure(marts, measureId);
  const group = groups.find((candidate) => candidate.groupId === groupId);
  if (!group) throw new NotFoundException('the measure has no such group');
  return group;
}
