-- What is known of the antennas of one site; null: as the equipment of the plan has it.
alter table sites
  add column azimuths_deg double precision[]
    check (cardinality(azimuths_deg) between 1 and 12 and 0 <= all (azimuths_deg) and 360 >= all (azimuths_deg)),
  add column electrical_tilt_deg double precision check (electrical_tilt_deg between -30 and 30),
  add column mechanical_tilt_deg double precision check (mechanical_tilt_deg between -30 and 30);
