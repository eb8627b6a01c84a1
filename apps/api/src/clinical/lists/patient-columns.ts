/**
 * The columns of a `PatientRow`, by their JSON names.
 * @param p alias of `patient`
 */
export function patientColumns(p: string): string {
  return `
        ${p}.patient_id as "patientId",
        ${p}.mrn as "mrn",
        ${p}.full_name as "fullName",
        ${p}.birth_date as "birthDate",
        ${p}.age as "age",
        ${p}.sex as "sex",
        ${p}.phone as "phone",
        ${p}.language as "language",
        ${p}.site_id as "siteId",
        ${p}.site_name as "siteName",
        ${p}.provider_id as "providerId",
        ${p}.provider_name as "providerName",
        ${p}.payer as "payer",
        ${p}.last_visit as "lastVisit",
        ${p}.next_appointment as "nextAppointment",
        ${p}.conditions as "conditions",
        ${p}.open_gaps as "openGaps"`;
}

/** A `GapEvidence` as a struct. @param g alias of `care_gap`; without a row of it the struct is null */
export function gapEvidence(g: string): string {
  return `case when ${g}.pid is not null then {
            'gapStatus': ${g}.gap_status,
            'gapReason': ${g}.gap_reason,
            'detail': ${g}.detail,
            'latestDate': ${g}.latest_date,
            'latestValue': ${g}.latest_value,
            'latestUnit': ${g}.latest_unit,
            'closesWith': ${g}.closes_with
        } end`;
}

/** An `EvidenceResource` as a struct. @param s alias of `resource`; without a row of it the struct is null */
export function evidenceResource(s: string): string {
  return `case when ${s}.rid is not null then {
            'type': ${s}.type,
            'id': ${s}.id,
            'date': ${s}.date,
            'codeSystem': ${s}.code_system,
            'code': ${s}.code,
            'display': ${s}.display,
            'valueText': ${s}.value_text
        } end`;
}
