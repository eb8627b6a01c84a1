export {
  openStore,
  openDatabaseServer,
  migrate,
  createDataSource,
  schemaName,
  type Store,
  type DatabaseServer,
} from './store';
export { holdExclusively, type ExclusiveHold } from './exclusive-hold';
export { StoreModule } from './store.module';
export { AuditEvent } from './entities/audit-event.entity';
export { Delivery, type DeliveryStatus } from './entities/delivery.entity';
export {
  EvaluationRunRecord,
  type EvaluatedMeasure,
  type RunState,
  type RunStatus,
} from './entities/evaluation-run-record.entity';
export { ReportDefinition } from './entities/report-definition.entity';
export {
  Source,
  type BulkConfiguration,
  type FolderConfiguration,
  type SourceConfiguration,
} from './entities/source.entity';
export {
  SourceRun,
  sourceRunStates,
  type SourceFinding,
  type SourceRunCounts,
  type SourceRunProgress,
  type SourceRunState,
} from './entities/source-run.entity';
export { StoredSecret } from './entities/stored-secret.entity';
export { Target } from './entities/target.entity';
export { User, roles, type Role, type Scope } from './entities/user.entity';
export { WorklistEvent, type WorklistEventKind } from './entities/worklist-event.entity';
export { WorklistItem, workStatuses, type WorkStatus } from './entities/worklist-item.entity';
export { QueuesModule } from './queues/queues.module';
export { checkSchedule, nextRun, type Schedule } from './queues/schedule';
export {
  evaluationQueue,
  reportQueue,
  sourceQueue,
  queueNames,
  type EvaluationJob,
  type QueueName,
  type ReportJob,
  type SourceJob,
} from './queues/queue-names';
