import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AuditTrailService, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import { Answers } from '../../openapi/answers';
import type { Assignee, GapAssignmentResult, GapWorkRecord, PatientWork } from '../contract';
import { MartsService } from '../marts/marts.service';
import { findPatient } from '../patient/find-patient';
import { AssigneesService } from './assignees.service';
import { WorkChangeService } from './work-change.service';
import { GapAssignmentDto, GapContactDto, GapPlaceDto, GapWorkChangeDto, PatientDto } from './work.dto';
import { WorkService } from './work.service';

/** What people do about gaps. */
@ApiTags('gaps')
@Controller('api')
export class WorkController {
  constructor(
    private readonly marts: MartsService,
    private readonly work: WorkService,
    private readonly changes: WorkChangeService,
    private readonly people: AssigneesService,
    private readonly audit: AuditTrailService,
  ) {}

  @Get('gaps/assignees')
  @RequireAbility('read', 'Worklist')
  @Answers('Who may be asked to work on gaps', 'Assignee', { list: true })
  assignees(): Promise<Assignee[]> {
    return this.people.list();
  }

  @Post('gaps/work/assign')
  @HttpCode(200)
  @RequireAbility('change', 'Worklist')
  @Answers('Give gaps to somebody: all of them, or none', 'GapAssignmentResult', {
    missing: 'gap',
    versioned: true,
  })
  async assign(
    @CurrentUser() user: Principal,
    @Body() assignment: GapAssignmentDto,
    @Req() { ip }: Request,
  ): Promise<GapAssignmentResult> {
    return { changed: await this.changes.assign(user, ip, assignment) };
  }

  @Get('gaps/:patientId/:measureId/:groupId/work')
  @RequireAbility('read', 'Worklist')
  @Answers('The work on a gap, and its log', 'GapWorkRecord', { missing: 'gap' })
  async ofGap(
    @CurrentUser() user: Principal,
    @Param() place: GapPlaceDto,
    @Req() { ip }: Request,
  ): Promise<GapWorkRecord> {
    const record = await this.changes.read(user, place);
    await this.recordRead(user, ip, place.patientId);
    return record;
  }

  @Put('gaps/:patientId/:measureId/:groupId/work')
  @RequireAbility('change', 'Worklist')
  @Answers('Set how the work on a gap stands', 'GapWorkRecord', { missing: 'gap', versioned: true })
  set(
    @CurrentUser() user: Principal,
    @Param() place: GapPlaceDto,
    @Body() change: GapWorkChangeDto,
    @Req() { ip }: Request,
  ): Promise<GapWorkRecord> {
    return this.changes.set(user, ip, place, change);
  }

  @Post('gaps/:patientId/:measureId/:groupId/work/contacts')
  @RequireAbility('change', 'Worklist')
  @Answers('Log that somebody tried to reach the patient', 'GapWorkRecord', { status: 201, missing: 'gap' })
  logContact(
    @CurrentUser() user: Principal,
    @Param() place: GapPlaceDto,
    @Body() contact: GapContactDto,
    @Req() { ip }: Request,
  ): Promise<GapWorkRecord> {
    return this.changes.logContact(user, ip, place, contact);
  }

  @Get('patients/:patientId/work')
  @RequireAbility('read', 'Worklist')
  @Answers("The work on all of a patient's gaps, and its log", 'PatientWork', { missing: 'patient' })
  async ofPatient(
    @CurrentUser() user: Principal,
    @Param() { patientId }: PatientDto,
    @Req() { ip }: Request,
  ): Promise<PatientWork> {
    await this.marts.read((marts) => findPatient(marts, user.scope, patientId));
    const work = await this.work.ofPatient(patientId);
    await this.recordRead(user, ip, patientId);
    return work;
  }

  private recordRead({ email }: Principal, address: string | undefined, patientId: string): Promise<void> {
    const object = { objectType: 'Patient', objectId: patientId };
    return this.audit.record({ actor: email, action: 'read-work', ...object, address });
  }
}
