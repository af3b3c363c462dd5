-- A result is stated with the version of the engine that computed it, not with the one that reads it later.
alter table plans add column engine_version text check (engine_version <> '');
-- until here there was only one
update plans set engine_version = '0.1.0' where state = 'done';
alter table plans add check (state <> 'done' or engine_version is not null);
