-- Verbs of office practice on a batch beside its decisions (domain reference, 14): 催办 urges whoever owes something, 加签 asks a department
-- for its opinion on rows, 转交 hands the batch over to another reviewer, 抄送 copies its letter. Urges, askings and handovers are only ever
-- added; what holds is worked out onto batch and rows by triggers, as migration 044 does with opinions. Problems are urged likewise.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

alter table rule_values drop constraint rule_values_unit_check;
alter table rule_values add constraint rule_values_unit_check
  check (unit in ('working-days', 'days', 'hours', 'years', 'm', 'percent', 'count', 'number'));
insert into rule_values (name, value, unit, lowest, highest, source) values
  -- of problems, too
  ('batch.urge_hours', 24, 'hours', 0, 720, 'D'),
  ('batch.countersign_working_days', 5, 'working-days', 1, 250, 'D')
on conflict (name) do nothing;

-- Whoever handles it, and who gets a copy of the letter.
alter table batches
  add column handler text collate "C",
  add column handler_name text,
  add column copy_to text[] not null default '{}'
    check (array_position(copy_to, null) is null and cardinality(copy_to) <= 20 and length(array_to_string(copy_to, '')) <= 2000),
  add constraint batches_handler check ((handler is null) = (handler_name is null));
create index batches_handled on batches (handler) where handler is not null;

-- Departments asked whose opinion is not there yet: worked out from batch_countersigns and batch_opinions.
alter table batch_rows add column countersigns jsonb not null default '[]' check (jsonb_typeof(countersigns) = 'array');

create table batch_urges (
  id bigint generated always as identity primary key,
  -- Everybody urged in one call.
  act_id text collate "C" not null check (act_id <> ''),
  batch_id text collate "C" not null references batches on delete cascade,
  to_whom text not null check (to_whom in ('town', 'submitter', 'department', 'district')),
  -- Code of the town, name of the department; '' for the submitter and the district.
  unit text collate "C" not null default '',
  -- Rows that waited there at that moment.
  waiting integer not null check (waiting > 0),
  body text not null default '' check (length(body) <= 500),
  by_account text collate "C" default my_account(),
  by_name text not null default coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
  by_organisation text not null default coalesce(current_setting('zhanzhi.organisation', true), ''),
  at timestamptz not null default clock_timestamp(),
  constraint batch_urges_unit check ((to_whom in ('town', 'department')) = (unit <> ''))
);
create index batch_urges_unit_at on batch_urges (batch_id, to_whom, unit, at);

create table batch_countersigns (
  id bigint generated always as identity primary key,
  act_id text collate "C" not null check (act_id <> ''),
  batch_id text collate "C" not null references batches on delete cascade,
  row_id text collate "C" not null references batch_rows on delete cascade,
  department text not null check (btrim(department) <> '' and length(department) <= 50),
  -- True: the department need not answer any more.
  takes_back boolean not null default false,
  due_at timestamptz,
  note text not null default '' check (length(note) <= 500),
  -- What it said up to this opinion it had said before it was asked.
  after_opinion bigint not null,
  -- Of the row that was looked at.
  seen_version integer not null,
  by_account text collate "C" default my_account(),
  by_name text not null default coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
  at timestamptz not null default now(),
  constraint batch_countersigns_kind check (takes_back = (due_at is null))
);
create index batch_countersigns_row on batch_countersigns (row_id, department, id);
create index batch_countersigns_batch on batch_countersigns (batch_id);

create table batch_handovers (
  id bigint generated always as identity primary key,
  batch_id text collate "C" not null references batches on delete cascade,
  from_name text,
  to_account text collate "C" not null,
  to_name text not null,
  note text not null default '' check (length(note) <= 500),
  by_account text collate "C" default my_account(),
  by_name text not null default coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
  at timestamptz not null default now()
);
create index batch_handovers_batch on batch_handovers (batch_id, id);

-- Words --------------------------------------------------------------------------------------------------------------------

/* Messages leave the house and hold no coordinates (domain reference, 8.6): a number with four decimals or more is one. */
create function names_a_place(words text) returns boolean immutable parallel safe
  return words ~ '[0-9０-９]{1,3}[.．][0-9０-９]{4,}';

/* How long ago somebody may have been urged last. */
create function urge_pause() returns interval language sql stable set search_path from current as $$
  select make_interval(secs => 3600 * setting_number('batch.urge_hours', 24))
$$;

-- Who waits for whom ---------------------------------------------------------------------------------------------------------

/* Rows of an open batch by who owes something on them, as far as whoever asks sees them. */
create function batch_waiting(batch text) returns table (to_whom text, unit text, waiting integer)
  language plpgsql stable set search_path from current as $$
#variable_conflict use_column
begin
  return query
  select 'town', r.town_code, count(*)::integer from batch_rows r
   where r.batch_id = batch and r.decision is null and r.town_opinion is null and r.town_code <> '' group by r.town_code
  union all
  select 'submitter', '', count(*)::integer from batch_rows r where r.batch_id = batch and r.decision = '退回补正' having count(*) > 0
  union all
  select 'department', asked.value->>'department', count(*)::integer from batch_rows r, jsonb_array_elements(r.countersigns) as asked
   where r.batch_id = batch and r.decision is null group by asked.value->>'department'
  union all
  select 'district', '', count(*)::integer from batch_rows r where r.batch_id = batch and r.decision is null having count(*) > 0;
end $$;

/* The district urges those it waits for, the submitter the district. Nobody urges as the district for what they submitted. */
create function may_urge(held batches, whom text) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  if whom = 'district' then
    return within_reach('{batch:submit}', held.district_code, '', '') and batch_is_mine(held.organisation, held.created_by);
  end if;
  return within_reach('{batch:decide}', held.district_code, '', '')
    and my_account() is distinct from held.created_by and my_account() is distinct from held.submitted_by;
end $$;

create function keep_batch_urge() returns trigger language plpgsql security definer set search_path from current as $$
declare
  held batches;
begin
  -- one after the other: of two at once the second finds that it was done
  select * into held from batches b where b.id = new.batch_id for update;
  if my_account() is not null then
    if held.id is null or not coalesce(may_urge(held, new.to_whom), false) then
      raise exception 'this is not for whoever urges' using errcode = '42501';
    end if;
    new.by_account := my_account();
    new.by_name := current_setting('zhanzhi.name', true);
    new.by_organisation := coalesce(current_setting('zhanzhi.organisation', true), '');
  end if;
  if held.state is null or held.state not in ('已提交', '审查中') then
    raise exception 'the batch is not open' using errcode = '23514', constraint = 'batches_open';
  end if;
  new.waiting := (select w.waiting from batch_waiting(new.batch_id) as w where w.to_whom = new.to_whom and w.unit = new.unit);
  if new.waiting is null then
    raise exception 'nothing waits there' using errcode = '23514', constraint = 'urges_nothing';
  end if;
  new.body := btrim(new.body);
  if names_a_place(new.body) then
    raise exception 'a message names no place' using errcode = '23514', constraint = 'urges_place';
  end if;
  new.at := clock_timestamp();
  if exists (select from batch_urges u where u.batch_id = new.batch_id and u.to_whom = new.to_whom and u.unit = new.unit
       and u.at > new.at - urge_pause()) then
    raise exception 'it was urged a short while ago' using errcode = '23514', constraint = 'urges_again';
  end if;
  return new;
end $$;
create trigger batch_urges_kept before insert on batch_urges for each row execute function keep_batch_urge();

/* Departments have no accounts: what they are asked stands in the records, and somebody calls them. */
create function follow_batch_urges() returns trigger language plpgsql security definer set search_path from current as $$
declare
  told record;
  facts jsonb;
begin
  for told in
    select a.*, b.number, b.title, b.district_code, b.organisation, coalesce(b.submitted_by, b.created_by) as submitter,
           case when h.role = 'city' then b.handler end as handler
      from added a join batches b on b.id = a.batch_id left join accounts h on h.id = b.handler order by a.id
  loop
    facts := jsonb_build_object('number', told.number, 'title', told.title, 'rows', told.waiting, 'by', told.by_name,
      'organisation', told.by_organisation, 'text', told.body);
    case told.to_whom
      when 'town' then
        perform tell('batch-urged-town', 'batch', told.batch_id, facts, to_role => 'town', to_district => told.district_code,
                     to_town => told.unit);
      when 'submitter' then
        perform tell('batch-urged-submitter', 'batch', told.batch_id, facts, to_account => told.submitter,
                     to_organisation => case when told.submitter is null then told.organisation end)
          where coalesce(told.submitter, told.organisation) <> '';
      when 'district' then
        perform tell('batch-urged-district', 'batch', told.batch_id, facts, to_role => 'district', to_district => told.district_code);
        -- whoever handles it for the city is no district
        if told.handler is not null then
          perform tell('batch-urged-district', 'batch', told.batch_id, facts, to_account => told.handler);
        end if;
      else null;
    end case;
  end loop;
  perform write_audit('urge', 'batch', a.batch_id, null, json_build_object('to', a.to_whom, 'units', array_remove(array_agg(a.unit order by a.id), ''),
                      'names', array_remove(array_agg(coalesce(t.name, a.unit) order by a.id), ''), 'waiting', sum(a.waiting),
                      'text', a.body), null)
     from added a left join towns t on a.to_whom = 'town' and t.code = a.unit group by a.batch_id, a.act_id, a.to_whom, a.body;
  return null;
end $$;
create trigger batch_urges_followed after insert on batch_urges referencing new table as added
  for each statement execute function follow_batch_urges();

-- Departments asked ------------------------------------------------------------------------------------------------------------

/* [{department, byName, at, dueAt, note}]: asked last, not taken back, and silent since. */
create function countersigns_of(judged text) returns jsonb language plpgsql stable set search_path from current as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('department', c.department, 'byName', c.by_name,
                   'at', to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   'dueAt', to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'note', c.note) order by c.first_id), '[]')
            from (select distinct on (d.department) d.*, min(d.id) over (partition by d.department) as first_id
                    from batch_countersigns d where d.row_id = judged order by d.department, d.id desc) as c
           where not c.takes_back and not exists (select from batch_opinions o
                   where o.row_id = judged and o.department = c.department and o.id > c.after_opinion));
end $$;

create function keep_batch_countersign() returns trigger language plpgsql security definer set search_path from current as $$
declare
  held batches;
  judged batch_rows;
begin
  select * into held from batches b where b.id = new.batch_id;
  if my_account() is not null and not coalesce(within_reach('{batch:decide}', held.district_code, '', ''), false) then
    raise exception 'this is not for whoever asks' using errcode = '42501';
  end if;
  judged := row_to_judge(new.batch_id, new.row_id, new.seen_version);
  if my_account() is not null then
    new.by_account := my_account();
    new.by_name := current_setting('zhanzhi.name', true);
  end if;
  if new.by_account in (held.created_by, held.submitted_by) or new.by_account = any (judged.amended_by) then
    raise exception 'nobody reviews what they submitted' using errcode = '23514', constraint = 'batches_not_own';
  end if;
  new.at := now();
  new.department := btrim(new.department);
  new.note := btrim(new.note);
  new.after_opinion := coalesce((select max(o.id) from batch_opinions o where o.row_id = new.row_id and o.department = new.department), 0);
  if new.takes_back then
    if not judged.countersigns @> jsonb_build_array(jsonb_build_object('department', new.department)) then
      raise exception 'the department is not asked' using errcode = '23514', constraint = 'batch_countersigns_none';
    end if;
    new.due_at := null;
  else
    new.due_at := coalesce(new.due_at, add_working_days(now(), setting_number('batch.countersign_working_days', 5)::integer));
    if new.due_at not between now() and now() + interval '1 year' then
      raise exception 'no such date' using errcode = '23514', constraint = 'batch_countersigns_due';
    end if;
  end if;
  return new;
end $$;
create trigger batch_countersigns_kept before insert on batch_countersigns for each row execute function keep_batch_countersign();

create function apply_batch_countersigns() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update batch_rows r set countersigns = countersigns_of(r.id) where r.id in (select a.row_id from added a);
  perform begin_review(batch_id, array_agg(row_id)) from added group by batch_id;
  perform schedule_countersigns(batch_id) from added group by batch_id;
  perform write_audit(case when a.takes_back then 'countersign-back' else 'countersign' end, 'batch', a.batch_id, null,
                      json_build_object('department', a.department, 'dueAt', to_char(a.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                        'text', a.note, 'rows', json_agg(a.row_id order by a.id)), null)
     from added a group by a.batch_id, a.act_id, a.department, a.takes_back, a.due_at, a.note;
  return null;
end $$;
create trigger batch_countersigns_applied after insert on batch_countersigns referencing new table as added
  for each statement execute function apply_batch_countersigns();

/* As before (migration 044); a department that has spoken is asked no longer. */
create or replace function apply_batch_opinions() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update batch_rows r
     set town_opinion = coalesce((select opinion_json(o.opinion, o.body, o.by_name, o.at) from batch_opinions o
                                   where o.row_id = r.id and o.department = '' order by o.id desc limit 1), r.town_opinion),
         department_opinions = coalesce((select jsonb_agg(opinion_json(o.opinion, o.body, o.by_name, o.at) || jsonb_build_object('department', o.department) order by o.first_id)
           from (select distinct on (d.department) d.*, min(d.id) over (partition by d.department) as first_id from batch_opinions d
                  where d.row_id = r.id and d.department <> '' order by d.department, d.id desc) as o), '[]'),
         countersigns = case when r.countersigns = '[]' then r.countersigns else countersigns_of(r.id) end
   where r.id in (select a.row_id from added a);
  perform begin_review(batch_id, array_agg(row_id)) from added group by batch_id;
  return null;
end $$;

/* The clock of an open batch for the next department whose time will be over. */
create function schedule_countersigns(batch text) returns void language plpgsql security definer set search_path from current as $$
declare
  next_at timestamptz;
begin
  select min((asked.value->>'dueAt')::timestamptz) into next_at from batch_rows r, jsonb_array_elements(r.countersigns) as asked
   where r.batch_id = batch and r.decision is null and (asked.value->>'dueAt')::timestamptz > now();
  if next_at is not null then perform schedule('batch', batch, 'batch_countersigns', next_at); end if;
end $$;

create function due_batch_countersigns(object_id text) returns void language plpgsql security definer set search_path from current as $$
declare
  held batches;
begin
  select * into held from batches b where b.id = object_id and b.state in ('已提交', '审查中');
  if not found then return; end if;
  perform tell('batch-countersigns-due', 'batch', held.id, jsonb_build_object('number', held.number, 'title', held.title,
                 'rows', count(distinct r.id), 'departments', string_agg(distinct asked.value->>'department', '、')),
               to_role => 'district', to_district => held.district_code)
     from batch_rows r, jsonb_array_elements(r.countersigns) as asked
    where r.batch_id = held.id and r.decision is null and (asked.value->>'dueAt')::timestamptz <= now() having count(*) > 0;
  perform schedule_countersigns(held.id);
end $$;

-- Handing over -----------------------------------------------------------------------------------------------------------------

/* Accounts that may decide on a batch: their territory holds its district, and nothing in it is theirs. */
create function reviewers_of(batch text) returns table (id text, name text, role text)
  language plpgsql stable security definer set search_path from current as $$
#variable_conflict use_column
begin
  return query
  select a.id, a.name, a.role from batches b join accounts a on a.disabled_at is null
   where b.id = batch and a.id is distinct from b.created_by and a.id is distinct from b.submitted_by
     and exists (select from permissions p where p.permission = 'batch:decide' and p.role = a.role
           and (p.scope = 'all' or a.everywhere or b.district_code = any (a.district_codes)))
     and not exists (select from batch_rows r where r.batch_id = batch and a.id = any (r.amended_by));
end $$;

/* To whom who acts may hand it over. Nobody is told who reviews in a district that is not theirs to decide on. */
create function batch_reviewers(batch text) returns table (id text, name text, role text)
  language plpgsql stable security definer set search_path from current as $$
#variable_conflict use_column
declare
  held batches;
begin
  select * into held from batches b where b.id = batch and b.submitted_at is not null;
  if not coalesce(within_reach('{batch:decide}', held.district_code, '', ''), false) then return; end if;
  return query select r.id, r.name, r.role from reviewers_of(batch) as r
    where r.id is distinct from my_account() and r.id is distinct from held.handler order by r.role = 'city', r.name, r.id;
end $$;

create function keep_batch_handover() returns trigger language plpgsql security definer set search_path from current as $$
declare
  held batches;
  taker record;
begin
  select * into held from batches b where b.id = new.batch_id for update;
  if my_account() is not null then
    if not coalesce(within_reach('{batch:decide}', held.district_code, '', ''), false) then
      raise exception 'this is not for whoever hands over' using errcode = '42501';
    elsif my_account() in (held.created_by, held.submitted_by) then
      raise exception 'nobody reviews what they submitted' using errcode = '23514', constraint = 'batches_not_own';
    end if;
    new.by_account := my_account();
    new.by_name := current_setting('zhanzhi.name', true);
  end if;
  if held.state is null or held.state not in ('已提交', '审查中') then
    raise exception 'the batch is not open' using errcode = '23514', constraint = 'batches_open';
  end if;
  select * into taker from reviewers_of(new.batch_id) as r where r.id = new.to_account;
  if taker.id is null or taker.id is not distinct from my_account() or taker.id is not distinct from held.handler then
    raise exception 'it cannot be handed to that account' using errcode = '23514', constraint = 'batch_handovers_to';
  end if;
  new.note := btrim(new.note);
  if names_a_place(new.note) then
    raise exception 'a message names no place' using errcode = '23514', constraint = 'urges_place';
  end if;
  new.to_name := taker.name;
  new.from_name := held.handler_name;
  new.at := now();
  return new;
end $$;
create trigger batch_handovers_kept before insert on batch_handovers for each row execute function keep_batch_handover();

create function follow_batch_handover() returns trigger language plpgsql security definer set search_path from current as $$
begin
  update batches b set handler = new.to_account, handler_name = new.to_name where b.id = new.batch_id;
  perform tell('batch-handed-over', 'batch', b.id, jsonb_build_object('number', b.number, 'title', b.title, 'by', new.by_name, 'text', new.note),
               to_account => new.to_account)
     from batches b where b.id = new.batch_id;
  perform write_audit('handover', 'batch', new.batch_id, json_build_object('handler', new.from_name),
                      json_build_object('handler', new.to_name), new.note);
  return null;
end $$;
create trigger batch_handovers_followed after insert on batch_handovers for each row execute function follow_batch_handover();

-- a handover has a record of its own
drop trigger batches_audit on batches;
create trigger batches_audit after insert or update or delete on batches for each row
  execute function audit_row('batch', 'id', 'version', 'updated_at', 'for_operators', 'year', 'serial', 'handler', 'handler_name');

-- Copies -----------------------------------------------------------------------------------------------------------------------

/* After keep_batch. Who gets copies is for whoever writes the head of the letter; who handles it is said by its handovers. */
create function keep_batch_further() returns trigger language plpgsql security definer set search_path from current as $$
declare
  is_person constant boolean := my_account() is not null and pg_trigger_depth() = 1;
begin
  new.copy_to := array(select named.name from (select btrim(n.name) as name, min(n.at) as at
    from unnest(new.copy_to) with ordinality as n (name, at) where btrim(n.name) <> '' group by btrim(n.name)) as named order by named.at);
  if tg_op = 'INSERT' then
    if my_account() is not null then new.handler := null; new.handler_name := null; end if;
  elsif is_person and new.copy_to <> old.copy_to and not batch_is_mine(old.organisation, old.created_by)
        and not within_reach('{batch:decide}', old.district_code, '', '') then
    raise exception 'the head of the letter is for whoever decides' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger batches_kept_further before insert or update on batches for each row execute function keep_batch_further();

create function keep_batch_row_further() returns trigger language plpgsql as $$
begin
  if my_account() is not null then new.countersigns := '[]'; end if;
  return new;
end $$;
create trigger batch_rows_kept_further before insert on batch_rows for each row execute function keep_batch_row_further();

/* As the row policy of batches has it, for somebody who is not there. */
create function account_reads_batch(reader accounts, held batches) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return reader.disabled_at is null and exists (select from permissions p where p.permission = 'batch:read' and p.role = reader.role
      and (p.scope = 'all' or reader.everywhere or held.district_code = any (reader.district_codes)
           or exists (select from towns t where t.code = any (reader.town_codes) and t.district_code = held.district_code)))
    and (reader.role <> 'operator' or reader.organisation = any (held.for_operators));
end $$;

/* A town's people go by the name of their town, too. Whoever made the batch is told of it anyway. */
create function tell_copies() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform tell('batch-copied', 'batch', new.id, jsonb_build_object('number', new.number, 'title', new.title), to_account => a.id)
     from accounts a
    where (a.organisation = any (new.copy_to) or (a.role = 'town' and exists (select from towns t
             where t.code = any (a.town_codes) and t.district_code = new.district_code and t.name = any (new.copy_to))))
      and a.id is distinct from new.created_by and a.id is distinct from new.submitted_by and account_reads_batch(a, new);
  return null;
end $$;
create trigger batches_copied after update of state on batches for each row
  when (old.state <> new.state and new.state = '已关闭' and new.copy_to <> '{}') execute function tell_copies();

/* Names to choose from: organisations that read the batch, the towns and operators of its rows. For whoever may write its head. */
create function batch_organisations(batch text) returns setof text
  language plpgsql stable security definer set search_path from current as $$
declare
  held batches;
begin
  select * into held from batches b where b.id = batch;
  if held.id is null or not coalesce(within_reach('{batch:decide}', held.district_code, '', '') and held.submitted_at is not null
       or within_reach('{batch:submit}', held.district_code, '', '') and batch_is_mine(held.organisation, held.created_by), false) then
    return;
  end if;
  return query
  select distinct known.name from (
    select a.organisation from accounts a where account_reads_batch(a, held)
    union all select held.organisation
    union all select unnest(held.for_operators)
    union all select t.name from towns t where t.code in (select r.town_code from batch_rows r where r.batch_id = batch)) as known (name)
   where btrim(known.name) <> '' order by known.name limit 200;
end $$;

-- History ----------------------------------------------------------------------------------------------------------------------

/* What was done with a batch, newest first, for whoever reads it; rows stand as their number. A town hears what concerns all and
   itself, an operator nothing of what the office does within; what reviewers write to each other is theirs. */
create function batch_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text, action text,
    before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
  held batches;
  wide boolean;
  decides boolean;
begin
  select * into held from batches b where b.id = wanted;
  if held.id is null or (my_account() is not null and not coalesce(
       (reaches_all('batch:read') or held.district_code = any (my_wider_districts('batch:read')))
       and (held.submitted_at is not null or batch_is_mine(held.organisation, held.created_by))
       and for_me_as_operator(held.for_operators), false)) then return; end if;
  wide := my_account() is null or (not hides and coalesce(within_reach('{batch:read}', held.district_code, '', ''), false));
  decides := my_account() is null or coalesce(within_reach('{batch:decide}', held.district_code, '', ''), false);
  return query
    select a.seq, a.at, a.account_name, a.role, a.action,
           case when hides then mask_decimals(a.before::text)::json else a.before end,
           case when hides then mask_decimals(told.after::text)::json else told.after end,
           case when a.action = 'handover' and not decides then null when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a
      cross join lateral (select case when json_typeof(a.after->'rows') = 'array'
          then (a.after::jsonb || jsonb_build_object('rows', json_array_length(a.after->'rows')))::json else a.after end as after) as told
     where a.object = 'batch' and a.object_id = wanted
       and (wide or a.action in ('create', 'change') or (not hides and a.action = 'urge' and a.after->>'to' = 'town'
              and array(select json_array_elements_text(a.after->'units')) && my_towns('batch:read')))
     order by a.seq desc;
end $$;

-- Problems are urged ---------------------------------------------------------------------------------------------------------

alter table problem_steps drop constraint problem_steps_kind_check;
alter table problem_steps add constraint problem_steps_kind_check check (kind in ('raise', 'assign', 'start', 'progress', 'evidence',
  'settle', 'confirm', 'override', 'return', 'reopen', 'escalate', 'urge'));

/* Whom a problem waits for: the district that assigns it, or the unit in charge; NULL: neither. */
create function problem_waits_for(state text, owner_unit text) returns text immutable parallel safe
  return case when state = '新建' then 'district' when state in ('分派', '处理中') and owner_unit <> '' then 'unit' end;

/* After keep_problem_step. */
create function keep_problem_urge() returns trigger language plpgsql security definer set search_path from current as $$
declare
  about problems;
  whom text;
begin
  select * into about from problems p where p.id = new.problem_id for update;
  if my_account() is not null and not coalesce(within_reach('{problem:manage}', about.district_code, about.town_code, about.owner)
       or about.raised_by = my_account(), false) then
    raise exception 'this is not for whoever urges' using errcode = '42501';
  end if;
  whom := problem_waits_for(about.state, about.owner_unit);
  -- the district does not urge itself
  if whom is null or (whom = 'district' and current_setting('zhanzhi.role', true) = 'district') then
    raise exception 'nothing waits there' using errcode = '23514', constraint = 'urges_nothing';
  end if;
  new.words := btrim(new.words);
  if length(new.words) > 500 then
    raise exception 'an urge is short' using errcode = '23514', constraint = 'problem_steps_words';
  elsif names_a_place(new.words) then
    raise exception 'a message names no place' using errcode = '23514', constraint = 'urges_place';
  elsif exists (select from problem_steps s where s.problem_id = new.problem_id and s.kind = 'urge' and s.facts->>'urged' = whom
                   and s.at > new.at - urge_pause()) then
    raise exception 'it was urged a short while ago' using errcode = '23514', constraint = 'urges_again';
  end if;
  new.photo_ids := '{}';
  new.facts := jsonb_build_object('urged', whom) || case when whom = 'unit' then jsonb_build_object('ownerUnit', about.owner_unit) else '{}' end;
  return new;
end $$;
create trigger problem_steps_urged before insert on problem_steps for each row when (new.kind = 'urge')
  execute function keep_problem_urge();

create function follow_problem_urge() returns trigger language plpgsql security definer set search_path from current as $$
declare
  p problems;
  facts jsonb;
begin
  select * into strict p from problems t where t.id = new.problem_id;
  facts := jsonb_build_object('number', p.number, 'title', p.title, 'by', new.account_name,
    'organisation', coalesce(current_setting('zhanzhi.organisation', true), ''), 'text', new.words,
    'dueAt', to_char(p.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
  if new.facts->>'urged' = 'district' then
    perform tell('problem-urged-district', 'problem', p.id, facts, to_role => 'district', to_district => p.district_code);
  else
    if p.town_code <> '' then
      perform tell('problem-urged', 'problem', p.id, facts, to_role => 'town', to_district => p.district_code, to_town => p.town_code);
    end if;
    perform tell('problem-urged', 'problem', p.id, facts, to_role => 'tower', to_district => p.district_code, to_organisation => p.owner_unit);
  end if;
  perform write_audit('urge', 'problem', p.id, null, (new.facts || jsonb_build_object('text', new.words))::json, null);
  return null;
end $$;
create trigger problem_steps_urge_followed after insert on problem_steps for each row when (new.kind = 'urge')
  execute function follow_problem_urge();

-- Only added ---------------------------------------------------------------------------------------------------------------------

create trigger batch_urges_append_only before update or truncate on batch_urges for each statement execute function refuse_change();
create trigger batch_countersigns_append_only before update or truncate on batch_countersigns
  for each statement execute function refuse_change();
create trigger batch_handovers_append_only before update or truncate on batch_handovers
  for each statement execute function refuse_change();

-- To 0.001 degrees ---------------------------------------------------------------------------------------------------------------

create or replace view masked.batches as
  select id, number, year, serial, mask_decimals(title) as title, state, district_code, plan_id, for_operators,
         mask_decimals(addressee) as addressee, mask_decimals(office) as office, mask_decimals(note) as note, organisation, created_at,
         created_by, created_name, submitted_at, submitted_by, submitted_name, closed_at, closed_by, closed_name, updated_at, version,
         handler, handler_name, mask_decimals(copy_to::text)::text[] as copy_to
    from public.batches;
create or replace view masked.batch_rows as
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
         amended_by, town_due_at, due_at, updated_at, version, mask_decimals(countersigns::text)::jsonb as countersigns
    from public.batch_rows;

-- Rights and policies --------------------------------------------------------------------------------------------------------------

grant update (copy_to) on batches to zhanzhi_app;
grant select on batch_urges, batch_countersigns, batch_handovers to zhanzhi_app;
grant insert (act_id, batch_id, to_whom, unit, body) on batch_urges to zhanzhi_app;
grant insert (act_id, batch_id, row_id, department, takes_back, due_at, note, seen_version) on batch_countersigns to zhanzhi_app;
grant insert (batch_id, to_account, note) on batch_handovers to zhanzhi_app;

revoke execute on function batch_waiting(text), may_urge(batches, text), keep_batch_urge(), follow_batch_urges(), countersigns_of(text),
  keep_batch_countersign(), apply_batch_countersigns(), schedule_countersigns(text), due_batch_countersigns(text), reviewers_of(text),
  batch_reviewers(text), keep_batch_handover(), follow_batch_handover(), keep_batch_further(), account_reads_batch(accounts, batches),
  tell_copies(), batch_organisations(text), batch_history(text), keep_problem_urge(), follow_problem_urge() from public;
grant execute on function batch_waiting(text), may_urge(batches, text), batch_reviewers(text) to zhanzhi_app;
grant execute on function batch_organisations(text), batch_history(text) to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['batch_urges', 'batch_countersigns', 'batch_handovers'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

-- A town is told of its own urges; the others are for whoever has the district.
create policy batch_urges_read on batch_urges for select to zhanzhi_app using (
  (to_whom = 'town' and unit = any ((select my_towns('batch:read'))::text[])) or exists (select from batches b where b.id = batch_id
    and within_reach('{batch:read}', b.district_code, '', '')));
create policy batch_urges_add on batch_urges for insert to zhanzhi_app with check (
  by_account = (select my_account()) and exists (select from batches b where b.id = batch_id and may_urge(b, to_whom)));
create policy batch_countersigns_read on batch_countersigns for select to zhanzhi_app using (row_id in (select r.id from batch_rows r));
create policy batch_countersigns_add on batch_countersigns for insert to zhanzhi_app with check (
  by_account = (select my_account()) and exists (select from batch_rows r where r.id = row_id
    and within_reach('{batch:decide}', r.district_code, r.town_code, '')));
create policy batch_handovers_read on batch_handovers for select to zhanzhi_app using (exists (select from batches b where b.id = batch_id
  and within_reach('{batch:decide}', b.district_code, '', '')));
create policy batch_handovers_add on batch_handovers for insert to zhanzhi_app with check (
  by_account = (select my_account()) and exists (select from batches b where b.id = batch_id
    and within_reach('{batch:decide}', b.district_code, '', '')));
create policy problem_steps_urge on problem_steps for insert to zhanzhi_app, zhanzhi_masked with check (
  kind = 'urge' and exists (select from problems p where p.id = problem_id
    and (within_reach('{problem:manage}', p.district_code, p.town_code, p.owner) or p.raised_by = (select my_account()))));
