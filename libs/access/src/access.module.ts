import { Global, Module } from '@nestjs/common';
import { AuditTrailService } from './audit-trail.service';
import { PrincipalService } from './principal.service';
import { SignInService } from './sign-in.service';

/** Sign-in, who somebody is, and the audit trail. Needs `StoreModule.forRoot`. */
@Global()
@Module({
  providers: [AuditTrailService, PrincipalService, SignInService],
  exports: [AuditTrailService, PrincipalService, SignInService],
})
export class AccessModule {}
