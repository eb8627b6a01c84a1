export { Diagnostic, Unsupported, Defect, type CqlLocation } from './failures';
export { failureText, isFinal } from './failure-text';
export { defaultPublishLimits, readSettings, type PublishLimits, type Settings } from './settings';
export { systemClock, fixedClock, type Clock } from './clock';
export { newId, newRunId } from './ids';
export { createLogger, type Logger } from './logger';
export { optimiseLate } from './late-optimisation';
export { projectRoot } from './project-root';
export { writeFileAtomic } from './atomic-file';
export { contentFiles } from './content-files';
export { filesHash } from './files-hash';
export { contentLimits, type ContentFile } from './content-limits';
export {
  readProgress,
  writeProgress,
  progressFile,
  type Progress,
  type ProgressStep,
  type StepState,
} from './progress';
