import { First1764000000000 } from './1764000000000-first';
import { Guards1764000001000 } from './1764000001000-guards';
import { WorkOnGaps1764000002000 } from './1764000002000-work-on-gaps';
import { SuspiciousRuns1764000003000 } from './1764000003000-suspicious-runs';
import { Sources1764000004000 } from './1764000004000-sources';
import { IdentityAndAttribution1764000005000 } from './1764000005000-identity-and-attribution';
import { CodeMappings1764000006000 } from './1764000006000-code-mappings';
import { SourceMappings1764000007000 } from './1764000007000-source-mappings';

/** In order. A migration that has landed is never changed: add another one. */
export const migrations = [
  First1764000000000,
  Guards1764000001000,
  WorkOnGaps1764000002000,
  SuspiciousRuns1764000003000,
  Sources1764000004000,
  IdentityAndAttribution1764000005000,
  CodeMappings1764000006000,
  SourceMappings1764000007000,
];
