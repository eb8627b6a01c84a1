import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import type { Request } from 'express';
import { AuditTrailService, CurrentUser, RequireAbility, type Principal } from '@catchment/access';
import { Answers } from '../../openapi/answers';
import type { Explanation, PatientPanel } from '../contract';
import { MartsService } from '../marts/marts.service';
import { readExplanation } from './explanation.query';
import { findPatient } from './find-patient';
import { readPatientPanel } from './patient-panel.query';

class ExplanationDto {
  @ApiProperty({ description: 'Id of the measure' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  measure!: string;
}

@ApiTags('patients')
@Controller('api/patients')
@RequireAbility('read', 'Patient')
export class PatientController {
  constructor(
    private readonly marts: MartsService,
    private readonly audit: AuditTrailService,
  ) {}

  @Get(':patientId')
  @Answers('One patient: results, cohorts, timeline', 'PatientPanel', { missing: 'patient' })
  async panel(
    @CurrentUser() user: Principal,
    @Param('patientId') patientId: string,
    @Req() request: Request,
  ): Promise<PatientPanel> {
    const panel = await this.marts.remember(['patient', user.scope, patientId], async (marts) =>
      readPatientPanel(marts, await findPatient(marts, user.scope, patientId)),
    );
    await this.record(user, request, 'read-patient', patientId, {});
    return panel;
  }

  @Get(':patientId/explanation')
  @Answers("Why a measure's result is what it is", 'Explanation', { missing: 'patient or measure' })
  async explanation(
    @CurrentUser() user: Principal,
    @Param('patientId') patientId: string,
    @Query() { measure }: ExplanationDto,
    @Req() request: Request,
  ): Promise<Explanation> {
    const key = ['explanation', user.scope, patientId, measure];
    const explanation = await this.marts.remember(key, async (marts) => {
      const pid = await findPatient(marts, user.scope, patientId);
      return readExplanation(marts, { pid, patientId }, measure);
    });
    await this.record(user, request, 'explain-patient', patientId, { measure });
    return explanation;
  }

  private record(
    { email }: Principal,
    request: Request,
    action: string,
    patientId: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const object = { objectType: 'Patient', objectId: patientId };
    return this.audit.record({ actor: email, action, ...object, address: request.ip, detail });
  }
}
