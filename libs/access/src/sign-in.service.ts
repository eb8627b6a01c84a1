import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { User } from '@catchment/store';
import { demoAccounts, type NewAccount } from './accounts';
import { AuditTrailService } from './audit-trail.service';
import { verifyPassword } from './password';
import type { Principal } from './principal';

export type SignInResult =
  | { outcome: 'signed-in'; principal: Principal }
  | { outcome: 'refused' }
  | { outcome: 'throttled'; retryAfterSeconds: number };

const windowSeconds = 15 * 60;
/** Failures within the window from one address, and from all addresses, after which a name has to wait. */
const limitFromOneAddress = 5;
const limitFromAnywhere = 50;

/** Checks names and passwords, and slows down who guesses: over all API processes and restarts. */
@Injectable()
export class SignInService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly audit: AuditTrailService,
  ) {}

  /** An unknown name, a wrong password and a person who has left are refused alike. */
  async signIn(name: string, password: string, address: string): Promise<SignInResult> {
    const email = name.trim().toLowerCase();
    if (await this.isThrottled(email, address)) {
      return { outcome: 'throttled', retryAfterSeconds: windowSeconds };
    }
    const user = await this.users
      .createQueryBuilder('user')
      .addSelect('user.passwordHash')
      .where('user.email = :email and user.active', { email })
      .getOne();
    if (!(await verifyPassword(user?.passwordHash, password)) || !user) {
      await this.audit.record({ actor: email, action: 'sign-in-failed', allowed: false, address });
      return { outcome: 'refused' };
    }
    await this.audit.record({ actor: email, action: 'sign-in', address });
    return { outcome: 'signed-in', principal: principalOf(user) };
  }

  /** The accounts of the demo that are still there, with their published passwords. */
  async demoUsers(): Promise<readonly NewAccount[]> {
    const seeded = await this.users.findBy({ demo: true, active: true });
    return demoAccounts.filter(({ email }) => seeded.some((user) => user.email === email));
  }

  private async isThrottled(email: string, address: string): Promise<boolean> {
    const windowStart = new Date(Date.now() - windowSeconds * 1000);
    const lastSuccess = await this.audit.lastTime(email, 'sign-in');
    const since = lastSuccess && lastSuccess > windowStart ? lastSuccess : windowStart;
    const failed = { actor: email, action: 'sign-in-failed' };
    return (
      (await this.audit.countSince({ ...failed, address }, since)) >= limitFromOneAddress ||
      (await this.audit.countSince(failed, since)) >= limitFromAnywhere
    );
  }
}

function principalOf({ id, email, displayName, role, scope }: User): Principal {
  return { id, email, displayName, role, scope };
}
