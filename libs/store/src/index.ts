export {
  openStore,
  openDatabaseServer,
  migrate,
  createDataSource,
  schemaName,
  type Store,
  type DatabaseServer,
} from './store';
export { embeddedSocketFolder } from './postgres/folders';
export { holdExclusively, type ExclusiveHold } from './exclusive-hold';
export { StoreModule } from './store.module';
export { AuditEvent } from './entities/audit-event.entity';
export { CodeMapping } from './entities/code-mapping.entity';
export { Delivery, type DeliveryStatus } from './entities/delivery.entity';
export {
  EvaluationRunRecord,
  type DataSnapshot,
  type EvaluatedMeasure,
  type RunDecision,
  type RunState,
  type RunStatus,
  type Suspicion,
} from './entities/evaluation-run-record.entity';
export { IdentityDecision, type IdentityVerdict } from './entities/identity-decision.entity';
export { ReportDefinition } from './entities/report-definition.entity';
export {
  Source,
  type BulkConfiguration,
  type CsvConfiguration,
  type FolderConfiguration,
  type SourceConfiguration,
  type SqlConfiguration,
} from './entities/source.entity';
export { SourceMapping } from './entities/source-mapping.entity';
export {
  SourceRun,
  sourceRunStates,
  type SourceFinding,
  type SourceRunCounts,
  type SourceRunProgress,
  type SourceRunState,
} from './entities/source-run.entity';
export { Roster, type RosterEntry } from './entities/roster.entity';
export { RuleVersion, type RuleKind } from './entities/rule-version.entity';
export { StoredSecret } from './entities/stored-secret.entity';
export { Target } from './entities/target.entity';
export { User, roles, type Role, type Scope } from './entities/user.entity';
export { WorklistEvent, type WorklistEventKind } from './entities/worklist-event.entity';
export { WorklistItem, workStatuses, type WorkStatus } from './entities/worklist-item.entity';
export { QueuesModule } from './queues/queues.module';
export { checkSchedule, nextRun, type Schedule } from './queues/schedule';
export {
  evaluationQueue,
  publishRunJob,
  reportQueue,
  sourceQueue,
  queueNames,
  type EvaluationJob,
  type PublishRunJob,
  type QueueName,
  type ReportJob,
  type SourceJob,
} from './queues/queue-names';
