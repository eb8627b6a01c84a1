import {
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import {
  AuditTrailService,
  PrincipalService,
  abilitiesOf,
  abilityKey,
  publicKey,
  type Action,
  type SignedInRequest,
  type Subject,
} from '@catchment/access';
import { Defect } from '@catchment/platform';
import './session-data';

interface Demand {
  action: Action;
  subject: Subject;
}

/** Guards every route: who does not say `@Public()` must say which ability it takes. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly principals: PrincipalService,
    private readonly audit: AuditTrailService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, targets)) return true;

    const request = context.switchToHttp().getRequest<Request & SignedInRequest>();
    const principal = request.session?.userId
      ? await this.principals.find(request.session.userId)
      : undefined;
    if (!principal) throw new UnauthorizedException('sign in first');
    request.principal = principal;

    const demand = this.reflector.getAllAndOverride<Demand | undefined>(abilityKey, targets);
    if (!demand) throw new Defect(`${context.getClass().name} does not say which ability it takes`);
    if (abilitiesOf(principal.role).can(demand.action, demand.subject)) return true;
    await this.audit.record({
      actor: principal.email,
      action: `${demand.action}-refused`,
      objectType: demand.subject,
      allowed: false,
      address: request.ip,
    });
    throw new ForbiddenException(`the role ${principal.role} may not ${demand.action} ${demand.subject}`);
  }
}
