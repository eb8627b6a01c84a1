-- grain: one row per cohort and patient
select
    cohort_member.cohort_id as cohort_id,
    cohort_member.pid as pid,
    cohort_member.first_evidence as first_evidence,
    cohort_member.latest_evidence as latest_evidence,
    cohort_member.first_rid as first_rid,
    cohort_member.latest_rid as latest_rid,
    cohort_member.evidence_count as evidence_count,
    cohort_member.qualification as qualification,
from intermediate.cohort_member as cohort_member
