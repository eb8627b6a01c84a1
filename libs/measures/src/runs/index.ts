export {
  evaluateAndPublish,
  publishHeldRun,
  type RecordedRunRequest,
  type RunDesk,
  type RunEnd,
} from './evaluate-and-publish';
export { EvaluationRunsService } from './evaluation-runs.service';
export { readDataSnapshot } from './data-snapshot';
export { readPublishedRun } from './published-run';
export { suspicionText } from './suspicions';
