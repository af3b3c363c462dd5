-- What a site of a plan is equipped with: { "id", "name", "profileId", "heightM", "azimuthsDeg" }, null where it is as listed.
alter table plan_items add column configuration jsonb;
