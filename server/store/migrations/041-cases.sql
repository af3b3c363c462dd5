-- Cases: one operator's station on one site on its way to the air (domain reference, 8.1), its survey and its photos. The machine of
-- engine/review/case-states.ts says which state may follow; other desks open and move cases by two functions. The bytes of a
-- photo lie in a file named by their digest; where it was taken is masked like every place.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table cases (
  id text collate "C" primary key check (id <> ''),
  -- District, year and a serial in both; stays when outlines move the case elsewhere.
  number text not null unique,
  year integer not null,
  serial integer not null check (serial > 0),
  -- NULL: only wanted so far.
  site_id text collate "C" references sites,
  -- Of the library, when the site comes from it.
  resource_id text collate "C" references resources deferrable initially deferred,
  plan_id text collate "C" references plans,
  demand_id text collate "C",
  -- Whose station it is to be; '' while nobody said.
  operator text collate "C" not null default '',
  -- The tower company that builds it; '' before it is claimed.
  company text collate "C" not null default '',
  district_code text not null default '',
  town_code text not null default '',
  state text not null default '需求' check (state in ('需求', '候选', '入方案', '已申报', '审查中', '列入计划', '认领', '谈点',
    '勘察设计', '报建备案', '建设', '交付', '开通', '验收', '退回补正', '不同意', '疑难', '撤销', '迁改', '退网')),
  state_since timestamptz not null default now(),
  -- Where it was held up or called to review, to go on there.
  state_before text,
  -- The district took it into the plan; the last time.
  listed_at timestamptz,
  -- The talk with the owner: when it was agreed, and on what paper.
  agreed_on date,
  agreement text not null default '',
  filing_number text not null default '',
  filed_on date,
  started_on date,
  completed_on date,
  delivery_confirmed_at timestamptz,
  delivery_confirmed_by text collate "C",
  on_air_on date,
  on_air_evidence text not null default '',
  accepted_on date,
  remark text not null default '',
  -- True: the site counts as standing because of this case.
  made_standing boolean not null default false,
  created_at timestamptz not null default now(),
  created_by text collate "C" default my_account(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint cases_site check (site_id is not null or state in ('需求', '撤销')),
  constraint cases_wanted check (site_id is not null or demand_id is not null),
  constraint cases_on_air check (state not in ('开通', '验收') or on_air_on is not null)
);
create unique index cases_live on cases (site_id, operator) where state not in ('撤销', '退网');
create unique index cases_live_demand on cases (demand_id, operator) where site_id is null and state not in ('撤销', '退网');
create unique index cases_number on cases (district_code, year, serial);
create index cases_state on cases (state collate "C", id);
create index cases_since on cases (state_since, id);
create index cases_updated on cases (updated_at, id);
create index cases_resource on cases (resource_id);
create index cases_plan on cases (plan_id);
create index cases_demand on cases (demand_id);
create index cases_operator on cases (operator, id);

create table photos (
  id text collate "C" primary key check (id <> ''),
  case_id text collate "C" not null references cases on delete cascade,
  kind text not null check (kind in ('全景', '安装位置', '电源', '传输', '机房', '开通证据', '其他')),
  -- SHA-256 of the kept bytes, which have lost their metadata: the name of the file.
  digest text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  -- SHA-256 of what was sent.
  sent_digest text collate "C" not null check (sent_digest ~ '^[0-9a-f]{64}$'),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes integer not null check (bytes > 0),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  file_name text not null default '',
  -- From its metadata; NULL: it said nothing.
  taken_at timestamptz,
  geom geometry(Point, 4490),
  lon double precision generated always as (ST_X(geom)) stored,
  lat double precision generated always as (ST_Y(geom)) stored,
  distance_m double precision,
  warnings text[] not null default '{}' check (warnings <@ array['far', 'no-position', 'no-time', 'future']),
  uploaded_at timestamptz not null default now(),
  uploaded_by text collate "C" default my_account(),
  uploader text not null default '',
  unique (case_id, kind, digest)
);
create index photos_digest on photos (digest);

create table surveys (
  case_id text collate "C" primary key references cases on delete cascade,
  -- As measured there, CGCS2000.
  geom geometry(Point, 4490) check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
  lon double precision generated always as (ST_X(geom)) stored check (lon between -180 and 180),
  lat double precision generated always as (ST_Y(geom)) stored check (lat between -90 and 90),
  accuracy_m double precision check (accuracy_m >= 0 and accuracy_m <= 10000),
  mount_height_m double precision check (mount_height_m > 0 and mount_height_m <= 1000),
  structure_check text not null default '未核' check (structure_check in ('未核', '可用', '加固', '不可用')),
  power_mode text check (power_mode in ('直供', '转供', '待引入')),
  power_distance_m double precision check (power_distance_m between 0 and 1e5),
  power_kva double precision check (power_kva between 0 and 1e5),
  fibre text check (fibre in ('到杆', '就近', '无')),
  duct_distance_m double precision check (duct_distance_m between 0 and 1e5),
  room text not null default '',
  surveyed_on date,
  surveyor text not null default '',
  remark text not null default '',
  photo_ids text[] not null default '{}' check (array_position(photo_ids, null) is null),
  updated_at timestamptz not null default now(),
  updated_by text collate "C" default my_account(),
  version integer not null default 1
);

-- What follows from a change ------------------------------------------------------------------------------------------------

/* The company that holds the resource for the operator, by a claim that runs; NULL: nobody does. */
create function claiming_company(resource text, operator text) returns text
  language plpgsql stable security definer set search_path from current as $$
begin
  return (select c.company from claims c
           where c.resource_id = $1 and c.state in ('持有', '已转建设') and ($2 = '' or $2 = any (c.for_operators))
             and (c.until is null or c.until > clock_timestamp())
           order by c.id limit 1);
end $$;

create function keep_case() returns trigger language plpgsql security definer set search_path from current as $$
declare
  place record;
begin
  if tg_op = 'INSERT' or new.site_id is distinct from old.site_id then
    select s.district_code, s.town_code, r.id as resource_id into place
      from sites s left join resources r on r.site_id = s.id where s.id = new.site_id;
    if found then
      new.district_code := place.district_code;
      new.town_code := place.town_code;
      new.resource_id := place.resource_id;
    end if;
  end if;
  if tg_op = 'INSERT' then
    -- one after the other in a district: the number has no gap; the year is that of China
    perform pg_advisory_xact_lock(4490141, hashtext(new.district_code));
    new.year := extract(year from now() at time zone 'Asia/Shanghai');
    new.serial := 1 + coalesce((select max(c.serial) from cases c
                                 where c.district_code = new.district_code and c.year = new.year), 0);
    new.number := coalesce(nullif(new.district_code, ''), '0') || '-' || new.year || '-' || lpad(new.serial::text, greatest(4, length(new.serial::text)), '0');
    if new.state = '列入计划' then new.listed_at := now(); end if;
    return new;
  end if;
  if new.id <> old.id then raise exception 'ids stay' using errcode = '42501'; end if;
  new.number := old.number;
  new.year := old.year;
  new.serial := old.serial;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.version := old.version + 1;
  new.updated_at := now();
  if new.state <> old.state then
    new.state_since := now();
    if new.state in ('疑难', '迁改') or (new.state = '已申报' and old.state in ('认领', '谈点', '勘察设计')) then
      new.state_before := old.state;
    elsif new.state in ('认领', '谈点', '勘察设计', '报建备案', '建设', '交付', '开通', '验收', '候选') then
      new.state_before := null;
    end if;
    if new.state = '列入计划' then
      new.listed_at := case when old.state in ('已申报', '审查中') then now() else coalesce(old.listed_at, now()) end;
    end if;
    if new.state = '认领' then
      new.company := coalesce(claiming_company(new.resource_id, new.operator), new.company);
    elsif new.state in ('需求', '候选', '入方案', '列入计划') and old.state in ('认领', '谈点', '勘察设计', '报建备案', '建设') then
      -- the claim is gone, and with it whoever was at work
      new.company := '';
    end if;
    -- sent back: what was said of the air holds no more
    if old.state = '开通' and new.state = '交付' then
      new.on_air_on := null;
      new.on_air_evidence := '';
    elsif old.state = '交付' and new.state = '建设' then
      new.completed_on := null;
      new.delivery_confirmed_at := null;
    end if;
  end if;
  if new.company = '' and new.state in ('谈点', '勘察设计') and current_setting('zhanzhi.role', true) = 'tower' then
    new.company := coalesce(current_setting('zhanzhi.organisation', true), '');
  end if;
  if new.delivery_confirmed_at is null then new.delivery_confirmed_by := null;
  elsif my_account() is not null and old.delivery_confirmed_at is null then
    new.delivery_confirmed_at := now();
    new.delivery_confirmed_by := my_account();
  end if;
  return new;
end $$;
create trigger cases_kept before insert or update on cases for each row execute function keep_case();

create trigger cases_moves after update on cases referencing old table as was new table as written
  for each statement execute function check_move('需求');

/* Who may change what of a case: the operator its own station, the tower company what it builds, the district its acceptance. */
create function check_case_change() returns trigger language plpgsql security definer set search_path from current as $$
declare
  mine constant text := coalesce(current_setting('zhanzhi.organisation', true), '');
  acting constant text := coalesce(current_setting('zhanzhi.role', true), '');
  change record;
  wanted text[];
begin
  if my_account() is null then return null; end if;
  for change in
    select o.district_code, o.town_code, o.operator, o.company, o.state as old_state, n.state as new_state,
           (o.site_id, o.plan_id, o.demand_id, o.remark) is distinct from (n.site_id, n.plan_id, n.demand_id, n.remark) as planned,
           (o.agreed_on, o.agreement, o.filing_number, o.filed_on, o.started_on, o.completed_on)
             is distinct from (n.agreed_on, n.agreement, n.filing_number, n.filed_on, n.started_on, n.completed_on)
             and not (o.state = '交付' and n.state = '建设') as built,
           (o.on_air_on, o.on_air_evidence, o.delivery_confirmed_at) is distinct from
             (n.on_air_on, n.on_air_evidence, n.delivery_confirmed_at)
             and not (o.state = '开通' and n.state = '交付') as confirmed,
           o.accepted_on is distinct from n.accepted_on as accepted
      from was o join written n on n.id = o.id
  loop
    wanted := array(select m.permission from state_moves m where m.noun = 'cases'
                     and m.from_state = change.old_state and m.to_state = change.new_state);
    if (change.planned and not within_reach('{case:create,case:update}', change.district_code, change.town_code, ''))
       or (change.built and not within_reach('{case:update}', change.district_code, change.town_code, ''))
       or (change.confirmed and not within_reach('{case:confirm}', change.district_code, change.town_code, ''))
       or (change.accepted and not within_reach('{case:verify}', change.district_code, change.town_code, ''))
       or (change.old_state <> change.new_state
           and not within_reach(wanted, change.district_code, change.town_code, change.operator))
       -- a station is its operator's, a building site its company's
       or (acting = 'operator' and change.operator not in ('', mine)
           and (change.confirmed or (change.old_state <> change.new_state and 'case:confirm' = any (wanted))))
       or (acting = 'tower' and change.company not in ('', mine)
           and (change.built or (change.old_state <> change.new_state and 'case:update' = any (wanted)))) then
      raise exception 'this change of a case is not allowed' using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;
create trigger cases_checked after update on cases referencing old table as was new table as written
  for each statement execute function check_case_change();

/* On the air the site stands: plans and totals count it, and nobody may choose it again. It stands for plans from the day it
   radiates, not from its acceptance: a second station planned there meanwhile would be the worse mistake. A station that leaves the
   air gives the site back, unless others stand there or it stood before any case. */
create function stand_or_leave(site text, standing boolean) returns boolean
  language plpgsql security definer set search_path from current as $$
declare
  changed bigint;
begin
  if standing then
    update sites set status = 'existing' where id = site and status <> 'existing';
  else
    if exists (select from cases c where c.site_id = site and c.state in ('开通', '验收', '迁改')) then return false; end if;
    update sites s set status = case when r.id is null or r.state in ('已开放', '已锁定', '部分占用') then 'candidate' else 'unavailable' end
      from sites known left join resources r on r.site_id = known.id
     where s.id = site and known.id = s.id and s.status = 'existing';
  end if;
  get diagnostics changed = row_count;
  if changed > 0 then update layer_revisions set revision = revision + 1 where layer = 'sites'; end if;
  return changed > 0;
end $$;

/* Who has to act next hears of it. */
create function tell_of_case(was cases, now_is cases) returns void
  language plpgsql security definer set search_path from current as $$
declare
  facts constant jsonb := jsonb_build_object('number', now_is.number, 'state', now_is.state,
    'name', coalesce((select s.name from sites s where s.id = now_is.site_id), ''),
    'reason', coalesce(current_setting('zhanzhi.reason', true), ''));
begin
  if was.state = '建设' and now_is.state = '交付' then
    perform tell('case-delivered', 'case', now_is.id, facts, to_role => 'operator', to_district => now_is.district_code,
      to_organisation => now_is.operator);
  elsif now_is.state = '开通' and was.state = '交付' then
    perform tell('case-on-air', 'case', now_is.id, facts, to_role => 'district', to_district => now_is.district_code);
  elsif (was.state = '开通' and now_is.state = '交付') or (was.state = '交付' and now_is.state = '建设') then
    perform tell('case-sent-back', 'case', now_is.id, facts, to_role => 'tower', to_district => now_is.district_code,
      to_organisation => now_is.company);
    if now_is.state = '交付' then
      perform tell('case-sent-back', 'case', now_is.id, facts, to_role => 'operator', to_district => now_is.district_code,
        to_organisation => now_is.operator);
    end if;
  elsif now_is.state = '疑难' and was.state in ('认领', '谈点', '勘察设计', '报建备案', '建设', '交付') then
    perform tell('case-held-up', 'case', now_is.id, facts, to_role => 'district', to_district => now_is.district_code);
  end if;
end $$;

create function follow_case() returns trigger language plpgsql security definer set search_path from current as $$
declare
  airing constant text[] := array['开通', '验收', '迁改'];
  heir text;
begin
  if new.state = any (airing) and not old.state = any (airing) then
    if stand_or_leave(new.site_id, true) then update cases set made_standing = true where id = new.id; end if;
  elsif old.state = any (airing) and not new.state = any (airing) and new.made_standing then
    if stand_or_leave(new.site_id, false) then
      update cases set made_standing = false where id = new.id;
    else
      -- another station keeps it standing, and answers for it from now on
      select c.id into heir from cases c where c.site_id = new.site_id and c.id <> new.id and c.state = any (airing)
       order by c.id limit 1;
      update cases set made_standing = id is not distinct from heir where id in (new.id, heir);
    end if;
  end if;
  perform tell_of_case(old, new);
  -- claimed before it was reviewed: the work goes on where it stood
  if new.state = '列入计划' and claiming_company(new.resource_id, new.operator) is not null then
    update cases set state = case when state_before in ('谈点', '勘察设计') then state_before else '认领' end where id = new.id;
  end if;
  return null;
end $$;
create trigger cases_followed after update of state on cases for each row
  when (old.state <> new.state) execute function follow_case();

/* Codes follow the site. */
create function move_cases_with_site() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update cases set district_code = new.district_code, town_code = new.town_code where site_id = new.id;
  return null;
end $$;
create trigger sites_cases after update of district_code, town_code on sites for each row
  when ((old.district_code, old.town_code) is distinct from (new.district_code, new.town_code))
  execute function move_cases_with_site();

/* A survey is its case's; photos named in it are, too. */
create function keep_survey() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'UPDATE' then
    if new.case_id <> old.case_id then raise exception 'ids stay' using errcode = '42501'; end if;
    new.version := old.version + 1;
  end if;
  new.updated_at := now();
  new.updated_by := my_account();
  if exists (select from unnest(new.photo_ids) as wanted (id)
              where not exists (select from photos p where p.id = wanted.id and p.case_id = new.case_id)) then
    raise exception 'a photo of another case' using errcode = '23514', constraint = 'surveys_photos';
  end if;
  if my_account() is not null and not exists (select from cases c where c.id = new.case_id
       and c.state in ('认领', '谈点', '勘察设计', '已申报', '审查中', '列入计划', '退回补正', '疑难')) then
    raise exception 'the survey is closed' using errcode = '23514', constraint = 'surveys_open';
  end if;
  return new;
end $$;
create trigger surveys_kept before insert or update on surveys for each row execute function keep_survey();

/* How far from the site it was taken, and who brought it. */
create function keep_photo() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.uploaded_at := now();
  new.uploaded_by := my_account();
  new.uploader := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  new.distance_m := (select ST_DistanceSphere(new.geom, s.geom) from cases c join sites s on s.id = c.site_id where c.id = new.case_id);
  new.warnings := array_remove(array[
    case when new.geom is null then 'no-position' when new.distance_m > 500 then 'far' end,
    case when new.taken_at is null then 'no-time' when new.taken_at > now() + interval '1 day' then 'future' end], null);
  return new;
end $$;
create trigger photos_kept before insert on photos for each row execute function keep_photo();

create function refuse_used_photo() returns trigger language plpgsql security definer set search_path from current as $$
begin
  -- gone with its case
  if pg_trigger_depth() > 1 then return old; end if;
  if exists (select from surveys s where s.case_id = old.case_id and old.id = any (s.photo_ids))
     or (old.kind = '开通证据' and exists (select from cases c where c.id = old.case_id and c.state in ('开通', '验收', '迁改', '退网'))) then
    raise exception 'the photo is used' using errcode = '23514', constraint = 'photos_used';
  end if;
  return old;
end $$;
create trigger photos_unused before delete on photos for each row execute function refuse_used_photo();

/* Whether any row names these bytes. */
create function photo_wanted(wanted text) returns boolean
  language sql stable security definer set search_path from current as $$
  select exists (select from photos p where p.digest = wanted)
$$;

-- For other desks -----------------------------------------------------------------------------------------------------------

/* The live case of this site (or, without one, of this demand) and operator, or a new one in that state. It keeps what it knew of
   plan and demand, and learns what it did not. */
create function open_case(site text, plan text, demand text, operator text, state text) returns text
  language plpgsql security definer set search_path from current as $$
#variable_conflict use_column
declare
  found_id text;
  wanted constant text[] := case $5
    when '认领' then array['claim:create', 'claim:request']
    when '已申报' then array['batch:submit']
    when '需求' then array['case:create', 'demand:create', 'demand:update', 'batch:submit', 'claim:create', 'claim:request']
    when '候选' then array['case:create', 'demand:update', 'batch:submit', 'claim:create', 'claim:request']
    when '入方案' then array['case:create', 'batch:submit', 'claim:create', 'claim:request']
    else '{}' end;
  place record;
begin
  select s.district_code, s.town_code, s.owner into place from sites s where s.id = $1;
  if my_account() is not null and not exists (select from unnest(wanted) as w where may(w)
       and ($1 is null or within_reach(array[w], place.district_code, place.town_code, place.owner))) then
    raise exception 'this case is not for whoever opens it' using errcode = '42501';
  end if;
  -- two people at once open one
  perform pg_advisory_xact_lock(4490142, hashtext(coalesce($1, $3, '') || ' ' || coalesce($4, '')));
  select c.id into found_id from cases c
   where c.operator = coalesce($4, '') and c.state not in ('撤销', '退网')
     and case when $1 is null then c.site_id is null and c.demand_id = $3 else c.site_id = $1 end;
  if found_id is null then
    insert into cases (id, site_id, plan_id, demand_id, operator, state, company)
    values ('case-' || gen_random_uuid(), $1, $2, $3, coalesce($4, ''), $5,
            case when $5 = '认领' and current_setting('zhanzhi.role', true) = 'tower'
                 then coalesce(current_setting('zhanzhi.organisation', true), '') else '' end)
    returning id into found_id;
  else
    update cases c set plan_id = coalesce(c.plan_id, $2), demand_id = coalesce(c.demand_id, $3)
     where c.id = found_id and ((c.plan_id is null and $2 is not null) or (c.demand_id is null and $3 is not null));
  end if;
  return found_id;
end $$;

/* To that state, by whoever acts; nothing happens when it is there. A withdrawn batch gives a case back to where it was declared. */
create function move_case(case_id text, to_state text) returns void
  language plpgsql security definer set search_path from current as $$
begin
  update cases c
     set state = case when $2 = '入方案' and c.state in ('已申报', '审查中') and c.state_before in ('认领', '谈点', '勘察设计')
                       and claiming_company(c.resource_id, c.operator) is not null then c.state_before else $2 end
   where c.id = $1 and c.state <> $2;
  if not found and not exists (select from cases c where c.id = $1) then
    raise exception 'there is no case %', $1 using errcode = '23503';
  end if;
end $$;

-- History -------------------------------------------------------------------------------------------------------------

create trigger cases_audit after insert or update or delete on cases for each row
  execute function audit_row('case', 'id', 'version', 'updated_at', 'state_since', 'year', 'serial', 'made_standing');
create trigger surveys_audit after insert or update or delete on surveys for each row
  execute function audit_row('survey', 'case_id', 'lon', 'lat', 'version', 'updated_at', 'updated_by');
create trigger photos_audit after insert or delete on photos for each row
  execute function audit_row('photo', 'id', 'lon', 'lat', 'distance_m', 'uploaded_at', 'uploaded_by');

/* What became of one case, its survey and its photos, newest first, for whoever may read it. */
create function case_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    object text, object_id text, action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
  shown_photos constant text[] := array(select p.id from photos p where p.case_id = wanted);
begin
  if my_account() is not null and not exists (select from cases c where c.id = wanted
       and within_reach('{case:read}', c.district_code, c.town_code, '')) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.object, a.object_id, a.action,
           case when hides then mask_decimals((a.before::jsonb - 'geom')::text)::json else (a.before::jsonb - 'geom')::json end,
           case when hides then mask_decimals((a.after::jsonb - 'geom')::text)::json else (a.after::jsonb - 'geom')::json end,
           a.reason
      from audit_records a
     where (a.object in ('case', 'survey') and a.object_id = wanted) or (a.object = 'photo' and a.object_id = any (shown_photos))
     order by a.seq desc;
end $$;

-- To 0.001 degrees -----------------------------------------------------------------------------------------------------

create view masked.cases as
  select id, number, year, serial, site_id, resource_id, plan_id, demand_id, operator, company, district_code, town_code, state,
         state_since, state_before, listed_at, agreed_on, mask_decimals(agreement) as agreement,
         mask_decimals(filing_number) as filing_number, filed_on, started_on, completed_on, delivery_confirmed_at,
         delivery_confirmed_by, on_air_on, mask_decimals(on_air_evidence) as on_air_evidence, accepted_on,
         mask_decimals(remark) as remark, made_standing, created_at, created_by, updated_at, version
    from public.cases;
create view masked.surveys as
  select case_id, mask_place(lon, lat) as geom, ST_X(mask_place(lon, lat)) as lon, ST_Y(mask_place(lon, lat)) as lat,
         accuracy_m, mount_height_m, structure_check, power_mode, power_distance_m, power_kva, fibre, duct_distance_m,
         mask_decimals(room) as room, surveyed_on, surveyor, mask_decimals(remark) as remark, photo_ids, updated_at, updated_by,
         version
    from public.surveys;
create view masked.photos as
  select id, case_id, kind, digest, sent_digest, media_type, bytes, width, height, mask_decimals(file_name) as file_name, taken_at,
         mask_place(lon, lat) as geom, ST_X(mask_place(lon, lat)) as lon, ST_Y(mask_place(lon, lat)) as lat,
         -- from three photos it would tell the place
         null::double precision as distance_m, warnings, uploaded_at, uploaded_by, uploader
    from public.photos;

/* What an operator does to its own station goes through the view that hides the rest. */
create function write_masked_case() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if (new.site_id, new.plan_id, new.demand_id, new.operator, new.company, new.agreed_on, new.agreement, new.filing_number, new.filed_on,
      new.started_on, new.completed_on, new.accepted_on, new.remark)
     is distinct from (old.site_id, old.plan_id, old.demand_id, old.operator, old.company, old.agreed_on, old.agreement,
      old.filing_number, old.filed_on, old.started_on, old.completed_on, old.accepted_on, old.remark) then
    raise exception 'this part of a case is not the operator''s' using errcode = '42501';
  end if;
  -- what follows from claims goes by their own functions
  if new.state <> old.state and not exists (select from state_moves m where m.noun = 'cases' and m.from_state = old.state
       and m.to_state = new.state and m.permission = 'case:confirm') then
    raise exception 'this move is not the operator''s' using errcode = '42501';
  end if;
  update public.cases c
     set state = new.state, on_air_on = new.on_air_on, delivery_confirmed_at = new.delivery_confirmed_at,
         on_air_evidence = case when new.on_air_evidence = old.on_air_evidence then c.on_air_evidence else new.on_air_evidence end
   where c.id = old.id and c.version = old.version and within_reach('{case:confirm}', c.district_code, c.town_code, '');
  return case when found then new end;
end $$;
create trigger cases_written instead of update on masked.cases for each row execute function write_masked_case();

create function write_masked_photo() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from public.cases c where c.id = new.case_id and c.operator in ('', current_setting('zhanzhi.organisation', true))
                    and within_reach('{case:confirm}', c.district_code, c.town_code, '')) then
      raise exception 'the photo is not for whoever adds it' using errcode = '42501';
    end if;
    insert into public.photos (id, case_id, kind, digest, sent_digest, media_type, bytes, width, height, file_name, taken_at, geom)
    values (new.id, new.case_id, new.kind, new.digest, new.sent_digest, new.media_type, new.bytes, new.width, new.height,
            new.file_name, new.taken_at, new.geom);
    return new;
  end if;
  delete from public.photos p where p.id = old.id and p.uploaded_by = my_account();
  return case when found then old end;
end $$;
create trigger photos_written instead of insert or delete on masked.photos for each row execute function write_masked_photo();

grant usage, create on schema masked to zhanzhi_views;
alter view masked.cases owner to zhanzhi_views;
alter view masked.surveys owner to zhanzhi_views;
alter view masked.photos owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select, update on masked.cases to zhanzhi_masked;
grant select on masked.surveys to zhanzhi_masked;
grant select, insert, delete on masked.photos to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant select on cases, surveys, photos to zhanzhi_views;
grant select, update on cases to zhanzhi_app;
grant select, insert, update on surveys to zhanzhi_app;
grant select, insert, delete on photos to zhanzhi_app;
revoke execute on function claiming_company(text, text), keep_case(), check_case_change(), stand_or_leave(text, boolean), tell_of_case(cases, cases), follow_case(),
  move_cases_with_site(), keep_survey(), keep_photo(), refuse_used_photo(), photo_wanted(text),
  open_case(text, text, text, text, text), move_case(text, text), case_history(text), write_masked_case(), write_masked_photo()
  from public;
grant execute on function claiming_company(text, text), open_case(text, text, text, text, text), move_case(text, text),
  case_history(text) to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['cases', 'surveys', 'photos'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy cases_read on cases for select to zhanzhi_app, zhanzhi_views using (
  (select reaches_all('case:read')) or district_code = any ((select my_districts('case:read'))::text[])
  or town_code = any ((select my_towns('case:read'))::text[]));
create policy cases_update on cases for update to zhanzhi_app using (
  (select reaches_all_by('{case:create,case:update,case:verify}'))
  or district_code = any ((select districts_by('{case:create,case:update,case:verify}'))::text[])
  or town_code = any ((select towns_by('{case:create,case:update,case:verify}'))::text[]));
create policy surveys_read on surveys for select to zhanzhi_app, zhanzhi_views using (case_id in (select c.id from cases c));
create policy surveys_add on surveys for insert to zhanzhi_app with check (exists (select from cases c where c.id = case_id
  and c.company in ('', current_setting('zhanzhi.organisation', true)) and within_reach('{case:update}', c.district_code, c.town_code, '')));
create policy surveys_change on surveys for update to zhanzhi_app using (exists (select from cases c where c.id = case_id
  and c.company in ('', current_setting('zhanzhi.organisation', true)) and within_reach('{case:update}', c.district_code, c.town_code, '')));
create policy photos_read on photos for select to zhanzhi_app, zhanzhi_views using (case_id in (select c.id from cases c));
create policy photos_add on photos for insert to zhanzhi_app with check (exists (select from cases c where c.id = case_id
  and c.company in ('', current_setting('zhanzhi.organisation', true)) and within_reach('{case:update}', c.district_code, c.town_code, '')));
create policy photos_remove on photos for delete to zhanzhi_app using (uploaded_by = (select my_account()));
