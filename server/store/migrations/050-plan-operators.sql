-- Plans for several operators: who stands at a site of the plan and what each pays, and the coverage as each operator sees it.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- { "operatorIds", "besideIds", "paymentsCny", "listPriceCny", "gainShare", "besideGainShare" }, null in a plan for one operator.
alter table plan_items add column sharing jsonb;

create table plan_operators (
  plan_id text collate "C" not null references plans on delete cascade,
  operator text collate "C" not null check (operator <> ''),
  place integer not null check (place >= 0),
  areas jsonb not null,
  districts jsonb not null,
  uncovered jsonb not null,
  -- As the engine encoded it; null for the first operator, whose raster is that of the plan (plan_rasters).
  raster bytea,
  primary key (plan_id, operator),
  check ((raster is null) = (place = 0))
);
create unique index plan_operators_order on plan_operators (plan_id, place);

-- What belongs to a deleted plan goes with it, also the rows the person who deletes it cannot see.
create or replace function empty_deleted_plan() returns trigger language plpgsql security definer set search_path from current as $$
begin
  delete from plan_items where plan_id = new.id;
  delete from plan_rasters where plan_id = new.id;
  delete from plan_operators where plan_id = new.id;
  delete from plan_certificates where plan_id = new.id;
  return null;
end $$;

grant select on plan_operators to zhanzhi_app, zhanzhi_masked;
grant delete on plan_operators to zhanzhi_app;
alter table plan_operators enable row level security;
alter table plan_operators force row level security;
create policy system on plan_operators to current_user using (true) with check (true);
create policy plan_operators_read on plan_operators for select to zhanzhi_app, zhanzhi_masked using (
  plan_id in (select p.id from plans p));
create policy plan_operators_delete on plan_operators for delete to zhanzhi_app using (
  (select may('plan:update')) and plan_id in (select p.id from plans p where p.deleted_at is not null));
