import { AuditEvent } from './audit-event.entity';
import { CodeMapping } from './code-mapping.entity';
import { Delivery } from './delivery.entity';
import { EvaluationRunRecord } from './evaluation-run-record.entity';
import { IdentityDecision } from './identity-decision.entity';
import { ReportDefinition } from './report-definition.entity';
import { Roster } from './roster.entity';
import { RuleVersion } from './rule-version.entity';
import { Source } from './source.entity';
import { SourceMapping } from './source-mapping.entity';
import { SourceRun } from './source-run.entity';
import { StoredSecret } from './stored-secret.entity';
import { Target } from './target.entity';
import { User } from './user.entity';
import { WorklistEvent } from './worklist-event.entity';
import { WorklistItem } from './worklist-item.entity';

/** Every table that TypeORM maps. */
export const entities = [
  AuditEvent,
  CodeMapping,
  Delivery,
  EvaluationRunRecord,
  IdentityDecision,
  ReportDefinition,
  Roster,
  RuleVersion,
  Source,
  SourceMapping,
  SourceRun,
  StoredSecret,
  Target,
  User,
  WorklistEvent,
  WorklistItem,
];
