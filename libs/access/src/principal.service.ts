import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { User } from '@catchment/store';
import type { Principal } from './principal';

const keepMs = 5_000;

/**
 * Who a session belongs to, read from the database rather than from the session: a changed role or scope, or a person
 * who has left, counts after at most five seconds and not when the session ends.
 */
@Injectable()
export class PrincipalService {
  private readonly known = new Map<string, { principal: Principal | undefined; until: number }>();

  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  /** Undefined when the person may not sign in any more. */
  async find(userId: string): Promise<Principal | undefined> {
    const cached = this.known.get(userId);
    if (cached && cached.until > Date.now()) return cached.principal;
    const user = await this.users.findOneBy({ id: userId, active: true });
    const principal = user
      ? { id: user.id, email: user.email, displayName: user.displayName, role: user.role, scope: user.scope }
      : undefined;
    if (this.known.size > 1000) this.known.clear();
    this.known.set(userId, { principal, until: Date.now() + keepMs });
    return principal;
  }
}
