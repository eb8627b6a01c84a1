-- grain: one row per appointment of a patient that still stands
select
    appointment.rid as rid,
    appointment.pid as pid,
    -- the day on the clock of the place, as it was stated
    (appointment."start".lo + to_minutes(appointment."start".zone))::date as starts_on,
from fhir."Appointment" as appointment
where appointment.pid is not null
    and appointment.status in ('booked', 'arrived', 'checked-in', 'pending', 'proposed')
