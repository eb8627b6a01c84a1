import { instant, isoDate, type Day } from '../calendar';
import { baseProfile, optional, qiCore, reference, usCore, type Chart } from '../chart';
import { concept, hl7Concept } from '../concepts';

type AppointmentStatus = 'booked' | 'pending' | 'cancelled' | 'noshow' | 'fulfilled';

/** Writes an Appointment with the patient's provider. */
export function writeAppointment(
  chart: Chart,
  type: string,
  day: Day,
  status: AppointmentStatus,
  written: Day,
): void {
  const minute = 480 + 15 * chart.random.between(0, 34);
  const participants = [chart.subject, chart.person.provider.ref, chart.person.site.locationRef].map(
    (actor) => `{"actor":${actor},"status":"${status === 'pending' ? 'needs-action' : 'accepted'}"}`,
  );
  chart.write(
    'Appointment',
    baseProfile('Appointment'),
    `"status":"${status}"` +
      optional(
        'cancelationReason',
        status === 'cancelled' ? hl7Concept('appointment-cancellation-reason', 'pat') : undefined,
      ) +
      `,"serviceType":[${concept(type).full}],"start":"${instant(day, minute)}","end":"${instant(day, minute + 30)}",` +
      `"minutesDuration":30,"created":"${instant(written, 700)}","participant":[${participants.join(',')}]`,
    written,
  );
}

/** Writes a Device of the patient, such as a wheelchair. */
export function writeDevice(chart: Chart, kind: string, day: Day): void {
  chart.write(
    'Device',
    qiCore('device'),
    `"status":"active","manufactureDate":"${isoDate(day - 200)}","lotNumber":"D${chart.random.between(1000, 9999)}",` +
      `"type":${concept(kind).full},"patient":${chart.subject}`,
    day,
  );
}

/** Writes a DeviceRequest. */
export function writeDeviceRequest(chart: Chart, kind: string, day: Day, encounter: string): void {
  chart.write(
    'DeviceRequest',
    qiCore('devicerequest'),
    `"status":"completed","intent":"order","codeCodeableConcept":${concept(kind).full},"subject":${chart.subject},` +
      `"encounter":${encounter},"authoredOn":"${instant(day, 620)}","requester":${chart.person.provider.ref}`,
    day,
  );
}

/** Writes a Task of the practice about the patient. */
export function writeTask(chart: Chart, code: string, day: Day, focus?: string): void {
  const refused = chart.random.chance(0.08);
  chart.write(
    'Task',
    qiCore(refused ? 'taskrejected' : 'task'),
    `"status":"${refused ? 'rejected' : chart.random.pick(['completed', 'completed', 'in-progress', 'requested'])}"` +
      optional('statusReason', refused ? concept('declined').full : undefined) +
      `,"intent":"order","code":${concept(code).full}` +
      optional('focus', focus) +
      `,"for":${chart.subject},"authoredOn":"${instant(day, 800)}","requester":${chart.person.provider.ref},"owner":${chart.person.site.ref}`,
    day,
  );
}

/** Writes a Communication to the patient. */
export function writeCommunication(chart: Chart, reason: string, day: Day): void {
  const missed = chart.random.chance(0.12);
  chart.write(
    'Communication',
    qiCore(missed ? 'communicationnotdone' : 'communication'),
    `"status":"${missed ? 'not-done' : 'completed'}"` +
      optional('statusReason', missed ? concept('declined').full : undefined) +
      `,"category":[${hl7Concept('communication-category', 'reminder')}],"medium":[${hl7Concept('v3-ParticipationMode', 'PHONE')}],` +
      `"subject":${chart.subject},"reasonCode":[${concept(reason).full}],"sent":"${instant(day, 900)}",` +
      `"recipient":[${chart.subject}],"sender":${chart.person.provider.ref}`,
    day,
  );
}

/** Writes a Goal and the CarePlan that pursues it. */
export function writeCarePlan(chart: Chart, problem: string, addresses: string, day: Day): void {
  const goal = chart.write(
    'Goal',
    usCore('goal'),
    `"lifecycleStatus":"active","achievementStatus":${hl7Concept('goal-achievement', 'in-progress')},` +
      `"description":{"text":"Keep ${concept(problem).display.toLowerCase()} under control"},"subject":${chart.subject},` +
      `"startDate":"${isoDate(day)}","target":[{"dueDate":"${isoDate(day + 365)}"}],"addresses":[${addresses}]`,
    day,
  );
  chart.write(
    'CarePlan',
    usCore('careplan'),
    `"text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Care plan</div>"},"status":"active","intent":"plan",` +
      `"category":[{"coding":[{"system":"http://hl7.org/fhir/us/core/CodeSystem/careplan-category","code":"assess-plan"}]}],` +
      `"subject":${chart.subject},"period":{"start":"${isoDate(day)}"},"author":${chart.person.provider.ref},` +
      `"addresses":[${addresses}],"goal":[${reference('Goal', goal)}]`,
    day,
  );
}
