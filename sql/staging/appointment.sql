-- grain: one row per appointment of a patient that still stands
select
    appointment.rid as rid,
    appointment.pid as pid,
    appointment."start".lo as starts_at,
from fhir."Appointment" as appointment
where appointment.pid is not null
    and appointment.status in ('booked', 'arrived', 'checked-in', 'pending', 'proposed')
