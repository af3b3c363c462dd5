-- Target areas are submitted and approved (domain reference, 3: planner S, district and city K). An approval is a numbered copy of what was
-- approved that nothing changes or removes any more: re-basing a target never deletes the old one (1.3). A changed area is a draft again;
-- whoever submitted or last changed it does not decide it. Water is ground (kind 水域): nobody approves it, and everybody who sees the
-- ground sees it.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

alter table target_areas
  add column state text not null default '草稿' check (state in ('草稿', '已送审', '已批准', '退回')),
  add column state_since timestamptz not null default now(),
  -- Who made the last step, and the reason given with it.
  add column state_by text not null default '',
  add column state_note text not null default '' check (length(state_note) <= 500),
  add column submitted_at timestamptz,
  add column submitted_by text collate "C",
  add column submitted_name text not null default '',
  -- Who last changed what it says; NULL: the system, or before it was noted.
  add column changed_by text collate "C" default my_account(),
  -- What the area is to reach (domain reference, 4.4); NULL: each plan says it.
  add column coverage_rule text check (btrim(coverage_rule) <> '' and length(coverage_rule) <= 50),
  add column target_share double precision check (target_share > 0 and target_share <= 1),
  add column deadline date,
  -- Of the paper the approval in force was given with.
  add column document_no text not null default '' check (length(document_no) <= 100),
  -- Raised by every change of what it says or how it stands: If-Match of the interface.
  add column version integer not null default 1;
create index target_areas_open on target_areas (state) where state in ('已送审', '退回');

create table area_approvals (
  id bigint generated always as identity primary key,
  area_id text collate "C" not null references target_areas,
  -- 1, 2, 3 … of its area.
  number integer not null check (number > 0),
  name text not null,
  kind text not null,
  geom geometry(MultiPolygon, 4490) not null,
  area_km2 double precision not null,
  coverage_rule text,
  target_share double precision,
  deadline date,
  document_no text not null default '',
  note text not null default '',
  submitted_name text not null default '',
  by_account text collate "C" default my_account(),
  by_name text not null default coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
  at timestamptz not null default now(),
  unique (area_id, number)
);
create trigger area_approvals_append_only before update or delete or truncate on area_approvals
  for each statement execute function refuse_change();

-- What follows from a change ------------------------------------------------------------------------------------------------

/* Which of its fields differ, by the names of the interface. */
create function area_differences(one record, other record) returns text[] language plpgsql immutable as $$
begin
  return array_remove(array[
    case when one.name is distinct from other.name then 'name' end,
    case when one.kind is distinct from other.kind then 'kind' end,
    case when one.geom is distinct from other.geom then 'geom' end,
    case when one.coverage_rule is distinct from other.coverage_rule then 'coverageRule' end,
    case when one.target_share is distinct from other.target_share then 'targetShare' end,
    case when one.deadline is distinct from other.deadline then 'deadline' end], null);
end $$;

create function keep_area() returns trigger language plpgsql security definer set search_path from current as $$
declare
  me constant text := my_account();
  my_name constant text := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  reason constant text := btrim(coalesce(current_setting('zhanzhi.reason', true), ''));
  asked constant text := new.state;
  document constant text := new.document_no;
begin
  if tg_op = 'INSERT' then
    if me is not null then
      new.state := '草稿'; new.state_since := now(); new.state_by := my_name; new.state_note := '';
      new.submitted_at := null; new.submitted_by := null; new.submitted_name := ''; new.changed_by := me;
      new.document_no := ''; new.version := 1; new.created_at := now(); new.area_km2 := ST_Area(new.geom::geography) / 1e6;
    end if;
    return new;
  end if;
  if new.id <> old.id then raise exception 'ids stay' using errcode = '42501'; end if;
  new.created_at := old.created_at;
  new.state_since := old.state_since; new.state_by := old.state_by; new.state_note := old.state_note;
  new.submitted_at := old.submitted_at; new.submitted_by := old.submitted_by; new.submitted_name := old.submitted_name;
  new.changed_by := old.changed_by; new.document_no := old.document_no; new.version := old.version;
  -- districts follow the outlines: of the area, or of the districts themselves, which are moved by a trigger
  if me is not null and new.geom = old.geom and pg_trigger_depth() = 1 then new.district_codes := old.district_codes; end if;
  -- it follows the outline
  if new.geom = old.geom then new.area_km2 := old.area_km2; else new.area_km2 := ST_Area(new.geom::geography) / 1e6; end if;
  if area_differences(old, new) <> '{}' then
    if asked <> old.state then
      raise exception 'an area is changed or moved on, not both at once' using errcode = '23514', constraint = 'state_move';
    end if;
    new.changed_by := me;
    new.version := old.version + 1;
    if old.state in ('已送审', '已批准') then
      new.state := '草稿'; new.state_since := now(); new.state_by := my_name; new.state_note := left(reason, 500);
      new.document_no := '';
    end if;
  elsif asked <> old.state then
    if old.state = '已批准' then
      raise exception 'what was approved is only re-based by changing it' using errcode = '23514', constraint = 'areas_unchanged';
    elsif asked in ('已送审', '已批准') and new.kind = '水域' then
      raise exception 'water is no target' using errcode = '23514', constraint = 'areas_water';
    elsif old.state = '已送审' and asked in ('已批准', '退回') and me in (old.submitted_by, old.changed_by) then
      raise exception 'nobody decides what they submitted or changed' using errcode = '23514', constraint = 'areas_not_own';
    end if;
    new.version := old.version + 1;
    new.state_since := now(); new.state_by := my_name; new.state_note := left(reason, 500);
    if asked = '已送审' then
      new.submitted_at := now(); new.submitted_by := me; new.submitted_name := my_name;
    elsif asked = '已批准' then
      new.document_no := btrim(document);
    end if;
  end if;
  return new;
end $$;
create trigger target_areas_kept before insert or update on target_areas for each row execute function keep_area();

create trigger target_areas_moves_new after insert on target_areas referencing new table as written
  for each statement execute function check_move('草稿');
create trigger target_areas_moves after update on target_areas referencing old table as was new table as written
  for each statement execute function check_move('草稿');

/* The row policy lets through whoever may change anything of an area; this tells apart what. */
create function check_area_change() returns trigger language plpgsql security definer set search_path from current as $$
declare
  change record;
begin
  if my_account() is null then return null; end if;
  for change in
    -- once for each kind of change: asking what is within reach is dear
    select distinct o.district_codes as codes, o.state as old_state, n.state as new_state,
           area_differences(o, n) <> '{}' or (o.source_file, o.import_id) is distinct from (n.source_file, n.import_id) as edited,
           n.district_codes as new_codes
      from was o join written n on n.id = o.id
  loop
    if change.edited then
      if not lies_within('{area:change}', change.codes) or not lies_within('{area:change}', change.new_codes) then
        raise exception 'this change of an area is not allowed' using errcode = '42501';
      end if;
    elsif change.old_state <> change.new_state and not lies_within(
        array(select m.permission from state_moves m where m.noun = 'target_areas' and m.from_state = change.old_state
                 and m.to_state = change.new_state), change.codes) then
      raise exception 'this step of an area is not allowed' using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;
create trigger target_areas_checked after update on target_areas referencing old table as was new table as written
  for each statement execute function check_area_change();

/* What is approved is copied under the next number of its area, whose row is locked by the change. */
create function hold_area_approval() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into area_approvals (area_id, number, name, kind, geom, area_km2, coverage_rule, target_share, deadline, document_no, note,
      submitted_name)
    values (new.id, 1 + coalesce((select max(a.number) from area_approvals a where a.area_id = new.id), 0), new.name, new.kind, new.geom,
      new.area_km2, new.coverage_rule, new.target_share, new.deadline, new.document_no, new.state_note, new.submitted_name);
  return null;
end $$;
create trigger target_areas_held after update of state on target_areas for each row
  when (old.state <> new.state and new.state = '已批准') execute function hold_area_approval();

create function keep_approved_area() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if exists (select from area_approvals a where a.area_id = old.id) then
    raise exception 'an area that was approved stays' using errcode = '23514', constraint = 'areas_approved';
  end if;
  return old;
end $$;
create trigger target_areas_stay before delete on target_areas for each row execute function keep_approved_area();

/* A district hears of what was submitted in it, and of what it has or had to decide and is changed; of what lies in several, whoever has
   all of them. Whoever submitted hears the decision. Many at once are one notice. */
create function tell_of_areas() returns trigger language plpgsql security definer set search_path from current as $$
declare
  my_name constant text := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
begin
  perform tell_whole(told.kind || case when told.areas > 1 then '-many' else '' end, 'area', told.id,
               jsonb_build_object('name', told.name, 'areas', told.areas, 'by', my_name),
               case when cardinality(told.codes) = 1 then '{district}' else '{district,city}' end::text[], told.codes)
     from (select case when n.state = '已送审' then 'area-submitted' else 'area-changed' end as kind, n.district_codes as codes,
                  min(n.id) as id, (array_agg(n.name order by n.id))[1] as name, count(*) as areas
             from was o join written n on n.id = o.id
            where o.state <> n.state and (n.state = '已送审' or (n.state = '草稿' and area_differences(o, n) <> '{}'))
            group by 1, 2) as told;
  perform tell(case told.state when '已批准' then 'area-approved' else 'area-returned' end
                 || case when told.areas > 1 then '-many' else '' end, 'area', told.id,
               jsonb_build_object('name', told.name, 'areas', told.areas, 'by', my_name, 'reason', told.note),
               to_account => told.submitted_by)
     from (select n.submitted_by, n.state, n.state_note as note, min(n.id) as id, (array_agg(n.name order by n.id))[1] as name,
                  count(*) as areas
             from was o join written n on n.id = o.id
            where o.state = '已送审' and n.state in ('已批准', '退回') and n.submitted_by is not null group by 1, 2, 3) as told;
  return null;
end $$;
create trigger target_areas_told after update on target_areas referencing old table as was new table as written
  for each statement execute function tell_of_areas();

-- History -------------------------------------------------------------------------------------------------------------

drop trigger target_areas_audit_new on target_areas;
drop trigger target_areas_audit_change on target_areas;
create trigger target_areas_audit_new after insert on target_areas for each row when (new.import_id is null)
  execute function audit_row('area', 'id', 'state_since', 'state_by', 'state_note', 'submitted_at', 'submitted_by', 'submitted_name',
    'changed_by', 'created_at', 'version');
-- The outlines of districts also move codes, and a file says what it changed: both are told by their import; a step never is.
create trigger target_areas_audit_change after update on target_areas for each row
  when (new.state <> old.state or new.import_id is null or new.import_id = old.import_id)
  execute function audit_row('area', 'id', 'district_codes', 'source_file', 'import_id', 'state_since', 'state_by', 'state_note', 'submitted_at',
    'submitted_by', 'submitted_name', 'changed_by', 'version');
create trigger area_approvals_audit after insert on area_approvals for each row
  execute function audit_row('area-approval', 'area_id', 'id', 'by_account', 'by_name', 'at', 'submitted_name');

create function area_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    object text, action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
begin
  if my_account() is not null and not exists (select from target_areas a where a.id = wanted
       and (reaches_all('area:read') or a.district_codes && my_wider_districts('area:read'))) then return; end if;
  return query
    select h.seq, h.at, h.account_name, h.role, h.object, h.action,
           case when hides then mask_decimals(h.before::text)::json else h.before end,
           case when hides then mask_decimals(h.after::text)::json else h.after end,
           case when hides then mask_decimals(h.reason) else h.reason end
      from audit_records h where h.object in ('area', 'area-approval') and h.object_id = wanted order by h.seq desc;
end $$;

-- How the areas of a plan stood when it was made -----------------------------------------------------------------------------

-- [{"areaId", "name", "state", "number"}], number of the approval in force, null without; NULL: made before it was noted.
alter table plans add column area_standing jsonb check (jsonb_typeof(area_standing) = 'array');

/* Noted when it is asked for, and again when a worker takes it up and reads the areas. */
create function note_area_standing() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.area_standing := coalesce((
    select jsonb_agg(jsonb_build_object('areaId', a.id, 'name', a.name, 'state', a.state, 'number', case when a.state = '已批准'
             then (select max(p.number) from area_approvals p where p.area_id = a.id) end) order by asked.place)
      from jsonb_array_elements_text(new.request->'areaIds') with ordinality as asked (id, place)
      join target_areas a on a.id = asked.id), '[]');
  return new;
end $$;
create trigger plans_area_standing before insert on plans for each row execute function note_area_standing();
create trigger plans_area_standing_again before update of state on plans for each row
  when (old.state = 'queued' and new.state = 'running') execute function note_area_standing();

-- To 0.001 degrees: places may be written into texts ------------------------------------------------------------------------

create view masked.target_areas as
  select id, name, kind, geom, area_km2, source_file, import_id, created_at, district_codes, state, state_since, state_by,
         mask_decimals(state_note) as state_note, submitted_at, submitted_by, submitted_name, changed_by, coverage_rule, target_share,
         deadline, document_no, version
    from public.target_areas;
create view masked.area_approvals as
  select id, area_id, number, name, kind, geom, area_km2, coverage_rule, target_share, deadline, document_no,
         mask_decimals(note) as note, submitted_name, by_account, by_name, at
    from public.area_approvals;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.target_areas owner to zhanzhi_views;
alter view masked.area_approvals owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.target_areas, masked.area_approvals to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------

revoke select on target_areas from zhanzhi_masked;
grant select on target_areas, area_approvals to zhanzhi_views;
grant select on area_approvals to zhanzhi_app;
revoke execute on function keep_area(), check_area_change(), hold_area_approval(), keep_approved_area(), tell_of_areas(),
  note_area_standing(), area_history(text) from public;
grant execute on function area_history(text) to zhanzhi_app, zhanzhi_masked;

alter table area_approvals enable row level security;
alter table area_approvals force row level security;
create policy system on area_approvals to current_user using (true) with check (true);
create policy area_approvals_read on area_approvals for select to zhanzhi_app, zhanzhi_views using (
  (select may('area:read')) and area_id in (select a.id from target_areas a));

drop policy target_areas_read on target_areas;
create policy target_areas_read on target_areas for select to zhanzhi_app, zhanzhi_views using (
  (select reaches_all('area:read')) or district_codes && (select my_wider_districts('area:read'))::text[]);
create policy target_areas_read_water on target_areas for select to zhanzhi_app, zhanzhi_views using (
  kind = '水域' and (select may('ground:read')));
drop policy target_areas_update on target_areas;
create policy target_areas_update on target_areas for update to zhanzhi_app using (
  (select reaches_all_by('{area:change,area:submit,area:decide}'))
  or (district_codes <> '{}' and (district_codes <@ (select my_districts('area:change'))::text[]
      or district_codes <@ (select my_districts('area:submit'))::text[]
      or district_codes <@ (select my_districts('area:decide'))::text[])));
