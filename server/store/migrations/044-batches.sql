-- Review batches (批次): rows submitted together, opinions of towns and departments, decisions that can be undone until the batch is
-- closed. Decisions and opinions are only ever added, each against the version of the row that was looked at; what holds is
-- worked out onto the row by triggers. Nobody decides what they submitted. A closed batch never changes.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table batches (
  id text collate "C" primary key check (id <> ''),
  -- District, year and serial: given when it is submitted, so that the numbers have no gap.
  number text unique,
  year integer,
  serial integer check (serial > 0),
  title text not null check (btrim(title) <> ''),
  state text not null default '草稿' check (state in ('草稿', '已提交', '审查中', '已关闭', '已撤回')),
  district_code text not null check (district_code <> ''),
  plan_id text collate "C" references plans,
  -- Of all its rows.
  for_operators text[] not null default '{}',
  addressee text not null default '',
  office text not null default '',
  note text not null default '',
  -- Of whoever made it: its people may change the draft and answer what comes back.
  organisation text not null default coalesce(current_setting('zhanzhi.organisation', true), ''),
  created_at timestamptz not null default now(),
  created_by text collate "C" default my_account(),
  created_name text not null default coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
  submitted_at timestamptz,
  submitted_by text collate "C",
  submitted_name text,
  closed_at timestamptz,
  closed_by text collate "C",
  closed_name text,
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  unique (district_code, year, serial),
  constraint batches_number check ((submitted_at is null) = (number is null)),
  constraint batches_closed check ((state = '已关闭') = (closed_at is not null))
);
create index batches_district on batches (district_code, state);
create index batches_state on batches (state collate "C", id);
create index batches_updated on batches (updated_at, id);
create index batches_plan on batches (plan_id);

create table batch_rows (
  id text collate "C" primary key check (id <> ''),
  batch_id text collate "C" not null references batches on delete cascade,
  place integer not null check (place > 0),
  plan_id text collate "C" references plans,
  site_id text collate "C" not null references sites,
  resource_id text collate "C" references resources deferrable initially deferred,
  -- What is proposed, as site, library and submitter had it when the row was made or came back.
  code text collate "C" not null,
  name text collate "C" not null,
  address text not null default '',
  geom geometry(Point, 4490) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  lon double precision not null generated always as (ST_X(geom)) stored,
  lat double precision not null generated always as (ST_Y(geom)) stored,
  resource_type text,
  structure text not null check (structure in ('pole', 'roof', 'tower')),
  district_code text not null,
  town_code text not null default '',
  owner text collate "C" not null default '',
  -- NULL: the site is not in the library.
  consent text check (consent in ('confirmed', 'whitelisted', 'missing')),
  resource_state text,
  height_m double precision not null check (height_m > 0 and height_m <= 1000),
  build_mode text not null check (build_mode in ('直接利用', '改造', '替换', '新建')),
  cost_cny bigint not null check (cost_cny between 0 and 1000000000),
  for_operators text[] not null default '{}' check (array_position(for_operators, null) is null and cardinality(for_operators) <= 8),
  profile_id text,
  power_mode text,
  structure_check text,
  constraint_flags text[] not null default '{}',
  note text not null default '',
  checks jsonb not null default '[]' check (jsonb_typeof(checks) = 'array'),
  checked_at timestamptz not null default now(),
  -- Worked out from batch_opinions and batch_decisions.
  town_opinion jsonb,
  department_opinions jsonb not null default '[]',
  decision text check (decision in ('同意', '退回补正', '不同意', '转问题')),
  reason_code text,
  reason_text text not null default '',
  decided_by text collate "C",
  decided_name text,
  decided_at timestamptz,
  -- One more each time it comes back, with what differs from the row that was returned.
  round integer not null default 1 check (round > 0),
  changes jsonb not null default '[]' check (jsonb_typeof(changes) = 'array'),
  -- Whoever changed what is proposed: they decide nothing on it either.
  amended_by text[] not null default '{}',
  town_due_at timestamptz,
  due_at timestamptz,
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  -- as operators see it
  masked_geom geometry(Point, 4490) not null generated always as (mask_place(ST_X(geom), ST_Y(geom))) stored,
  unique (batch_id, site_id),
  unique (batch_id, place)
);
create index batch_rows_site on batch_rows (site_id);
create index batch_rows_geom on batch_rows using gist (geom);
create index batch_rows_undecided on batch_rows (batch_id, due_at) where decision is null;

create table batch_opinions (
  id bigint generated always as identity primary key,
  batch_id text collate "C" not null references batches on delete cascade,
  row_id text collate "C" not null references batch_rows on delete cascade,
  -- '': the town itself; otherwise recorded by the district.
  department text not null default '' check (length(department) <= 50),
  opinion text not null check (opinion in ('同意', '有条件同意', '不同意')),
  body text not null default '',
  -- Of the row that was looked at.
  seen_version integer not null,
  by_account text collate "C" default my_account(),
  by_name text not null default coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
  at timestamptz not null default now(),
  constraint batch_opinions_reason check (opinion = '同意' or btrim(body) <> '')
);
create index batch_opinions_row on batch_opinions (row_id, id);
create index batch_opinions_batch on batch_opinions (batch_id);

create table batch_decisions (
  id bigint generated always as identity primary key,
  -- Everything decided in one call.
  act_id text collate "C" not null check (act_id <> ''),
  batch_id text collate "C" not null references batches on delete cascade,
  row_id text collate "C" not null references batch_rows on delete cascade,
  round integer not null,
  -- NULL: takes back `undoes`.
  decision text check (decision in ('同意', '退回补正', '不同意', '转问题')),
  undoes bigint unique references batch_decisions,
  reason_code text check (reason_code in
    ('产权单位不同意', '居民投诉风险', '景观或文保限制', '拟拆除或拟并杆', '电力引入困难', '管线引入困难', '材料不全', '其他')),
  reason_text text not null default '',
  seen_version integer not null,
  decided_by text collate "C" default my_account(),
  decided_name text not null default coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
  at timestamptz not null default now(),
  constraint batch_decisions_kind check ((decision is null) = (undoes is not null)),
  constraint batch_decisions_reason check (decision is null or decision = '同意' or reason_code is not null),
  constraint batch_decisions_other check (reason_code is distinct from '其他' or btrim(reason_text) <> '')
);
create index batch_decisions_row on batch_decisions (row_id, id);
create index batch_decisions_act on batch_decisions (batch_id, decided_by, id);

-- Facts ----------------------------------------------------------------------------------------------------------------

/* An operator reads what is for it; everybody else is not asked. */
create function for_me_as_operator(operators text[]) returns boolean stable parallel safe
  return coalesce(current_setting('zhanzhi.role', true), '') <> 'operator'
    or current_setting('zhanzhi.organisation', true) = any (operators);

/* Metres between two shapes that are not far apart: degrees stretched to metres at the latitude of the first. */
create function near_distance_m(place geometry, other geometry) returns double precision immutable parallel safe
  return ST_Distance(ST_Scale(place, 111195.08 * cosd(ST_Y(place)), 111195.08),
                     ST_Scale(other, 111195.08 * cosd(ST_Y(place)), 111195.08));

create function box_around(place geometry, radius_m double precision) returns geometry immutable parallel safe
  return ST_Expand(place, radius_m / (111195.08 * greatest(cosd(ST_Y(place)), 0.01)), radius_m / 111195.08);

/* What the automatic checks go by, for places that are or shall be rows of the batch: [{siteId, resourceId, lon, lat, heightM,
   structure, districtCode}]. It looks at all rows, also those of others, and tells their codes within the same district only. */
create function batch_check_facts(batch text, listed json) returns table (place bigint, facts json)
  language plpgsql stable security definer set search_path from current as $$
declare
  duplicate_m constant double precision := setting_number('duplicate.radius_m', 50);
  tower_m constant double precision := greatest(setting_number('tower.spacing_settlement_m', 500),
                                                setting_number('tower.spacing_other_m', 3000));
begin
  return query
  with asked as materialized (
    select l.site_id, l.resource_id, l.height_m, l.structure, l.district_code, l.place,
           ST_SetSRID(ST_MakePoint(l.lon, l.lat), 4490) as geom
      from rows from (json_to_recordset(listed) as ("siteId" text, "resourceId" text, lon float8, lat float8, "heightM" float8,
             structure text, "districtCode" text)) with ordinality
        as l (site_id, resource_id, lon, lat, height_m, structure, district_code, place)
  ), beside as materialized (
    select a.site_id, s.code, a.geom, a.structure, a.district_code from asked a join sites s on s.id = a.site_id
    union all
    select r.site_id, r.code, r.geom, r.structure, r.district_code from batch_rows r join batches b on b.id = r.batch_id
     where (b.state in ('已提交', '审查中') or b.id = batch) and not exists (select from asked a where a.site_id = r.site_id)
  )
  select a.place, json_build_object(
    'foundDistrictCode', district_at(a.geom),
    'outlineKnown', exists (select from districts d where d.code = a.district_code),
    'nearby', coalesce((select json_agg(json_build_object('kind', n.kind, 'code', n.code, 'distanceM', n.distance_m)
                                        order by n.distance_m, n.code)
       from (select * from (
               select 'row' as kind, case when o.district_code = a.district_code then o.code end as code,
                      near_distance_m(a.geom, o.geom) as distance_m
                 from beside o where o.site_id <> a.site_id and o.geom && box_around(a.geom, duplicate_m)
               union all
               select 'station', case when s.district_code = a.district_code then s.code end, near_distance_m(a.geom, s.geom)
                 from sites s where s.status = 'existing' and s.id <> a.site_id and s.geom && box_around(a.geom, duplicate_m)) as every
              where every.distance_m <= duplicate_m order by every.distance_m, every.code limit 5) as n), '[]'::json),
    'areaKinds', coalesce((select json_agg(distinct t.kind) from target_areas t where ST_Covers(t.geom, a.geom)), '[]'::json),
    'slotsFree', case when a.resource_id is not null then slots_free(a.resource_id) end,
    'towerM', case when a.structure = 'tower' then (
       select min(d.distance_m) from (
         select near_distance_m(a.geom, s.geom) as distance_m from sites s
          where s.structure = 'tower' and s.status = 'existing' and s.id <> a.site_id and s.geom && box_around(a.geom, tower_m)
         union all
         select near_distance_m(a.geom, o.geom) from beside o
          where o.structure = 'tower' and o.site_id <> a.site_id and o.geom && box_around(a.geom, tower_m)) as d
        where d.distance_m <= tower_m) end,
    'buildingsAround', case when exists (select from buildings b where b.geom && box_around(a.geom, 1000)) then
       (select count(*) from buildings b where b.geom && box_around(a.geom, 200) and near_distance_m(a.geom, b.geom) <= 200) end,
    'tallBuildingM', (select min(near_distance_m(a.geom, b.geom)) from buildings b
       where b.geom && box_around(a.geom, 250) and b.height_m >= a.height_m and not ST_Covers(b.geom, a.geom)
         and near_distance_m(a.geom, b.geom) <= 250),
    'buildingsWithoutHeight', (select count(*) from buildings b
       where b.geom && box_around(a.geom, 250) and b.height_m is null and near_distance_m(a.geom, b.geom) <= 250))
    from asked a;
end $$;

/* Cases past their review need none: the district agreed to them before. */
create function cases_agreed(site text, operators text[]) returns boolean
  language sql stable security definer set search_path from current as $$
  select cardinality(operators) > 0 and not exists (select from unnest(operators) as wanted (operator) where not exists (
    select from cases c where c.site_id = site and c.operator = wanted.operator
       and (c.state in ('列入计划', '报建备案', '建设', '交付', '开通', '验收', '迁改')
            or (c.listed_at is not null and c.state in ('认领', '谈点', '勘察设计')))))
$$;

/* Number of the open batch that holds the site for one of these operators; '' where it has none yet, NULL: none holds it. */
create function open_batch_of(site text, operators text[], except_batch text) returns text
  language sql stable security definer set search_path from current as $$
  select coalesce(b.number, '') from batch_rows r join batches b on b.id = r.batch_id
   where r.site_id = site and b.state in ('已提交', '审查中') and b.id is distinct from except_batch
     and (operators && r.for_operators or cardinality(operators) = 0) limit 1
$$;

-- Batches --------------------------------------------------------------------------------------------------------------

create function keep_batch() returns trigger language plpgsql security definer set search_path from current as $$
declare
  is_person constant boolean := my_account() is not null and pg_trigger_depth() = 1;
begin
  if tg_op = 'INSERT' then
    if my_account() is not null then
      new.created_by := my_account();
      new.number := null; new.year := null; new.serial := null;
      new.submitted_at := null; new.submitted_by := null; new.submitted_name := null;
      new.closed_at := null; new.closed_by := null; new.closed_name := null;
    end if;
    return new;
  end if;
  if new.id <> old.id or new.district_code <> old.district_code then raise exception 'ids stay' using errcode = '42501'; end if;
  if old.state in ('已关闭', '已撤回') then
    raise exception 'the batch is %', old.state using errcode = '23514', constraint = 'batches_open';
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  new.created_at := old.created_at; new.created_by := old.created_by; new.created_name := old.created_name;
  new.number := old.number; new.year := old.year; new.serial := old.serial;
  new.submitted_at := old.submitted_at; new.submitted_by := old.submitted_by; new.submitted_name := old.submitted_name;
  new.organisation := old.organisation;
  if is_person and (old.state = '草稿' or new.state = '已撤回') and not batch_is_mine(old.organisation, old.created_by) then
    raise exception 'the batch is somebody else''s' using errcode = '42501';
  end if;
  if is_person and old.state <> '草稿' and (new.title, new.note) is distinct from (old.title, old.note) then
    raise exception 'what was submitted stays' using errcode = '23514', constraint = 'batches_submitted';
  end if;
  if is_person and (new.addressee, new.office) is distinct from (old.addressee, old.office)
     and not batch_is_mine(old.organisation, old.created_by) and not within_reach('{batch:decide}', old.district_code, '', '') then
    raise exception 'the head of the letter is for whoever decides' using errcode = '42501';
  end if;
  if new.state = '已提交' and old.state = '草稿' then
    if not exists (select from batch_rows r where r.batch_id = new.id) then
      raise exception 'no rows' using errcode = '23514', constraint = 'batches_rows';
    elsif exists (select from batch_rows r where r.batch_id = new.id and r.for_operators = '{}') then
      raise exception 'a row is for nobody' using errcode = '23514', constraint = 'batches_operators';
    elsif exists (select from batch_rows r where r.batch_id = new.id
                   and open_batch_of(r.site_id, r.for_operators, new.id) is not null) then
      raise exception 'a site waits in another batch' using errcode = '23514', constraint = 'batches_site_open';
    end if;
    perform pg_advisory_xact_lock(4490144, hashtext(new.district_code));
    new.submitted_at := now();
    new.submitted_by := my_account();
    new.submitted_name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
    new.year := extract(year from now() at time zone 'Asia/Shanghai');
    new.serial := 1 + coalesce((select max(b.serial) from batches b
                                 where b.district_code = new.district_code and b.year = new.year), 0);
    new.number := new.district_code || '-' || new.year || '-' || lpad(new.serial::text, greatest(3, length(new.serial::text)), '0');
  elsif new.state = '已关闭' and old.state <> '已关闭' then
    if exists (select from batch_rows r where r.batch_id = new.id and r.decision is null) then
      raise exception 'rows are undecided' using errcode = '23514', constraint = 'batches_undecided';
    elsif my_account() in (new.created_by, new.submitted_by) then
      raise exception 'nobody closes what they submitted' using errcode = '23514', constraint = 'batches_not_own';
    end if;
    new.closed_at := now();
    new.closed_by := my_account();
    new.closed_name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  end if;
  return new;
end $$;

/* Whose draft it is: whoever made it, and the people of the same organisation. */
create function batch_is_mine(organisation text, created_by text) returns boolean stable parallel safe
  return created_by = my_account() or organisation = nullif(current_setting('zhanzhi.organisation', true), '');

create trigger batches_kept before insert or update on batches for each row execute function keep_batch();
create trigger batches_moves_new after insert on batches referencing new table as written
  for each statement execute function check_move('草稿');
create trigger batches_moves_changed after update on batches referencing old table as was new table as written
  for each statement execute function check_move('草稿');

/* Submitted: cases are declared, clocks run, the reviewers hear of it. Withdrawn: cases go back to where they were declared. */
create function follow_batch() returns trigger language plpgsql security definer set search_path from current as $$
declare
  row_of batch_rows;
  told jsonb;
begin
  told := jsonb_build_object('number', new.number, 'title', new.title,
    'rows', (select count(*) from batch_rows r where r.batch_id = new.id));
  if new.state = '已提交' then
    update batch_rows set town_due_at = add_working_days(now(), setting_number('batch.town_opinion_working_days', 5)::integer),
           due_at = add_working_days(now(), setting_number('batch.row_working_days', 10)::integer)
     where batch_id = new.id;
    for row_of in select * from batch_rows r where r.batch_id = new.id order by r.place loop
      perform declare_cases(row_of);
    end loop;
    perform schedule_batch(new.id);
    perform tell('batch-submitted', 'batch', new.id, told, to_role => 'district', to_district => new.district_code);
    perform tell('batch-town-asked', 'batch', new.id, told || jsonb_build_object('rows', count(*)),
                 to_role => 'town', to_district => new.district_code, to_town => r.town_code)
       from batch_rows r where r.batch_id = new.id and r.town_code <> '' group by r.town_code;
  elsif new.state = '已撤回' and old.state <> '草稿' then
    perform move_case(c.id, case when r.plan_id is null then '候选' else '入方案' end)
       from batch_rows r join cases c on c.site_id = r.site_id and c.operator = any (r.for_operators) and c.state in ('已申报', '审查中')
      where r.batch_id = new.id;
    perform unschedule('batch', new.id, 'batch_town'), unschedule('batch', new.id, 'batch_rows');
    perform tell('batch-withdrawn', 'batch', new.id, told, to_role => 'district', to_district => new.district_code);
  elsif new.state = '已关闭' then
    perform conclude_batch(new.id);
    perform unschedule('batch', new.id, 'batch_town'), unschedule('batch', new.id, 'batch_rows');
    told := told || (select jsonb_build_object('agreed', count(*) filter (where r.decision = '同意'),
        'returned', count(*) filter (where r.decision = '退回补正'), 'refused', count(*) filter (where r.decision = '不同意'),
        'problems', count(*) filter (where r.decision = '转问题')) from batch_rows r where r.batch_id = new.id);
    perform tell('batch-closed', 'batch', new.id, told, to_account => who)
       from (select distinct who from unnest(array[new.created_by, new.submitted_by]) as who where who is not null) as makers;
    perform tell('batch-closed', 'batch', new.id,
                 jsonb_build_object('number', new.number, 'title', new.title, 'rows', count(*), 'agreed', count(*) filter (where r.decision = '同意'),
                   'returned', count(*) filter (where r.decision = '退回补正'), 'refused', count(*) filter (where r.decision = '不同意'),
                   'problems', count(*) filter (where r.decision = '转问题')),
                 to_role => 'operator', to_organisation => operator)
       from batch_rows r, unnest(r.for_operators) as operator where r.batch_id = new.id group by operator;
  end if;
  return null;
end $$;
create trigger batches_followed after update of state on batches for each row
  when (old.state <> new.state) execute function follow_batch();

/* The case of each operator of a row, on the way to its decision; what is built or agreed already stays where it is. */
create function declare_cases(declared batch_rows) returns void language plpgsql security definer set search_path from current as $$
declare
  operator text;
  case_id text;
  at_state text;
begin
  foreach operator in array declared.for_operators loop
    case_id := open_case(declared.site_id, declared.plan_id, null, operator, '已申报');
    select c.state into at_state from cases c where c.id = case_id;
    if at_state = '需求' then
      perform move_case(case_id, '候选');
      at_state := '候选';
    end if;
    if at_state in ('候选', '入方案', '退回补正', '不同意', '疑难')
       or (at_state in ('认领', '谈点', '勘察设计') and (select c.listed_at is null from cases c where c.id = case_id)) then
      perform move_case(case_id, '已申报');
    end if;
  end loop;
end $$;

/* The clocks of an open batch: the next opinion and the next decision that will be due. A clock that has run out and waits for its
   turn stays while somebody is still to be reminded. */
create function schedule_batch(batch text) returns void language plpgsql security definer set search_path from current as $$
declare
  clock record;
begin
  select min(r.town_due_at) filter (where r.waits_for_town and r.town_due_at > now()) as next_town, bool_or(r.waits_for_town) as town_waits,
         min(r.due_at) filter (where r.decision is null and r.due_at > now()) as next_row, bool_or(r.decision is null) as row_waits
    into clock
    from (select n.*, n.town_opinion is null and n.decision is null and n.town_code <> '' as waits_for_town from batch_rows n
           where n.batch_id = batch) as r;
  if clock.next_town is not null then perform schedule('batch', batch, 'batch_town', clock.next_town);
  elsif not clock.town_waits then perform unschedule('batch', batch, 'batch_town'); end if;
  if clock.next_row is not null then perform schedule('batch', batch, 'batch_rows', clock.next_row);
  elsif not clock.row_waits then perform unschedule('batch', batch, 'batch_rows'); end if;
end $$;

/* Once for each date: the towns that have not spoken are reminded, and the district hears of it. */
create function due_batch_town(object_id text) returns void language plpgsql security definer set search_path from current as $$
declare
  held batches;
begin
  select * into held from batches b where b.id = object_id and b.state in ('已提交', '审查中');
  if not found then return; end if;
  perform tell('batch-town-due', 'batch', held.id, jsonb_build_object('number', held.number, 'title', held.title, 'rows', count(*)),
               to_role => to_role, to_district => held.district_code, to_town => case when to_role = 'town' then r.town_code end)
     from batch_rows r cross join unnest(array['town', 'district']) as to_role
    where r.batch_id = held.id and r.town_opinion is null and r.decision is null and r.town_code <> '' and r.town_due_at <= now()
    group by to_role, case when to_role = 'town' then r.town_code end;
  perform schedule_batch(held.id);
end $$;

create function due_batch_rows(object_id text) returns void language plpgsql security definer set search_path from current as $$
declare
  held batches;
  late bigint;
begin
  select * into held from batches b where b.id = object_id and b.state in ('已提交', '审查中');
  if not found then return; end if;
  select count(*) into late from batch_rows r where r.batch_id = held.id and r.decision is null and r.due_at <= now();
  if late > 0 then
    perform tell('batch-rows-due', 'batch', held.id, jsonb_build_object('number', held.number, 'title', held.title, 'rows', late),
                 to_role => 'district', to_district => held.district_code);
  end if;
  perform schedule_batch(held.id);
end $$;

/* What follows from the decisions of a batch that is closed: cases, problems, judgements on the plan. */
create function conclude_batch(batch text) returns void language plpgsql security definer set search_path from current as $$
declare
  held batches;
  row_of batch_rows;
begin
  select * into strict held from batches b where b.id = batch;
  for row_of in select * from batch_rows r where r.batch_id = batch and r.decision = '转问题' order by r.place loop
    perform raise_problem(
      case row_of.reason_code when '产权单位不同意' then '产权拒绝' when '居民投诉风险' then '居民投诉'
        when '拟拆除或拟并杆' then '拟拆除' when '电力引入困难' then '引电困难' when '管线引入困难' then '管线困难' else '其他' end,
      held.number || ' ' || row_of.name, row_of.reason_code || case when row_of.reason_text <> '' then '：' || row_of.reason_text else '' end,
      jsonb_build_array(jsonb_build_object('noun', 'batch-row', 'id', row_of.id), jsonb_build_object('noun', 'site', 'id', row_of.site_id))
        || coalesce((select jsonb_agg(jsonb_build_object('noun', 'case', 'id', c.id) order by c.id) from cases c
                      where c.site_id = row_of.site_id and c.operator = any (row_of.for_operators) and c.state in ('已申报', '审查中')), '[]'),
      row_of.district_code, row_of.town_code, '');
  end loop;
  -- all at once: what follows from a state is asked for each statement
  update cases c set state = case r.decision when '同意' then '列入计划' when '转问题' then '疑难' else r.decision end from batch_rows r
   where r.batch_id = batch and c.site_id = r.site_id and c.operator = any (r.for_operators) and c.state in ('已申报', '审查中');
  -- a re-plan leaves out what was refused; what is worked on stays chosen
  insert into reviews (plan_id, site_id, decision, reason_code, reason_text, reviewer)
  select r.plan_id, r.site_id, case when r.decision in ('同意', '不同意') then r.decision else '退回' end, r.reason_code, r.reason_text,
         r.decided_name
    from batch_rows r join plans p on p.id = r.plan_id and p.deleted_at is null
   where r.batch_id = batch order by r.place;
end $$;

-- Rows ------------------------------------------------------------------------------------------------------------------

create function keep_batch_row() returns trigger language plpgsql security definer set search_path from current as $$
declare
  is_person constant boolean := my_account() is not null and pg_trigger_depth() = 1;
  held batches;
begin
  if tg_op <> 'INSERT' and not is_person then
    if tg_op = 'DELETE' then return old; end if;
    new.version := old.version + 1;
    new.updated_at := now();
    return new;
  end if;
  select * into held from batches b where b.id = case tg_op when 'DELETE' then old.batch_id else new.batch_id end for update;
  if my_account() is not null then
    if not batch_is_mine(held.organisation, held.created_by) then
      raise exception 'the batch is somebody else''s' using errcode = '42501';
    elsif tg_op <> 'UPDATE' and held.state <> '草稿' then
      raise exception 'what was submitted stays' using errcode = '23514', constraint = 'batches_submitted';
    end if;
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if tg_op = 'INSERT' then
    if new.district_code <> held.district_code then
      raise exception 'a row of another district' using errcode = '23514', constraint = 'batch_rows_district';
    end if;
    if my_account() is not null then
      new.town_opinion := null; new.department_opinions := '[]'; new.amended_by := '{}';
      -- returned by the last batch that was closed: it goes on where that ended
      new.round := 1 + coalesce((select case when r.decision = '退回补正' then r.round else 0 end
        from batch_rows r join batches b on b.id = r.batch_id
       where r.site_id = new.site_id and b.state = '已关闭' order by b.closed_at desc, b.id limit 1), 0);
      if new.round = 1 then new.changes := '[]'; end if;
      new.decision := null; new.reason_code := null; new.reason_text := ''; new.decided_by := null; new.decided_name := null;
      new.decided_at := null; new.town_due_at := null; new.due_at := null;
    end if;
    return new;
  end if;
  if new.id <> old.id or new.batch_id <> old.batch_id or new.site_id <> old.site_id then
    raise exception 'ids stay' using errcode = '42501';
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  if held.state = '草稿' then
    new.round := old.round;
    if new.round = 1 then new.changes := '[]'; end if;
  elsif held.state in ('已提交', '审查中') and old.decision = '退回补正' then
    -- it comes back: undecided, with what changed
    new.round := old.round + 1;
    if new.changes = '[]' then
      raise exception 'nothing was changed' using errcode = '23514', constraint = 'batch_rows_unchanged';
    elsif new.for_operators = '{}' then
      raise exception 'a row is for nobody' using errcode = '23514', constraint = 'batches_operators';
    end if;
    new.decision := null; new.reason_code := null; new.reason_text := ''; new.decided_by := null; new.decided_name := null;
    new.decided_at := null;
    new.due_at := add_working_days(now(), setting_number('batch.row_working_days', 10)::integer);
    new.amended_by := array(select distinct who from unnest(old.amended_by || my_account()) as who);
  else
    raise exception 'only a returned row is amended' using errcode = '23514', constraint = 'batch_rows_not_returned';
  end if;
  return new;
end $$;
create trigger batch_rows_kept before insert or update or delete on batch_rows for each row execute function keep_batch_row();

/* The operators of a batch are those of its rows. A row that came back is told to the reviewers. */
create function follow_batch_rows() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update batches b set for_operators = found.operators
    from (select w.batch_id, array(select distinct o from batch_rows r, unnest(r.for_operators) as o
                                    where r.batch_id = w.batch_id order by o) as operators
            from (select distinct batch_id from written) as w) as found
   where b.id = found.batch_id and b.for_operators <> found.operators and b.state not in ('已关闭', '已撤回');
  return null;
end $$;
create trigger batch_rows_added after insert on batch_rows referencing new table as written
  for each statement execute function follow_batch_rows();
create trigger batch_rows_changed after update on batch_rows referencing new table as written
  for each statement execute function follow_batch_rows();
create trigger batch_rows_removed after delete on batch_rows referencing old table as written
  for each statement execute function follow_batch_rows();

create function tell_resubmitted() returns trigger language plpgsql security definer set search_path from current as $$
declare
  held batches;
begin
  select * into held from batches b where b.id = new.batch_id;
  perform declare_cases(new);
  perform schedule_batch(new.batch_id);
  perform tell('batch-row-back', 'batch', new.batch_id, jsonb_build_object('number', held.number, 'title', held.title,
    'place', new.place, 'name', new.name), to_role => 'district', to_district => held.district_code);
  return null;
end $$;
create trigger batch_rows_back after update of round on batch_rows for each row
  when (new.round > old.round) execute function tell_resubmitted();

-- Opinions and decisions -------------------------------------------------------------------------------------------------

/* Locks the batch, so that nothing is added while it is being closed, and the row as it was looked at. */
create function row_to_judge(batch text, judged text, seen integer) returns batch_rows
  language plpgsql security definer set search_path from current as $$
declare
  held batches;
  found_row batch_rows;
begin
  select * into held from batches b where b.id = batch for update;
  if held.state is null or held.state not in ('已提交', '审查中') then
    raise exception 'the batch is not open' using errcode = '23514', constraint = 'batches_open';
  end if;
  select * into found_row from batch_rows r where r.id = judged and r.batch_id = batch for update;
  if found_row.id is null then raise exception 'there is no such row' using errcode = '23503'; end if;
  if found_row.version <> seen then
    raise exception 'the row was changed meanwhile' using errcode = '23514', constraint = 'batch_rows_stale';
  end if;
  return found_row;
end $$;

create function keep_batch_opinion() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform row_to_judge(new.batch_id, new.row_id, new.seen_version);
  if my_account() is not null then
    new.by_account := my_account();
    new.by_name := current_setting('zhanzhi.name', true);
  end if;
  new.at := now();
  return new;
end $$;
create trigger batch_opinions_kept before insert on batch_opinions for each row execute function keep_batch_opinion();

/* Of a row of batch_opinions, as it stands on the row. */
create function opinion_json(opinion text, body text, by_name text, at timestamptz) returns jsonb stable parallel safe
  return jsonb_build_object('opinion', opinion, 'text', body, 'byName', by_name,
    'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));

create function apply_batch_opinions() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update batch_rows r
     set town_opinion = coalesce((select opinion_json(o.opinion, o.body, o.by_name, o.at) from batch_opinions o
                                   where o.row_id = r.id and o.department = '' order by o.id desc limit 1), r.town_opinion),
         department_opinions = coalesce((select jsonb_agg(opinion_json(o.opinion, o.body, o.by_name, o.at) || jsonb_build_object('department', o.department) order by o.first_id)
           from (select distinct on (d.department) d.*, min(d.id) over (partition by d.department) as first_id from batch_opinions d
                  where d.row_id = r.id and d.department <> '' order by d.department, d.id desc) as o), '[]')
   where r.id in (select a.row_id from added a);
  perform begin_review(batch_id, array_agg(row_id)) from added group by batch_id;
  return null;
end $$;
create trigger batch_opinions_applied after insert on batch_opinions referencing new table as added
  for each statement execute function apply_batch_opinions();

/* The first word on a batch puts it, and the first word on a row its cases, under review. */
create function begin_review(batch text, judged text[]) returns void language plpgsql security definer set search_path from current as $$
begin
  update batches b set state = '审查中' where b.id = batch and b.state = '已提交';
  -- all at once: what follows from a state is asked for each statement
  update cases c set state = '审查中' from batch_rows r
   where r.id = any (judged) and c.site_id = r.site_id and c.operator = any (r.for_operators) and c.state = '已申报';
  perform schedule_batch(batch);
end $$;

create function keep_batch_decision() returns trigger language plpgsql security definer set search_path from current as $$
declare
  judged batch_rows;
  held batches;
  taken_back batch_decisions;
begin
  judged := row_to_judge(new.batch_id, new.row_id, new.seen_version);
  if my_account() is not null then
    new.decided_by := my_account();
    new.decided_name := current_setting('zhanzhi.name', true);
  end if;
  new.at := now();
  new.round := judged.round;
  select * into held from batches b where b.id = new.batch_id;
  if new.decided_by in (held.created_by, held.submitted_by) or new.decided_by = any (judged.amended_by) then
    raise exception 'nobody decides what they submitted' using errcode = '23514', constraint = 'batches_not_own';
  end if;
  if new.undoes is not null then
    select * into taken_back from batch_decisions d where d.id = new.undoes;
    if taken_back.row_id is distinct from new.row_id or taken_back.undoes is not null then
      raise exception 'there is nothing to take back' using errcode = '23503';
    elsif taken_back.round <> judged.round or taken_back.decided_by is distinct from new.decided_by
          or new.undoes <> (select max(d.id) from batch_decisions d where d.row_id = judged.id and d.undoes is null
                               and not exists (select from batch_decisions u where u.undoes = d.id)) then
      raise exception 'the row was decided again since' using errcode = '23514', constraint = 'batch_decisions_last';
    end if;
  end if;
  return new;
end $$;
create trigger batch_decisions_kept before insert on batch_decisions for each row execute function keep_batch_decision();

/* What holds of a row: the last decision of its round that was not taken back. */
create function apply_batch_decisions() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update batch_rows r
     set decision = d.decision, reason_code = d.reason_code, reason_text = coalesce(d.reason_text, ''), decided_by = d.decided_by,
         decided_name = d.decided_name, decided_at = d.at
    from batch_rows known
    left join lateral (select h.* from batch_decisions h where h.row_id = known.id and h.round = known.round and h.undoes is null
       and not exists (select from batch_decisions u where u.undoes = h.id) order by h.id desc limit 1) as d on true
   where known.id in (select a.row_id from added a) and r.id = known.id;
  perform begin_review(batch_id, array_agg(row_id)) from added group by batch_id;
  perform tell('batch-rows-returned', 'batch', b.id, jsonb_build_object('number', b.number, 'title', b.title, 'rows', count(*)),
               to_account => b.submitted_by)
     from added a join batches b on b.id = a.batch_id where a.decision = '退回补正' and b.submitted_by is not null group by b.id;
  perform write_audit(case when a.undoes is null then 'decide' else 'undo' end, 'batch', a.batch_id, null,
                      json_build_object('decision', a.decision, 'reasonCode', a.reason_code, 'reasonText', a.reason_text,
                        'rows', json_agg(a.row_id order by a.id)), null)
     from added a group by a.batch_id, a.undoes is null, a.decision, a.reason_code, a.reason_text, a.act_id;
  return null;
end $$;
create trigger batch_decisions_applied after insert on batch_decisions referencing new table as added
  for each statement execute function apply_batch_decisions();

create function audit_batch_opinions() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform write_audit('opinion', 'batch', a.batch_id, null, json_build_object('department', a.department, 'opinion', a.opinion,
                      'text', a.body, 'rows', json_agg(a.row_id order by a.id)), null)
     from added a group by a.batch_id, a.department, a.opinion, a.body;
  return null;
end $$;
create trigger batch_opinions_audit after insert on batch_opinions referencing new table as added
  for each statement execute function audit_batch_opinions();

create trigger batch_opinions_append_only before update or truncate on batch_opinions
  for each statement execute function refuse_change();
create trigger batch_decisions_append_only before update or truncate on batch_decisions
  for each statement execute function refuse_change();

/* Stays in the store for ever once it was submitted. */
create function refuse_batch_removal() returns trigger language plpgsql as $$
begin
  if old.submitted_at is not null then raise exception 'a submitted batch stays' using errcode = '42501'; end if;
  return old;
end $$;
create trigger batches_stay before delete on batches for each row execute function refuse_batch_removal();

-- History ----------------------------------------------------------------------------------------------------------------

create trigger batches_audit after insert or update or delete on batches for each row
  execute function audit_row('batch', 'id', 'version', 'updated_at', 'for_operators', 'year', 'serial');
-- decisions and opinions are told by their own records
create trigger batch_rows_audit after update of address, height_m, build_mode, cost_cny, for_operators, profile_id, note, round on batch_rows
  for each row when (pg_trigger_depth() = 0)
  execute function audit_row('batch-row', 'id', 'checks', 'checked_at', 'version', 'updated_at', 'masked_geom', 'lon', 'lat');

-- To 0.001 degrees -----------------------------------------------------------------------------------------------------------

create view masked.batches as
  select id, number, year, serial, mask_decimals(title) as title, state, district_code, plan_id, for_operators,
         mask_decimals(addressee) as addressee, mask_decimals(office) as office, mask_decimals(note) as note, organisation, created_at,
         created_by, created_name, submitted_at, submitted_by, submitted_name, closed_at, closed_by, closed_name, updated_at, version
    from public.batches;
create view masked.batch_rows as
  select id, batch_id, place, plan_id, site_id, resource_id, mask_decimals(code) as code, mask_decimals(name) as name,
         mask_decimals(address) as address, masked_geom as geom, ST_X(masked_geom) as lon, ST_Y(masked_geom) as lat, resource_type,
         structure, district_code, town_code, owner, consent, resource_state, height_m, build_mode, cost_cny, for_operators,
         profile_id, power_mode, structure_check, constraint_flags, mask_decimals(note) as note,
         -- distances to known places would tell it more exactly
         (select coalesce(jsonb_agg(c || '{"facts": {}}' order by o), '[]') from jsonb_array_elements(checks) with ordinality as e (c, o)) as checks,
         checked_at, mask_decimals(town_opinion::text)::jsonb as town_opinion,
         mask_decimals(department_opinions::text)::jsonb as department_opinions, decision, reason_code,
         mask_decimals(reason_text) as reason_text, decided_by, decided_name, decided_at, round,
         (select coalesce(jsonb_agg(mask_decimals(c::text)::jsonb order by o), '[]') from jsonb_array_elements(changes) with ordinality as e (c, o)
           where c->>'field' <> 'position') as changes,
         amended_by, town_due_at, due_at, updated_at, version
    from public.batch_rows;
grant usage, create on schema masked to zhanzhi_views;
alter view masked.batches owner to zhanzhi_views;
alter view masked.batch_rows owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.batches, masked.batch_rows to zhanzhi_masked;

-- Rights and policies ------------------------------------------------------------------------------------------------------

grant select on batches, batch_rows to zhanzhi_app, zhanzhi_views;
grant select on batch_opinions to zhanzhi_app;
grant select on batch_decisions to zhanzhi_app, zhanzhi_masked;
grant insert, delete on batches, batch_rows to zhanzhi_app;
grant update (title, note, addressee, office, state) on batches to zhanzhi_app;
grant update (code, name, address, geom, resource_id, resource_type, structure, town_code, owner, consent, resource_state, height_m, build_mode,
  cost_cny, for_operators, profile_id, power_mode, structure_check, constraint_flags, note, checks, checked_at, changes) on batch_rows
  to zhanzhi_app;
grant insert on batch_opinions, batch_decisions to zhanzhi_app;

revoke execute on function batch_check_facts(text, json), cases_agreed(text, text[]), open_batch_of(text, text[], text), keep_batch(),
  follow_batch(), declare_cases(batch_rows), schedule_batch(text), due_batch_town(text), due_batch_rows(text), conclude_batch(text),
  keep_batch_row(), follow_batch_rows(), tell_resubmitted(), row_to_judge(text, text, integer), keep_batch_opinion(), apply_batch_opinions(),
  begin_review(text, text[]), keep_batch_decision(), apply_batch_decisions(), audit_batch_opinions() from public;
grant execute on function batch_check_facts(text, json), cases_agreed(text, text[]), open_batch_of(text, text[], text) to zhanzhi_app;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['batches', 'batch_rows', 'batch_opinions', 'batch_decisions'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

-- A draft is its makers'. Whoever has a town reads the head of every batch of its district, and its own rows.
create policy batches_read on batches for select to zhanzhi_app, zhanzhi_views using (
  ((select reaches_all('batch:read')) or district_code = any ((select my_wider_districts('batch:read'))::text[]))
  and (submitted_at is not null or batch_is_mine(organisation, created_by)) and for_me_as_operator(for_operators));
create policy batches_create on batches for insert to zhanzhi_app with check (
  (select reaches_all('batch:submit')) or district_code = any ((select my_wider_districts('batch:submit'))::text[]));
create policy batches_update on batches for update to zhanzhi_app using (
  (select reaches_all_by('{batch:submit,batch:decide}'))
  or district_code = any ((select my_wider_districts('batch:submit'))::text[])
  or district_code = any ((select my_districts('batch:decide'))::text[]));
create policy batches_remove on batches for delete to zhanzhi_app using (
  (select may('batch:submit')) and submitted_at is null and batch_is_mine(organisation, created_by));

create policy batch_rows_read on batch_rows for select to zhanzhi_app, zhanzhi_views using (
  ((select reaches_all('batch:read')) or district_code = any ((select my_districts('batch:read'))::text[])
   or town_code = any ((select my_towns('batch:read'))::text[]))
  and batch_id in (select b.id from batches b) and for_me_as_operator(for_operators));
create policy batch_rows_create on batch_rows for insert to zhanzhi_app with check (
  (select reaches_all('batch:submit')) or district_code = any ((select my_districts('batch:submit'))::text[])
  or town_code = any ((select my_towns('batch:submit'))::text[]));
create policy batch_rows_update on batch_rows for update to zhanzhi_app using (
  (select reaches_all('batch:submit')) or district_code = any ((select my_districts('batch:submit'))::text[])
  or town_code = any ((select my_towns('batch:submit'))::text[]));
create policy batch_rows_remove on batch_rows for delete to zhanzhi_app using (
  (select reaches_all('batch:submit')) or district_code = any ((select my_districts('batch:submit'))::text[])
  or town_code = any ((select my_towns('batch:submit'))::text[]));

create policy batch_opinions_read on batch_opinions for select to zhanzhi_app using (row_id in (select r.id from batch_rows r));
create policy batch_opinions_add on batch_opinions for insert to zhanzhi_app with check (
  by_account = (select my_account()) and exists (select from batch_rows r where r.id = row_id and within_reach(
    case when department = '' then '{batch:opinion}'::text[] else '{batch:decide}' end, r.district_code, r.town_code, '')));
create policy batch_decisions_read on batch_decisions for select to zhanzhi_app using (row_id in (select r.id from batch_rows r));
create policy batch_decisions_read_masked on batch_decisions for select to zhanzhi_masked using (
  row_id in (select r.id from masked.batch_rows r));
create policy batch_decisions_add on batch_decisions for insert to zhanzhi_app with check (
  decided_by = (select my_account()) and exists (select from batch_rows r where r.id = row_id
    and within_reach('{batch:decide}', r.district_code, r.town_code, '')));
