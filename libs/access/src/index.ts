export { AccessModule } from './access.module';
export { abilitiesOf, abilityNames, type Action, type Subject } from './abilities';
export { AuditTrailService, type AuditEntry } from './audit-trail.service';
export {
  CurrentScope,
  CurrentUser,
  Public,
  RequireAbility,
  abilityKey,
  publicKey,
  type SignedInRequest,
} from './decorators';
export { seedDemoAccounts, demoAccounts, addAccount, type NewAccount } from './accounts';
export { PrincipalService } from './principal.service';
export type { Principal } from './principal';
export { SignInService, type SignInResult } from './sign-in.service';
export { sessionSecret } from './session-secret';
export { rowsToWithhold, type CrossCount } from './cross-suppression';
export { isSmallCell, suppressSmallCells, type Cell, type Suppressed } from './suppression';
