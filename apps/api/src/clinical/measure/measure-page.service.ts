import { Injectable } from '@nestjs/common';
import { readMeasureGrades } from '@catchment/quality';
import type { Scope } from '@catchment/store';
import type { MeasureGroupPage, MeasurePage, TrendPoint, ValueSetUsed } from '../contract';
import type { PanelDto } from '../filters/panel.dto';
import { PanelService, type Panel } from '../filters/panel.service';
import { MartsService, type Marts } from '../marts/marts.service';
import { TargetsService } from '../targets/targets.service';
import { withTarget } from '../targets/with-target';
import { countNotEvaluated, groupFigures, groupKey, readCounts, type RowCounts } from './counts.query';
import { readFailures } from './failures.query';
import { findMeasure } from './find-measure';
import { funnelOf } from './funnel';
import type { MeasureGroup } from './group.query';
import { readProviderRates } from './providers.query';
import { readStrata } from './strata.query';
import { changeOf, readTrends } from './trend.query';
import { withholdProviders } from './withheld-providers.query';

/** Everything about one measure. */
@Injectable()
export class MeasurePageService {
  constructor(
    private readonly marts: MartsService,
    private readonly panels: PanelService,
    private readonly targets: TargetsService,
  ) {}

  /** @throws NotFoundException when the run has no such measure */
  async page(scope: Scope, query: PanelDto, measureId: string): Promise<MeasurePage> {
    const panel = await this.panels.panel(scope, query);
    const page = await this.marts.remember(['measure', panel, measureId], (marts) =>
      readMeasurePage(marts, panel, measureId),
    );
    const targetOf = await this.targets.forPanel(panel);
    return { ...page, groups: page.groups.map((group) => withTarget(measureId, group, targetOf)) };
  }
}

/** The page without what people have set. */
async function readMeasurePage(marts: Marts, panel: Panel, measureId: string): Promise<MeasurePage> {
  const { measure, groups } = await findMeasure(marts, measureId);
  const counts = await readCounts(marts.connection, panel, measureId);
  const trends = await readTrends(marts.connection, panel, measureId);
  const pages: MeasureGroupPage[] = [];
  for (const group of groups) {
    const key = groupKey(group);
    pages.push(await readGroupPage(marts, panel, group, counts.get(key), trends.get(key) ?? []));
  }
  return {
    publication: marts.publication,
    filter: panel.filter,
    measure,
    dataQuality: (await readMeasureGrades(marts.connection)).get(measureId) ?? null,
    notEvaluated: await countNotEvaluated(marts.connection, panel, measureId),
    groups: pages,
    valueSets: await readValueSets(marts, measureId),
  };
}

async function readGroupPage(
  { connection }: Marts,
  panel: Panel,
  group: MeasureGroup,
  rows: RowCounts | undefined,
  trend: TrendPoint[],
): Promise<MeasureGroupPage> {
  const { groupId, title, scoring, populationBasis, improvementNotation } = group;
  const figures = groupFigures(group, rows);
  const isProportion = scoring === 'proportion';
  const strata = isProportion ? await readStrata(connection, panel, group) : [];
  const providers = isProportion ? await readProviderRates(connection, panel, group) : [];
  return {
    groupId,
    title,
    scoring,
    populationBasis,
    improvementNotation,
    ...figures,
    target: null,
    patientsToTarget: null,
    funnel: funnelOf(figures.counts),
    failures: await readFailures(connection, panel, group),
    providers: await withholdProviders(connection, panel, group, providers, strata),
    strata,
    trend: isProportion ? trend : [],
    change: isProportion ? changeOf(trend, improvementNotation) : null,
  };
}

async function readValueSets({ connection }: Marts, measureId: string): Promise<ValueSetUsed[]> {
  return connection.rows<ValueSetUsed>(
    `select
        canonical as "canonical",
        version as "version",
        title as "title",
        origin as "origin",
        codes as "codes"
    from value_set_used
    where measure_id = $1
    order by coalesce(title, canonical), canonical`,
    [measureId],
  );
}
