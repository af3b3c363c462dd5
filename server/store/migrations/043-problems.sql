-- The problem list (问题清单) and its supervision (督办): numbered by district and year, given to a unit, watched by a clock, closed
-- (销号) with the consent of whoever raised it, reopened under the same number. After the domain reference, 3, 4.5, 8.1 and 8.2.
-- The clock needs no timer to be right: every reading and every change looks at it; the timer only writes down and tells.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

insert into rule_values (name, value, unit, lowest, highest, source) values
  ('problem.lead_working_days', 10, 'working-days', 1, 250, 'D')
on conflict (name) do nothing;

create table problems (
  id text collate "C" primary key check (id <> ''),
  -- '': of no district; only who reaches everything sees it
  district_code text not null default '',
  town_code text not null default '',
  -- Unit that owns what the problem is about: for the rows of owners.
  owner text collate "C" not null default '',
  year integer not null,
  serial integer not null check (serial > 0),
  number text not null generated always as ('WT-' || case district_code when '' then '000000' else district_code end || '-' || year || '-'
    || lpad(serial::text, greatest(4, length(serial::text)), '0')) stored,
  category text not null check (category in ('进场难', '产权拒绝', '不合理收费', '阻挠施工', '逼迁破坏', '被盗损坏', '转供电乱加价', '引电困难',
    '管线困难', '用地林地', '居民投诉', '干扰', '拟拆除', '排他协议', '其他')),
  title text not null check (btrim(title) <> '' and length(title) <= 200),
  description text not null default '' check (length(description) <= 4000),
  -- [{noun, id, name}]: what it is about, with the name of that day.
  objects jsonb not null default '[]' check (jsonb_typeof(objects) = 'array' and jsonb_array_length(objects) <= 200),
  state text not null default '新建' check (state in ('新建', '分派', '处理中', '待确认', '已销号')),
  level text not null default '一般' check (level in ('一般', '督办', '领导小组')),
  level_since timestamptz not null,
  owner_unit text collate "C" not null default '' check (length(owner_unit) <= 200),
  co_units text[] not null default '{}' check (array_position(co_units, null) is null and cardinality(co_units) <= 20),
  raised_at timestamptz not null,
  -- NULL: the system itself
  raised_by text collate "C",
  raiser text not null,
  raiser_role text,
  raiser_organisation text collate "C" not null,
  due_at timestamptz not null,
  -- When it goes to the leading group unless it is settled before.
  lead_at timestamptz not null,
  -- Pieces of evidence since it was raised or reopened last.
  evidence integer not null default 0,
  reopenings integer not null default 0,
  -- When its unit called it settled, for the last time.
  settled_at timestamptz,
  closed_at timestamptz,
  -- False: closed over the head of whoever raised it.
  confirmed_by_raiser boolean,
  updated_at timestamptz not null default now(),
  -- Raised by every change: If-Match of the interface.
  version integer not null default 1,
  search_text text not null generated always as (lower('WT-' || case district_code when '' then '000000' else district_code end || '-' || year
    || '-' || lpad(serial::text, greatest(4, length(serial::text)), '0') || ' ' || title || ' ' || owner_unit || ' ' || raiser)) stored,
  unique (district_code, year, serial),
  constraint problems_assigned check (state = '新建' or owner_unit <> ''),
  constraint problems_settled check ((state in ('待确认', '已销号')) = (settled_at is not null)),
  constraint problems_closed check ((state = '已销号') = (closed_at is not null)
    and (closed_at is null) = (confirmed_by_raiser is null))
);
create index problems_number on problems (number, id);
create index problems_raised on problems (raised_at, id);
create index problems_due on problems (due_at, id);
create index problems_updated on problems (updated_at, id);
create index problems_filter on problems (district_code, state, level, category, town_code);
create index problems_unit on problems (owner_unit, id);
create index problems_raiser on problems (raised_by, id);
create index problems_objects on problems using gin (objects jsonb_path_ops);

-- What happened, in order; never changed.
create table problem_steps (
  id bigint generated always as identity primary key,
  problem_id text collate "C" not null references problems,
  at timestamptz not null,
  -- NULL: the system itself
  account_id text collate "C",
  account_name text not null,
  role text,
  kind text not null check (kind in ('raise', 'assign', 'start', 'progress', 'evidence', 'settle', 'confirm', 'override', 'return',
    'reopen', 'escalate')),
  words text not null default '' check (length(words) <= 4000),
  photo_ids text[] not null default '{}' check (array_position(photo_ids, null) is null and cardinality(photo_ids) <= 20),
  facts jsonb not null default '{}',
  constraint problem_steps_words check (kind not in ('progress', 'evidence') or btrim(words) <> '' or photo_ids <> '{}')
);
create index problem_steps_problem on problem_steps (problem_id, id);

-- The clock -------------------------------------------------------------------------------------------------------------------

/* The level at a moment: what it was raised to, or what the clock makes of it; it never falls. Settled and closed problems are not late. */
create function problem_level_at(level text, state text, due_at timestamptz, lead_at timestamptz, at timestamptz)
  returns text immutable parallel safe
  return case when state not in ('新建', '分派', '处理中') then level
              when level = '领导小组' or at >= lead_at then '领导小组'
              when level = '督办' or at >= due_at then '督办' else level end;

create function problem_level_rank(level text) returns integer immutable parallel safe
  return array_position(array['一般', '督办', '领导小组'], level);

create function problem_due(category text, from_at timestamptz) returns timestamptz
  language sql stable set search_path from current as $$
  select add_working_days(from_at, setting_number('problem.' || category || '.working_days', 15)::integer)
$$;

create function problem_lead(due_at timestamptz) returns timestamptz language sql stable set search_path from current as $$
  select add_working_days(due_at, setting_number('problem.lead_working_days', 10)::integer)
$$;

-- What it is about ----------------------------------------------------------------------------------------------------------------

/* Where something lies, whose it is and what it is called; no row: there is nothing of that kind and id. */
create function problem_object(noun text, object_id text) returns table (district_code text, town_code text, owner text, name text)
  language plpgsql stable security definer set search_path from current as $$
declare
  tables constant jsonb := '{"resource": "resources", "site": "sites", "case": "cases", "claim": "claims", "batch": "batches",
    "batch-row": "batch_rows", "relocation": "relocations"}';
  -- what tells of the place when the row itself does not
  above constant text[] := array['resource', 'site', 'case', 'batch'];
  found jsonb;
  parent text;
begin
  if not tables ? noun or to_regclass(tables->>noun) is null then return; end if;
  execute format('select to_jsonb(t) from %I as t where t.id::text = $1', tables->>noun) into found using object_id;
  if found is null then return; end if;
  district_code := found->>'district_code';
  town_code := found->>'town_code';
  owner := found->>'owner';
  name := coalesce(nullif(found->>'name', ''), nullif(found->>'number', ''), nullif(found->>'code', ''));
  foreach parent in array above loop
    exit when coalesce(district_code, '') <> '' and owner is not null and name is not null;
    continue when found->>(parent || '_id') is null;
    select coalesce(nullif(problem_object.district_code, ''), p.district_code), coalesce(nullif(problem_object.town_code, ''), p.town_code),
           coalesce(problem_object.owner, p.owner), coalesce(problem_object.name, p.name)
      into district_code, town_code, owner, name
      from (values (1)) as one left join problem_object(parent, found->>(parent || '_id')) as p on true;
  end loop;
  district_code := coalesce(district_code, '');
  town_code := coalesce(town_code, '');
  owner := coalesce(owner, '');
  name := coalesce(name, object_id);
  return next;
end $$;

/* The names of what a new problem is about; its place and owner where it names none. Refuses what who acts may not see. */
create function keep_problem_objects(new_problem problems) returns problems language plpgsql security definer set search_path from current as $$
declare
  asked record;
  about record;
  named jsonb := '[]';
  mine constant text := my_organisation('problem:create');
begin
  for asked in select o.value->>'noun' as noun, o.value->>'id' as id from jsonb_array_elements(new_problem.objects) as o loop
    select * into about from problem_object(asked.noun, asked.id);
    if about.name is null or (my_account() is not null
         and not within_reach('{problem:read}', about.district_code, about.town_code, about.owner)) then
      raise exception 'there is no % %', asked.noun, asked.id using errcode = '23514', constraint = 'problem_object';
    end if;
    -- who has the rows of one organisation raises problems about those
    if scope_of('problem:create') = 'own' and about.owner is distinct from mine then
      raise exception '% % belongs to somebody else', asked.noun, asked.id using errcode = '23514', constraint = 'problem_object';
    end if;
    named := named || jsonb_build_object('noun', asked.noun, 'id', asked.id, 'name', left(about.name, 200));
    if new_problem.owner = '' then new_problem.owner := about.owner; end if;
    if new_problem.district_code = '' then new_problem.district_code := about.district_code; end if;
    if new_problem.town_code = '' and about.district_code = new_problem.district_code then new_problem.town_code := about.town_code; end if;
  end loop;
  new_problem.objects := named;
  return new_problem;
end $$;

-- What follows from a change ------------------------------------------------------------------------------------------------------

create function keep_problem() returns trigger language plpgsql security definer set search_path from current as $$
declare
  by_clock text;
  manages constant boolean := my_account() is null or may('problem:manage');
begin
  if tg_op = 'INSERT' then
    if my_account() is not null then new.owner := ''; end if;
    new := keep_problem_objects(new);
    if new.town_code <> '' and new.district_code = '' then
      new.district_code := coalesce((select t.district_code from towns t where t.code = new.town_code), '');
    end if;
    if new.district_code = '' and my_account() is not null and cardinality(my_districts('problem:create')) = 1 then
      new.district_code := (my_districts('problem:create'))[1];
    end if;
    if my_account() is not null then
      new.raised_by := my_account();
      new.raised_at := now();
    end if;
    new.raised_at := coalesce(new.raised_at, now());
    new.raiser := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
    new.raiser_role := nullif(current_setting('zhanzhi.role', true), '');
    new.raiser_organisation := coalesce(current_setting('zhanzhi.organisation', true), '');
    -- one after the other in a district: the number has no gap; the year is that of China
    perform pg_advisory_xact_lock(4490053, hashtext(new.district_code));
    new.year := extract(year from new.raised_at at time zone 'Asia/Shanghai');
    new.serial := 1 + coalesce((select max(p.serial) from problems p
                                 where p.district_code = new.district_code and p.year = new.year), 0);
    -- a date of one's own is for who assigns
    if new.due_at is null or not manages then new.due_at := problem_due(new.category, new.raised_at); end if;
    new.lead_at := problem_lead(new.due_at);
    new.level_since := new.raised_at;
    if my_account() is not null then
      new.level := '一般';
      new.evidence := 0;
      new.reopenings := 0;
    end if;
  else
    new.version := old.version + 1;
    new.updated_at := now();
    -- what it is called for ever
    if (new.id, new.district_code, new.year, new.serial, new.raised_at, new.raised_by)
       is distinct from (old.id, old.district_code, old.year, old.serial, old.raised_at, old.raised_by) then
      raise exception 'a problem keeps its number' using errcode = '42501';
    end if;
    if my_account() is not null and new.due_at <> old.due_at and new.due_at not between now() and now() + interval '3 years' then
      raise exception 'no such due date' using errcode = '23514', constraint = 'problem_due';
    end if;
    -- the clock went on, whether or not its timer ran
    by_clock := problem_level_at(old.level, old.state, old.due_at, old.lead_at, now());
    if problem_level_rank(new.level) < problem_level_rank(by_clock) then new.level := by_clock; end if;
    if new.level <> old.level then
      new.level_since := case when new.level <> by_clock then now() when new.level = '督办' then old.due_at else old.lead_at end;
    end if;
    if new.state <> old.state then
      if new.state = '待确认' then
        new.settled_at := now();
      elsif new.state = '已销号' then
        new.closed_at := now();
        new.confirmed_by_raiser := coalesce(my_account() = new.raised_by, false);
      elsif old.state in ('待确认', '已销号') then
        -- what waited for its raiser waited on nobody's time; what is reopened begins a time of its own
        if old.state = '已销号' then
          new.reopenings := old.reopenings + 1;
          new.evidence := 0;
          if not manages or new.due_at = old.due_at then new.due_at := problem_due(new.category, now()); end if;
        elsif not manages or new.due_at = old.due_at then
          new.due_at := add_working_days(old.due_at, working_days_between(old.settled_at, now()));
        end if;
        new.settled_at := null;
        new.closed_at := null;
        new.confirmed_by_raiser := null;
      end if;
      if new.state = '待确认' and new.evidence = 0 then
        raise exception 'there is no evidence' using errcode = '23514', constraint = 'problem_evidence';
      end if;
    end if;
    if new.due_at <> old.due_at then new.lead_at := problem_lead(new.due_at); end if;
  end if;
  if new.town_code <> '' and exists (select from towns t where t.code = new.town_code and t.district_code <> new.district_code) then
    raise exception 'the town lies in another district' using errcode = '23514', constraint = 'problem_town';
  end if;
  return new;
end $$;
create trigger problems_kept before insert or update on problems for each row execute function keep_problem();

create trigger problems_moves_new after insert on problems referencing new table as written
  for each statement execute function check_move('新建');
create trigger problems_moves_changed after update on problems referencing old table as was new table as written
  for each statement execute function check_move('新建');

/* The row policy lets through whoever may change anything of a row; this tells apart what, and whose confirmation counts. */
create function check_problem_change() returns trigger language plpgsql as $$
declare
  change record;
  manages boolean;
  is_raiser boolean;
begin
  if my_account() is null then return null; end if;
  for change in
    select o.district_code, o.town_code, o.owner, o.raised_by, o.state as old_state, n.state as new_state,
           (o.owner_unit, o.co_units, o.town_code, o.category, o.title, o.description)
             is distinct from (n.owner_unit, n.co_units, n.town_code, n.category, n.title, n.description)
             or (o.due_at <> n.due_at and not (o.state in ('待确认', '已销号') and n.state = '处理中')) as edited,
           o.level <> n.level and n.level <> problem_level_at(o.level, o.state, o.due_at, o.lead_at, now()) as raised
      from was o join written n on n.id = o.id
  loop
    manages := within_reach('{problem:manage}', change.district_code, change.town_code, change.owner);
    is_raiser := change.raised_by = my_account();
    if (change.edited or change.raised) and not manages then
      raise exception 'this change of a problem is not allowed' using errcode = '42501';
    end if;
    continue when change.old_state = change.new_state;
    if not exists (select from state_moves m where m.noun = 'problems' and m.from_state = change.old_state and m.to_state = change.new_state
         and case m.permission when 'problem:create' then is_raiser and may('problem:create')
               else within_reach(array[m.permission], change.district_code, change.town_code, change.owner) end) then
      raise exception 'this move of a problem is not allowed' using errcode = '42501';
    end if;
    if change.new_state = '已销号' and not is_raiser and btrim(coalesce(current_setting('zhanzhi.reason', true), '')) = '' then
      raise exception 'closing without whoever raised it needs a reason' using errcode = '23514', constraint = 'state_reason';
    end if;
  end loop;
  return null;
end $$;
create trigger problems_change after update on problems referencing old table as was new table as written
  for each statement execute function check_problem_change();

/* Sets the timer to the next moment at which the level rises, or takes it away. */
create function watch_problem(p problems) returns void language plpgsql security definer set search_path from current as $$
declare
  next_at constant timestamptz := case p.level when '一般' then p.due_at when '督办' then p.lead_at end;
begin
  if p.state in ('新建', '分派', '处理中') and next_at is not null then
    perform schedule('problem', p.id, 'problem_overdue', next_at);
  else
    perform unschedule('problem', p.id, 'problem_overdue');
  end if;
end $$;

create function add_problem_step(problem text, kind text, words text, facts jsonb) returns void
  language sql security definer set search_path from current as $$
  insert into problem_steps (problem_id, kind, words, facts) values ($1, $2, left(coalesce($3, ''), 4000), $4)
$$;

/* Whoever has to do with it: its raiser, the town, the units, the district. */
create function tell_problem(kind text, p problems, to_raiser boolean, to_handlers boolean, to_district boolean, to_city boolean)
  returns void language plpgsql security definer set search_path from current as $$
declare
  facts constant jsonb := jsonb_build_object('number', p.number, 'title', p.title, 'category', p.category, 'level', p.level,
    'dueAt', to_char(p.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
begin
  if to_raiser and p.raised_by is not null and p.raised_by is distinct from my_account() then
    perform tell(kind, 'problem', p.id, facts, p.raised_by, null, null, null, null);
  end if;
  if to_handlers then
    if p.town_code <> '' then perform tell(kind, 'problem', p.id, facts, null, 'town', p.district_code, p.town_code, null); end if;
    if p.owner_unit <> '' then perform tell(kind, 'problem', p.id, facts, null, 'tower', p.district_code, null, p.owner_unit); end if;
  end if;
  if to_district then perform tell(kind, 'problem', p.id, facts, null, 'district', nullif(p.district_code, ''), null, null); end if;
  if to_city then perform tell(kind, 'problem', p.id, facts, null, 'city', nullif(p.district_code, ''), null, null); end if;
end $$;

create function note_problem() returns trigger language plpgsql security definer set search_path from current as $$
declare
  reason constant text := coalesce(current_setting('zhanzhi.reason', true), '');
  moved constant jsonb := case when tg_op = 'UPDATE' and old.state <> new.state
    then jsonb_build_object('from', old.state, 'to', new.state) else '{}' end;
  given constant jsonb := jsonb_build_object('ownerUnit', new.owner_unit, 'coUnits', new.co_units, 'townCode', new.town_code, 'dueAt',
    to_char(new.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
  reached text;
  by_clock boolean;
begin
  if tg_op = 'INSERT' then
    perform add_problem_step(new.id, 'raise', '', given);
    perform tell_problem('problem-raised', new, false, false, true, false);
    perform watch_problem(new);
    return null;
  end if;
  if new.level <> old.level then
    by_clock := problem_level_rank(new.level)
      <= problem_level_rank(problem_level_at(old.level, old.state, old.due_at, old.lead_at, now()));
    -- two steps at once are two steps all the same
    foreach reached in array array['督办', '领导小组'] loop
      continue when problem_level_rank(reached) <= problem_level_rank(old.level)
        or problem_level_rank(reached) > problem_level_rank(new.level) or (not by_clock and reached <> new.level);
      perform add_problem_step(new.id, 'escalate', case when by_clock then '' else reason end, jsonb_build_object('level', reached,
        'byClock', by_clock, 'since', to_char((case when not by_clock then now() when reached = '督办' then old.due_at else old.lead_at end)
          at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')));
    end loop;
    perform tell_problem('problem-escalated', new, true, true, true, new.level = '领导小组');
  end if;
  if new.state <> old.state then
    case new.state
      when '分派' then
        perform add_problem_step(new.id, 'assign', reason, moved || given);
        perform tell_problem('problem-assigned', new, true, true, false, false);
      when '待确认' then
        perform add_problem_step(new.id, 'settle', reason, moved);
        perform tell_problem('problem-settled', new, true, false, new.raised_by is null, false);
      when '已销号' then
        perform add_problem_step(new.id, case when new.confirmed_by_raiser then 'confirm' else 'override' end, reason, moved);
        perform tell_problem('problem-closed', new, true, true, false, false);
      when '处理中' then
        if old.state = '分派' then
          perform add_problem_step(new.id, 'start', reason, moved);
        else
          perform add_problem_step(new.id, case old.state when '已销号' then 'reopen' else 'return' end, reason, moved || given);
          perform tell_problem(case old.state when '已销号' then 'problem-reopened' else 'problem-returned' end, new, true, true, true, false);
        end if;
      else null;
    end case;
  elsif (old.owner_unit, old.co_units, old.due_at, old.town_code) is distinct from (new.owner_unit, new.co_units, new.due_at, new.town_code) then
    perform add_problem_step(new.id, 'assign', reason, given);
    perform tell_problem('problem-assigned', new, false, true, false, false);
  end if;
  if (old.state, old.level, old.due_at, old.lead_at) is distinct from (new.state, new.level, new.due_at, new.lead_at) then
    perform watch_problem(new);
  end if;
  return null;
end $$;
create trigger problems_noted after insert or update on problems for each row execute function note_problem();

/* The timer: writes down what the clock says. Runs as the system, perhaps late, perhaps twice. */
create function due_problem_overdue(object_id text) returns void language plpgsql security definer set search_path from current as $$
declare
  p problems;
begin
  select * into p from problems where id = object_id for update;
  if p.id is null then return; end if;
  if problem_level_at(p.level, p.state, p.due_at, p.lead_at, now()) <> p.level then
    update problems set level = problem_level_at(p.level, p.state, p.due_at, p.lead_at, now()) where id = object_id;
  else
    perform watch_problem(p);
  end if;
end $$;

-- Steps ---------------------------------------------------------------------------------------------------------------------------

create function keep_problem_step() returns trigger language plpgsql security definer set search_path from current as $$
declare
  by_clock constant boolean := coalesce((new.facts->>'byClock')::boolean, false);
  about problems;
begin
  new.at := clock_timestamp();
  new.account_id := case when not by_clock then my_account() end;
  new.account_name := case when by_clock then 'system' else coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system') end;
  new.role := case when not by_clock then nullif(current_setting('zhanzhi.role', true), '') end;
  if new.kind in ('progress', 'evidence') then
    -- waits for a move that goes on at this moment, and keeps one away meanwhile
    select * into about from problems p where p.id = new.problem_id for update;
    if about.state = '已销号' then
      raise exception 'a closed problem takes nothing more' using errcode = '23514', constraint = 'problem_closed';
    end if;
    -- photographs belong to cases: those of the cases it is about
    if exists (select from unnest(new.photo_ids) as wanted (id) where not exists (select from photos f where f.id = wanted.id
         and about.objects @> jsonb_build_array(jsonb_build_object('noun', 'case', 'id', f.case_id)))) then
      raise exception 'a photo of something else' using errcode = '23514', constraint = 'problem_photo';
    end if;
  end if;
  return new;
end $$;
create trigger problem_steps_kept before insert on problem_steps for each row execute function keep_problem_step();

create function count_problem_step() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update problems set evidence = evidence + case new.kind when 'evidence' then 1 else 0 end where id = new.problem_id;
  perform write_audit(new.kind, 'problem', new.problem_id, null,
    json_build_object('words', new.words, 'photoIds', new.photo_ids), null);
  return null;
end $$;
create trigger problem_steps_counted after insert on problem_steps for each row when (new.kind in ('progress', 'evidence'))
  execute function count_problem_step();
create function refuse_photo_of_problem() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if exists (select from problem_steps s where s.photo_ids <> '{}' and s.photo_ids @> array[old.id]) then
    raise exception 'the photo is used' using errcode = '23514', constraint = 'photos_used';
  end if;
  return old;
end $$;
create index problem_steps_photos on problem_steps using gin (photo_ids) where photo_ids <> '{}';
create trigger photos_of_problems before delete on photos for each row execute function refuse_photo_of_problem();
create trigger problem_steps_append_only before update or delete or truncate on problem_steps
  for each statement execute function refuse_change();

-- For the other desks ---------------------------------------------------------------------------------------------------------------

/* A problem raised by what happens elsewhere, for who acts or for the system; answers its id. `objects`: [{"noun", "id"}]. */
create function raise_problem(category text, title text, description text, objects jsonb, district text, town text, owner_unit text)
  returns text language plpgsql security definer set search_path from current as $$
declare
  made constant text := 'problem-' || gen_random_uuid();
begin
  insert into problems (id, category, title, description, objects, district_code, town_code, owner_unit)
  values (made, $1, left($2, 200), left(coalesce($3, ''), 4000),
    -- what who acts may not see is no reason to keep quiet about the rest
    coalesce((select jsonb_agg(o.value order by o.place) from jsonb_array_elements(coalesce($4, '[]')) with ordinality as o (value, place)
               where exists (select from problem_object(o.value->>'noun', o.value->>'id') as a where my_account() is null
                 or within_reach('{problem:read}', a.district_code, a.town_code, a.owner))), '[]'),
    coalesce($5, ''), case when exists (select from towns t where t.code = $6 and t.district_code <> $5) then '' else coalesce($6, '') end,
    coalesce($7, ''));
  if my_account() is not null and not exists (select from problems p where p.id = made
       and within_reach('{problem:create}', p.district_code, p.town_code, p.owner)) then
    raise exception 'a problem elsewhere is not allowed' using errcode = '42501';
  end if;
  return made;
end $$;

/* For the ranking board: the times of every problem of the districts who acts has anything to do with, without what it is about. */
create function problem_times(from_at timestamptz, to_at timestamptz)
  returns table (district_code text, town_code text, raised_at timestamptz, due_at timestamptz, settled_at timestamptz, closed_at timestamptz)
  language sql stable security definer set search_path from current as $$
  select p.district_code, p.town_code, p.raised_at, p.due_at, p.settled_at, p.closed_at
    from problems p
   where p.raised_at < to_at and (p.closed_at is null or p.closed_at >= from_at)
     and (my_account() is null or (select reaches_all('problem:read'))
          or p.district_code = any ((select my_wider_districts('problem:read'))::text[]))
$$;

-- History ---------------------------------------------------------------------------------------------------------------------------

create trigger problems_audit after insert or update or delete on problems for each row
  execute function audit_row('problem', 'id', 'search_text', 'version', 'updated_at', 'evidence');

-- To 0.001 degrees: places may be written into texts -----------------------------------------------------------------------------------

create view masked.problems as
  select id, district_code, town_code, owner, year, serial, number, category, mask_decimals(title) as title,
         mask_decimals(description) as description, mask_decimals(objects::text)::jsonb as objects, state, level, level_since,
         owner_unit, co_units, raised_at, raised_by, raiser, raiser_role, raiser_organisation, due_at, lead_at, evidence, reopenings,
         settled_at, closed_at, confirmed_by_raiser, updated_at, version, mask_decimals(search_text) as search_text
    from public.problems;
create view masked.problem_steps as
  select id, problem_id, at, account_id, account_name, role, kind, mask_decimals(words) as words, photo_ids, facts
    from public.problem_steps;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.problems owner to zhanzhi_views;
alter view masked.problem_steps owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.problems, masked.problem_steps to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------------------

grant select on problems, problem_steps to zhanzhi_views;
grant select on problems, problem_steps to zhanzhi_app;
grant insert (id, district_code, town_code, category, title, description, objects, owner_unit, due_at) on problems
  to zhanzhi_app, zhanzhi_masked;
grant insert (problem_id, kind, words, photo_ids) on problem_steps to zhanzhi_app, zhanzhi_masked;
grant update (state, level, owner_unit, co_units, due_at, town_code) on problems to zhanzhi_app;
-- by its name, without the view, a masked role reaches what it raised itself
grant select on problems to zhanzhi_masked;
grant update (state) on problems to zhanzhi_masked;
revoke execute on function problem_object(text, text), keep_problem_objects(problems), keep_problem(), check_problem_change(),
  watch_problem(problems), add_problem_step(text, text, text, jsonb), tell_problem(text, problems, boolean, boolean, boolean, boolean),
  note_problem(), due_problem_overdue(text), refuse_photo_of_problem(), keep_problem_step(), count_problem_step(),
  raise_problem(text, text, text, jsonb, text, text, text), problem_times(timestamptz, timestamptz) from public;
grant execute on function raise_problem(text, text, text, jsonb, text, text, text), problem_times(timestamptz, timestamptz)
  to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['problems', 'problem_steps'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy problems_read on problems for select to zhanzhi_app, zhanzhi_views using (
  (select reaches_all('problem:read')) or district_code = any ((select my_districts('problem:read'))::text[])
  or town_code = any ((select my_towns('problem:read'))::text[]) or owner = (select my_organisation('problem:read')));
create policy problems_read_own on problems for select to zhanzhi_masked using (
  (select may('problem:read')) and raised_by = (select my_account()));
create policy problems_create on problems for insert to zhanzhi_app, zhanzhi_masked with check (
  (select reaches_all('problem:create')) or district_code = any ((select my_districts('problem:create'))::text[])
  or town_code = any ((select my_towns('problem:create'))::text[]) or owner = (select my_organisation('problem:create')));
create policy problems_update on problems for update to zhanzhi_app, zhanzhi_masked using (
  (select reaches_all_by('{problem:update,problem:manage}'))
  or district_code = any ((select districts_by('{problem:update,problem:manage}'))::text[])
  or town_code = any ((select towns_by('{problem:update,problem:manage}'))::text[])
  or (raised_by = (select my_account()) and (select may('problem:create'))));

create policy problem_steps_read on problem_steps for select to zhanzhi_app, zhanzhi_views using (
  problem_id in (select p.id from problems p));
create policy problem_steps_add on problem_steps for insert to zhanzhi_app, zhanzhi_masked with check (
  kind in ('progress', 'evidence') and exists (select from problems p where p.id = problem_id
    and (within_reach('{problem:update,problem:manage}', p.district_code, p.town_code, p.owner)
         or (kind = 'progress' and p.raised_by = (select my_account())))));
