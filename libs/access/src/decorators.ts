import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Defect } from '@catchment/platform';
import type { Scope } from '@catchment/store';
import type { Action, Subject } from './abilities';
import type { Principal } from './principal';

/** A request after the guard: who is signed in. */
export interface SignedInRequest {
  principal?: Principal;
}

export const publicKey = 'catchment:public';
export const abilityKey = 'catchment:ability';

/** Everybody may call it, signed in or not. Without this or `RequireAbility` a route refuses everybody. */
export const Public = (): CustomDecorator => SetMetadata(publicKey, true);

/** Only who has this ability may call it, on a handler or on a whole controller: `@RequireAbility('read', 'Run')`. */
export const RequireAbility = (action: Action, subject: Subject): CustomDecorator =>
  SetMetadata(abilityKey, { action, subject });

/** The person who is signed in, as a handler's parameter. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  return principalOf(context);
});

/** Whose patients the person may see, as a handler's parameter: give it to every query about patients. */
export const CurrentScope = createParamDecorator((_: unknown, context: ExecutionContext): Scope => {
  return principalOf(context).scope;
});

function principalOf(context: ExecutionContext): Principal {
  const { principal } = context.switchToHttp().getRequest<SignedInRequest>();
  if (!principal) throw new Defect('a handler of a public route asks who is signed in');
  return principal;
}
