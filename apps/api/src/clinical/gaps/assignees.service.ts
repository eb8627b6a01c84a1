import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { abilitiesOf } from '@catchment/access';
import { Diagnostic } from '@catchment/platform';
import { roles, User } from '@catchment/store';
import type { Assignee } from '../contract';
import { MartsService } from '../marts/marts.service';
import { patientsOutside } from './find-gap';

const workingRoles = roles.filter((role) => abilitiesOf(role).can('change', 'Worklist'));

/** Who may be asked to work on gaps. */
@Injectable()
export class AssigneesService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly marts: MartsService,
  ) {}

  async list(): Promise<Assignee[]> {
    const users = await this.users.find({
      where: { active: true, role: In(workingRoles) },
      order: { displayName: 'ASC', email: 'ASC' },
    });
    return users.map(({ email, displayName }) => ({ email, displayName }));
  }

  /**
   * Demands that somebody can work on the gaps of these patients.
   * @throws Diagnostic when there is no such active person, the role may not, or a patient is not theirs to see
   */
  async require(email: string, patientIds: readonly string[]): Promise<void> {
    const user = await this.users.findOneBy({ email, active: true, role: In(workingRoles) });
    if (!user) {
      throw new Diagnostic(
        'the assignee is nobody who works on gaps: GET /api/gaps/assignees lists who does',
      );
    }
    const outside = await this.marts.read((marts) => patientsOutside(marts, user.scope, patientIds));
    if (outside > 0) {
      throw new Diagnostic(
        `the assignee may not see ${outside === 1 ? 'one of the patients' : `${outside} of the patients`}: ` +
          'choose somebody who may',
      );
    }
  }

  /**
   * Demands that a filter names somebody who has or had an account: a misspelt name is not somebody without work.
   * @throws Diagnostic when nobody has
   */
  async requireAccount(email: string): Promise<void> {
    if (await this.users.existsBy({ email })) return;
    throw new Diagnostic('nobody has an account with this email: assignee is an email, me or nobody');
  }
}
