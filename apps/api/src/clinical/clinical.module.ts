import { Module } from '@nestjs/common';
import { AttributionController } from '../attribution/attribution.controller';
import { AttributionService } from '../attribution/attribution.service';
import { IdentityController } from '../identity/identity.controller';
import { IdentityService } from '../identity/identity.service';
import { MappingsService } from '../quality/mappings.service';
import { QualityController } from '../quality/quality.controller';
import { QualityService } from '../quality/quality.service';
import { CohortsController } from './cohorts/cohorts.controller';
import { CohortsService } from './cohorts/cohorts.service';
import { ExportService } from './exports/export.service';
import { FiltersController } from './filters/filters.controller';
import { PanelService } from './filters/panel.service';
import { AssigneesService } from './gaps/assignees.service';
import { GapsController } from './gaps/gaps.controller';
import { GapsService } from './gaps/gaps.service';
import { WorkChangeService } from './gaps/work-change.service';
import { WorkController } from './gaps/work.controller';
import { WorkRecordService } from './gaps/work-record.service';
import { WorkService } from './gaps/work.service';
import { ListAuditService } from './lists/list-audit.service';
import { MartsService } from './marts/marts.service';
import { MeasurePageService } from './measure/measure-page.service';
import { MeasureController } from './measure/measure.controller';
import { NotEvaluatedService } from './measure/not-evaluated.service';
import { PatientController } from './patient/patient.controller';
import { PopulationListController } from './population-list/population-list.controller';
import { PopulationListService } from './population-list/population-list.service';
import { ReportsController } from './reports/reports.controller';
import { ReportsService } from './reports/reports.service';
import { HeldRunController } from './runs/held-run.controller';
import { RunDecisionsService } from './runs/run-decisions.service';
import { RunsController } from './runs/runs.controller';
import { RunsService } from './runs/runs.service';
import { ScorecardController } from './scorecard/scorecard.controller';
import { ScorecardService } from './scorecard/scorecard.service';
import { TargetsController } from './targets/targets.controller';
import { TargetsService } from './targets/targets.service';

/** Everything about measures, people and runs (docs/api.md). One folder per screen. */
@Module({
  controllers: [
    FiltersController,
    ScorecardController,
    MeasureController,
    PopulationListController,
    PatientController,
    CohortsController,
    GapsController,
    WorkController,
    RunsController,
    HeldRunController,
    TargetsController,
    ReportsController,
    IdentityController,
    AttributionController,
    QualityController,
  ],
  providers: [
    MartsService,
    PanelService,
    ListAuditService,
    ExportService,
    ScorecardService,
    MeasurePageService,
    NotEvaluatedService,
    PopulationListService,
    CohortsService,
    AssigneesService,
    WorkService,
    WorkRecordService,
    WorkChangeService,
    GapsService,
    RunsService,
    RunDecisionsService,
    TargetsService,
    ReportsService,
    IdentityService,
    AttributionService,
    QualityService,
    MappingsService,
  ],
})
export class ClinicalModule {}
