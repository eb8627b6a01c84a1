import { NotFoundException } from '@nestjs/common';
import { panelCondition, Parameters } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { Marts } from '../marts/marts.service';

/**
 * The number of a patient within this publication.
 * @throws NotFoundException when there is no such patient, or not within the scope: the two look alike
 */
export async function findPatient(
  { connection }: Pick<Marts, 'connection'>,
  scope: Scope,
  patientId: string,
): Promise<number> {
  const parameters = new Parameters();
  const patient = await connection.first<{ pid: number }>(
    `select p.pid as pid
    from patient as p
    where p.patient_id = ${parameters.bind(patientId)} and ${panelCondition('p', scope, {}, parameters)}`,
    parameters.values,
  );
  if (!patient) throw new NotFoundException('there is no such patient');
  return patient.pid;
}
