-- dateTimes keep the offset that they were stated with: typed tables from before are read again from the landing zone.
delete from registry.demand;
