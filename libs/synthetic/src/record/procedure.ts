import { instant, type Day } from '../calendar';
import { optional, qiCore, reference, usCore, type Chart } from '../chart';
import { concept, hl7Concept } from '../concepts';

export interface ProcedureDetails {
  day: Day;
  minute?: number;
  minutes?: number;
  status?: 'completed' | 'not-done' | 'in-progress' | 'entered-in-error';
  /** Key of data/procedures.json: why it was not done. */
  statusReason?: string;
  encounter?: string;
  basedOn?: string;
  performer?: string;
  /** Date as month or year now and then (history taken from the patient). */
  vague?: boolean;
}

/** Writes a Procedure; returns the reference to it, as JSON text. */
export function writeProcedure(chart: Chart, key: string, details: ProcedureDetails): string {
  const { random } = chart;
  const minute = details.minute ?? 600;
  const status = details.status ?? 'completed';
  const performed =
    details.vague === true
      ? `"performedDateTime":"${chart.vagueDate(details.day)}"`
      : random.chance(0.35)
        ? `"performedPeriod":{"start":"${instant(details.day, minute)}","end":"${instant(details.day, minute + (details.minutes ?? 30))}"}`
        : `"performedDateTime":"${chart.moment(details.day, minute, 0.1)}"`;
  const id = chart.write(
    'Procedure',
    status === 'not-done' ? qiCore('procedurenotdone') : usCore('procedure'),
    optional('basedOn', details.basedOn && `[${details.basedOn}]`).replace(/^,(.+)$/, '$1,') +
      `"status":"${status}"` +
      optional('statusReason', details.statusReason && concept(details.statusReason).full) +
      `,"code":${chart.coded(concept(key))},"subject":${chart.subject}` +
      optional('encounter', details.encounter) +
      `,${performed}` +
      `,"performer":[{"actor":${details.performer ?? chart.person.provider.ref}}]`,
    details.day,
  );
  return reference('Procedure', id);
}

export interface OrderDetails {
  day: Day;
  minute?: number;
  encounter?: string;
  status?: 'active' | 'completed' | 'revoked' | 'on-hold' | 'entered-in-error';
  intent?: 'order' | 'plan' | 'proposal';
  doNotPerform?: string;
  category?: string;
  reason?: string;
}

/** Writes a ServiceRequest; returns the reference to it, as JSON text. */
export function writeServiceRequest(chart: Chart, key: string, details: OrderDetails): string {
  const refused = details.doNotPerform !== undefined;
  const id = chart.write(
    'ServiceRequest',
    refused ? qiCore('servicenotrequested') : usCore('servicerequest'),
    `"status":"${details.status ?? 'completed'}","intent":"${details.intent ?? 'order'}"` +
      (refused ? ',"doNotPerform":true' : '') +
      `,"code":${chart.coded(concept(key))},"subject":${chart.subject}` +
      optional('encounter', details.encounter) +
      `,"authoredOn":"${chart.moment(details.day, (details.minute ?? 600) + 10)}","requester":${chart.person.provider.ref}` +
      optional(
        'reasonCode',
        refused
          ? `[${concept(details.doNotPerform!).full}]`
          : details.reason && `[${concept(details.reason).brief}]`,
      ),
    details.day,
  );
  return reference('ServiceRequest', id);
}

/** Writes a DiagnosticReport over some results; returns nothing: nobody refers to it. */
export function writeReport(
  chart: Chart,
  key: string,
  details: {
    day: Day;
    minute?: number;
    category: 'LAB' | 'RAD' | 'PAT';
    encounter?: string;
    results?: string[];
    basedOn?: string;
    performer: string;
  },
): void {
  const minute = details.minute ?? 600;
  chart.write(
    'DiagnosticReport',
    usCore(details.category === 'LAB' ? 'diagnosticreport-lab' : 'diagnosticreport-note'),
    optional('basedOn', details.basedOn && `[${details.basedOn}]`).replace(/^,(.+)$/, '$1,') +
      `"status":"final","category":[${hl7Concept('v2-0074', details.category)}],"code":${chart.coded(concept(key))},` +
      `"subject":${chart.subject}` +
      optional('encounter', details.encounter) +
      `,"effectiveDateTime":"${chart.moment(details.day, minute)}","issued":"${instant(details.day, minute + 90)}",` +
      `"performer":[${details.performer}]` +
      optional('result', details.results?.length ? `[${details.results.join(',')}]` : undefined),
    details.day,
  );
}
