import { Injectable } from '@nestjs/common';
import { readMeasureGrades } from '@catchment/quality';
import type { Scope } from '@catchment/store';
import type { Scorecard, ScorecardRow } from '../contract';
import type { PanelDto } from '../filters/panel.dto';
import { PanelService, type Panel } from '../filters/panel.service';
import { MartsService, type Marts } from '../marts/marts.service';
import { countPatients, groupFigures, groupKey, readCounts } from '../measure/counts.query';
import { publishedMeasures } from '../measure/find-measure';
import { changeOf, readTrends } from '../measure/trend.query';
import { TargetsService } from '../targets/targets.service';
import { withTarget } from '../targets/with-target';

/** One row per measure and group. */
@Injectable()
export class ScorecardService {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
    private readonly targets: TargetsService,
  ) {}

  async scorecard(scope: Scope, query: PanelDto): Promise<Scorecard> {
    const panel = await this.panels.panel(scope, query);
    const scorecard = await this.marts.remember(['scorecard', panel], (marts) => readScorecard(marts, panel));
    const targetOf = await this.targets.forPanel(panel);
    return { ...scorecard, rows: scorecard.rows.map((row) => withTarget(row.measureId, row, targetOf)) };
  }
}

/** The scorecard without what people have set. */
async function readScorecard(marts: Marts, panel: Panel): Promise<Scorecard> {
  const { connection, publication } = marts;
  const counts = await readCounts(connection, panel);
  const trends = await readTrends(connection, panel);
  const grades = await readMeasureGrades(connection);
  const rows = (await publishedMeasures(marts)).flatMap(({ measure, groups }) =>
    groups.map((group): ScorecardRow => {
      const isProportion = group.scoring === 'proportion';
      const trend = isProportion ? (trends.get(groupKey(group)) ?? []) : [];
      return {
        measureId: measure.measureId,
        groupId: group.groupId,
        name: measure.name,
        title: measure.title,
        groupTitle: group.title,
        version: measure.version,
        origin: measure.origin,
        scoring: group.scoring,
        populationBasis: group.populationBasis,
        improvementNotation: group.improvementNotation,
        ...groupFigures(group, counts.get(groupKey(group))),
        target: null,
        patientsToTarget: null,
        trend,
        change: changeOf(trend, group.improvementNotation),
        dataQuality: grades.get(measure.measureId) ?? null,
      };
    }),
  );
  return { publication, filter: panel.filter, patients: await countPatients(connection, panel), rows };
}
