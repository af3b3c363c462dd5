-- One way to number what is numbered by district and year, and functions that are asked for every row or statement as PL/pgSQL:
-- a function in SQL is planned anew in each statement that calls it, which cost more than everything it looks up; in PL/pgSQL
-- its plan is kept with the connection. What they answer is what they answered before.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- Numbers -----------------------------------------------------------------------------------------------------------------

/* The next number of a noun in a district and year, also as text of at least so many digits. One after the other in a district until the
   transaction ends: the numbers have no gap. */
create function next_serial(numbered text, district text, of_year integer, digits integer, out serial integer, out padded text)
  language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(4490049, hashtext(numbered || ' ' || district));
  if numbered = 'cases' then
    serial := (select max(t.serial) from cases t where t.district_code = district and t.year = of_year);
  elsif numbered = 'problems' then
    serial := (select max(t.serial) from problems t where t.district_code = district and t.year = of_year);
  elsif numbered = 'batches' then
    serial := (select max(t.serial) from batches t where t.district_code = district and t.year = of_year);
  elsif numbered = 'relocations' then
    serial := (select max(t.serial) from relocations t where t.district_code = district and t.year = of_year);
  elsif numbered = 'directories' then
    serial := (select max(t.serial) from directories t where t.district_code = district and t.year = of_year);
  else
    raise exception 'nothing is numbered as %', numbered using errcode = '22023';
  end if;
  serial := coalesce(serial, 0) + 1;
  padded := lpad(serial::text, greatest(digits, length(serial::text)), '0');
end $$;

/* The year numbers are given in: that of China. */
create function year_in_china(at timestamptz) returns integer stable parallel safe
  return extract(year from at at time zone 'Asia/Shanghai')::integer;

create or replace function number_directory() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.published_at := now();
  new.published_by := my_account();
  new.publisher := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  new.year := year_in_china(now());
  new.serial := (next_serial('directories', new.district_code, new.year, 2)).serial;
  return new;
end $$;

create or replace function keep_case() returns trigger language plpgsql security definer set search_path from current as $$
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
    new.year := year_in_china(now());
    select n.serial, coalesce(nullif(new.district_code, ''), '0') || '-' || new.year || '-' || n.padded into new.serial, new.number
      from next_serial('cases', new.district_code, new.year, 4) as n;
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

create or replace function keep_problem() returns trigger language plpgsql security definer set search_path from current as $$
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
    new.year := year_in_china(new.raised_at);
    new.serial := (next_serial('problems', new.district_code, new.year, 4)).serial;
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

create or replace function keep_batch() returns trigger language plpgsql security definer set search_path from current as $$
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
    elsif exists (select from batch_rows r join batch_rows o on o.site_id = r.site_id and o.batch_id <> r.batch_id
                    join batches b on b.id = o.batch_id
                   where r.batch_id = new.id and b.state in ('已提交', '审查中') and r.for_operators && o.for_operators) then
      raise exception 'a site waits in another batch' using errcode = '23514', constraint = 'batches_site_open';
    end if;
    new.submitted_at := now();
    new.submitted_by := my_account();
    new.submitted_name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
    new.year := year_in_china(now());
    select n.serial, new.district_code || '-' || new.year || '-' || n.padded into new.serial, new.number
      from next_serial('batches', new.district_code, new.year, 3) as n;
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

create or replace function keep_relocation() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    new.year := year_in_china(now());
    select n.serial, coalesce(nullif(new.district_code, ''), '0') || '-Q-' || new.year || '-' || n.padded into new.serial, new.number
      from next_serial('relocations', new.district_code, new.year, 3) as n;
    return new;
  end if;
  if new.id <> old.id then raise exception 'ids stay' using errcode = '42501'; end if;
  new.number := old.number;
  new.year := old.year;
  new.serial := old.serial;
  new.owner := old.owner;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.version := old.version + 1;
  new.updated_at := now();
  if new.state <> old.state then new.state_since := now(); end if;
  -- what was passed over once is told for ever
  if old.override_at is not null then
    new.override_reason := old.override_reason;
    new.override_at := old.override_at;
    new.override_by := old.override_by;
  elsif new.override_reason is not null then
    new.override_at := now();
    new.override_by := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  end if;
  return new;
end $$;

-- Asked for every row or statement ------------------------------------------------------------------------------------------

create or replace function scope_of(wanted text) returns text language plpgsql stable parallel safe as $$
begin
  return (select p.scope from public.permissions p
           where p.permission = wanted and p.role = current_setting('zhanzhi.role', true)
             and case when coalesce(current_setting('zhanzhi.token_scope', true), '') = '' then true
                      else wanted = any (setting_list('zhanzhi.token_scope')) end);
end $$;

create or replace function reaches_all_by(wanted text[]) returns boolean language plpgsql stable parallel safe as $$
declare
  one text;
begin
  foreach one in array wanted loop
    if reaches_all(one) then return true; end if;
  end loop;
  return false;
end $$;

create or replace function districts_by(wanted text[]) returns text[] language plpgsql stable parallel safe as $$
begin
  return array(select distinct code from unnest(wanted) as w, unnest(my_districts(w)) as code);
end $$;

create or replace function towns_by(wanted text[]) returns text[] language plpgsql stable parallel safe as $$
begin
  return array(select distinct code from unnest(wanted) as w, unnest(my_towns(w)) as code);
end $$;

create or replace function organisations_by(wanted text[]) returns text[] language plpgsql stable parallel safe as $$
begin
  return array(select distinct my_organisation(w) from unnest(wanted) as w where my_organisation(w) is not null);
end $$;

/* Unknown codes are unknown to reach: NULL, as every comparison with them. */
create or replace function within_reach(wanted text[], district text, town text, owner text) returns boolean
  language plpgsql stable parallel safe as $$
declare
  one text;
  scope text;
  found boolean := false;
begin
  foreach one in array wanted loop
    scope := scope_of(one);
    if scope = 'all' or (scope = 'territory' and current_setting('zhanzhi.everywhere', true) = 'on') then return true; end if;
    if scope = 'territory' then
      found := found or district = any (setting_list('zhanzhi.districts')) or town = any (setting_list('zhanzhi.towns'));
    elsif scope = 'own' and nullif(current_setting('zhanzhi.organisation', true), '') is not null then
      found := found or owner = current_setting('zhanzhi.organisation', true);
    end if;
    if found then return true; end if;
  end loop;
  return found;
end $$;

create or replace function setting_number(name text, fallback double precision) returns double precision
  language plpgsql stable parallel safe set search_path from current as $$
begin
  return coalesce((select r.value from rule_values r where r.name = $1), $2);
end $$;

create or replace function is_working_day(wanted date) returns boolean
  language plpgsql stable parallel safe set search_path from current as $$
begin
  return coalesce((select d.works from calendar_days d where d.day = wanted), extract(isodow from wanted) < 6);
end $$;

create or replace function schedule(noun text, object_id text, action text, at timestamptz) returns void
  language plpgsql security definer set search_path from current as $$
begin
  insert into timers as t (noun, object_id, action, at, not_before) values ($1, $2, $3, $4, $4)
  on conflict on constraint timers_pkey do update
     set at = excluded.at, not_before = excluded.at, round = t.round + 1, tries = 0, last_error = null;
end $$;

create or replace function open_batch_of(site text, operators text[], except_batch text) returns text
  language plpgsql stable security definer set search_path from current as $$
begin
  return (select coalesce(b.number, '') from batch_rows r join batches b on b.id = r.batch_id
           where r.site_id = site and b.state in ('已提交', '审查中') and b.id is distinct from except_batch
             and (operators && r.for_operators or cardinality(operators) = 0) limit 1);
end $$;

create or replace function audit_hash(parts text[]) returns text language plpgsql immutable parallel safe as $$
begin
  return (select encode(sha256(convert_to(string_agg(
            coalesce(octet_length(convert_to(part, 'UTF8')) || ':' || part, '-'), '' order by place), 'UTF8')), 'hex')
            from unnest(parts) with ordinality as listed (part, place));
end $$;

create or replace function audit_view(whole jsonb, left_out text[]) returns jsonb language plpgsql immutable parallel safe as $$
begin
  return (whole - left_out) || case when whole ? 'geom'
    then jsonb_build_object('geom', 'sha256:' || encode(sha256(convert_to(whole->>'geom', 'UTF8')), 'hex')) else '{}' end;
end $$;

/* All that the transaction noted, at the first of its notes: the one head row is locked, read and written once. */
create or replace function audit_chain() returns trigger language plpgsql security definer set search_path from current as $$
declare
  last audit_head;
  noted audit_pending;
  now_at timestamptz;
  new_hash text;
begin
  if not exists (select from audit_pending p where p.id = new.id) then return null; end if;
  select * into strict last from audit_head for update;
  -- those of others are not visible before they are gone
  for noted in select * from audit_pending p order by p.id loop
    now_at := clock_timestamp();
    new_hash := audit_hash(array[(last.seq + 1)::text, to_char(now_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      noted.account_id, noted.account_name, noted.role, noted.address, noted.request_id, noted.action, noted.object, noted.object_id,
      noted.before::text, noted.after::text, noted.reason, last.hash]);
    insert into audit_records (seq, at, account_id, account_name, role, address, request_id, action, object, object_id,
        before, after, reason, previous_hash, hash)
      values (last.seq + 1, now_at, noted.account_id, noted.account_name, noted.role, noted.address, noted.request_id, noted.action,
        noted.object, noted.object_id, noted.before, noted.after, noted.reason, last.hash, new_hash);
    last.seq := last.seq + 1;
    last.hash := new_hash;
  end loop;
  update audit_head set seq = last.seq, hash = last.hash;
  delete from audit_pending;
  return null;
end $$;

create or replace function write_audit(action text, object text, object_id text, before json, after json, reason text) returns void
  language plpgsql security definer set search_path from current as $$
begin
  insert into audit_pending (account_id, account_name, role, address, request_id, action, object, object_id, before, after, reason)
  values (my_account(), coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'),
    nullif(current_setting('zhanzhi.role', true), ''), nullif(current_setting('zhanzhi.address', true), ''),
    nullif(current_setting('zhanzhi.request', true), ''), $1, $2, $3, $4, $5,
    coalesce(nullif($6, ''), nullif(current_setting('zhanzhi.reason', true), '')));
end $$;


-- Cases and batches ---------------------------------------------------------------------------------------------------------

create or replace function open_case(site text, plan text, demand text, operator text, state text) returns text
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
  -- each by an index of its own
  if $1 is null then
    select c.id into found_id from cases c
     where c.site_id is null and c.demand_id = $3 and c.operator = coalesce($4, '') and c.state not in ('撤销', '退网');
  else
    select c.id into found_id from cases c
     where c.site_id = $1 and c.operator = coalesce($4, '') and c.state not in ('撤销', '退网');
  end if;
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

/* The case of each operator of each row of a batch, on the way to its decision; what is built or agreed already stays where it is. Rows
   at once and not one by one: what follows from a state is asked for each statement. */
create function declare_batch(batch text) returns void language plpgsql security definer set search_path from current as $$
declare
  declared text[];
begin
  if my_account() is not null and exists (
       select from (select distinct s.district_code, s.town_code, s.owner from batch_rows r join sites s on s.id = r.site_id
                     where r.batch_id = batch) as place
        where not within_reach('{batch:submit}', place.district_code, place.town_code, place.owner)) then
    raise exception 'this case is not for whoever opens it' using errcode = '42501';
  end if;
  declared := array(select c.id from batch_rows r join cases c on c.site_id = r.site_id and c.operator = any (r.for_operators)
    where r.batch_id = batch and c.state not in ('撤销', '退网') order by r.place);
  -- numbered in the order of the rows; one that somebody opens at this moment is waited for, and is a live case then
  insert into cases (id, site_id, plan_id, operator, state)
  select 'case-' || gen_random_uuid(), r.site_id, r.plan_id, wanted.operator, '已申报'
    from batch_rows r cross join unnest(r.for_operators) with ordinality as wanted (operator, at)
   where r.batch_id = batch and not exists (select from cases c where c.site_id = r.site_id and c.operator = wanted.operator
           and c.state not in ('撤销', '退网'))
   order by r.place, wanted.at
  on conflict (site_id, operator) where state not in ('撤销', '退网') do nothing;
  declared := declared || array(select c.id from batch_rows r join cases c on c.site_id = r.site_id and c.operator = any (r.for_operators)
    where r.batch_id = batch and c.state not in ('撤销', '退网', '已申报') and not c.id = any (declared));
  update cases c set plan_id = r.plan_id from batch_rows r
   where r.batch_id = batch and c.site_id = r.site_id and c.id = any (declared) and c.operator = any (r.for_operators)
     and c.plan_id is null and r.plan_id is not null;
  update cases c set state = '候选' where c.id = any (declared) and c.state = '需求';
  update cases c set state = '已申报' where c.id = any (declared) and (c.state in ('候选', '入方案', '退回补正', '不同意', '疑难')
    or (c.state in ('认领', '谈点', '勘察设计') and c.listed_at is null));
end $$;
create or replace function follow_batch() returns trigger language plpgsql security definer set search_path from current as $$
declare
  due record;
  told jsonb;
begin
  told := jsonb_build_object('number', new.number, 'title', new.title,
    'rows', (select count(*) from batch_rows r where r.batch_id = new.id));
  if new.state = '已提交' then
    select add_working_days(now(), setting_number('batch.town_opinion_working_days', 5)::integer) as of_town,
           add_working_days(now(), setting_number('batch.row_working_days', 10)::integer) as of_row into due;
    update batch_rows set town_due_at = due.of_town, due_at = due.of_row where batch_id = new.id;
    perform declare_batch(new.id);
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

create or replace function batch_check_facts(batch text, listed json) returns table (place bigint, facts json)
  language plpgsql stable security definer set search_path from current as $$
declare
  duplicate_m constant double precision := setting_number('duplicate.radius_m', 50);
  tower_m constant double precision := greatest(setting_number('tower.spacing_settlement_m', 500),
                                                setting_number('tower.spacing_other_m', 3000));
begin
  return query
  with asked as materialized (
    select l.site_id, l.resource_id, l.height_m, l.structure, l.district_code, l.place,
           at.geom, box_around(at.geom, duplicate_m) as near_box, box_around(at.geom, tower_m) as tower_box
      from rows from (json_to_recordset(listed) as ("siteId" text, "resourceId" text, lon float8, lat float8, "heightM" float8,
             structure text, "districtCode" text)) with ordinality
        as l (site_id, resource_id, lon, lat, height_m, structure, district_code, place)
      cross join lateral (select ST_SetSRID(ST_MakePoint(l.lon, l.lat), 4490) as geom) as at
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
                 from beside o where o.site_id <> a.site_id and o.geom && a.near_box
               union all
               select 'station', case when s.district_code = a.district_code then s.code end, near_distance_m(a.geom, s.geom)
                 from sites s where s.status = 'existing' and s.id <> a.site_id and s.geom && a.near_box) as every
              where every.distance_m <= duplicate_m order by every.distance_m, every.code limit 5) as n), '[]'::json),
    'areaKinds', coalesce((select json_agg(distinct t.kind) from target_areas t where ST_Covers(t.geom, a.geom)), '[]'::json),
    'slotsFree', case when a.resource_id is not null then slots_free(a.resource_id) end,
    'towerM', case when a.structure = 'tower' then (
       select min(d.distance_m) from (
         select near_distance_m(a.geom, s.geom) as distance_m from sites s
          where s.structure = 'tower' and s.status = 'existing' and s.id <> a.site_id and s.geom && a.tower_box
         union all
         select near_distance_m(a.geom, o.geom) from beside o
          where o.structure = 'tower' and o.site_id <> a.site_id and o.geom && a.tower_box) as d
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

-- Claims --------------------------------------------------------------------------------------------------------------------

/* What runs on a resource, as a decision needs it: by the time it was held; requests nobody has taken up are told, too. */
create function claim_standing(resource text) returns json
  language plpgsql stable security definer set search_path from current as $$
begin
  return coalesce((
    select json_agg(json_build_object('id', c.id, 'state', c.state, 'company', c.company, 'operators', c.for_operators,
             'slots', c.slots, 'loadKg', c.load_kg, 'powerKva', c.power_kva, 'keyAreaDeadline', c.key_area_deadline,
             'demandsServed', cardinality(c.demand_ids), 'onAirBy', c.on_air_by,
             'submittedAt', to_char(c.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
             order by c.held_at nulls last, c.submitted_at, c.id)
      from claims c where c.resource_id = resource and c.state in ('申请', '持有', '已转建设')
       and (c.company = '' or claim_lives(c.state, c.company, c.until, clock_timestamp()))), '[]');
end $$;

/* As before; the lock lets others refer to the resource meanwhile, which is all a claim that was lost does. */
create or replace function claim_grounds(resource_ids text[]) returns table (resource_id text, ground json, standing json)
  language plpgsql security definer set search_path from current as $$
declare
  one resources;
begin
  for one in select * from resources r where r.id = any (resource_ids)
     and (my_account() is null or within_reach('{claim:read}', r.district_code, r.town_code, r.owner))
   order by r.id for no key update
  loop
    perform end_overdue(one.id);
    resource_id := one.id;
    ground := claim_ground(one);
    standing := claim_standing(one.id);
    return next;
  end loop;
end $$;

/* The same of one resource as it is at this moment, without a lock: enough to lose by, never to hold by. */
create function claim_outlook(wanted text) returns table (ground json, standing json)
  language plpgsql stable security definer set search_path from current as $$
declare
  one resources;
begin
  select * into one from resources r where r.id = wanted
     and (my_account() is null or within_reach('{claim:read}', r.district_code, r.town_code, r.owner));
  if not found then return; end if;
  ground := claim_ground(one);
  standing := claim_standing(one.id);
  return next;
end $$;

create or replace function keep_claim() returns trigger language plpgsql security definer set search_path from current as $$
declare
  at timestamptz;
  ground resources;
  used record;
  mine constant text := coalesce(current_setting('zhanzhi.organisation', true), '');
  entered constant boolean := tg_op = 'INSERT' or new.state <> old.state;
begin
  if tg_op = 'UPDATE' then
    if new.id <> old.id or new.resource_id <> old.resource_id then
      raise exception 'ids stay' using errcode = '42501';
    end if;
    new.submitted_at := old.submitted_at;
    new.created_at := old.created_at;
    new.created_by := old.created_by;
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  if tg_op = 'INSERT' and new.state = '未获' then
    -- lost: nothing is counted for it, and it waits for no claim; only the codes of the row stay until it is written
    select * into ground from resources r where r.id = new.resource_id for key share;
  else
    -- the lock under which everything is counted
    select * into ground from resources r where r.id = new.resource_id for no key update;
  end if;
  if ground.id is null then raise exception 'there is no such resource' using errcode = '23503'; end if;
  at := clock_timestamp();
  if tg_op = 'INSERT' then
    new.skips_consent := ground.whitelisted;
    -- a person begins a claim; only the system may add one with a past
    if my_account() is not null then
      new.submitted_at := at;
      new.held_at := null;
      new.until := null;
      new.extensions := 0;
      new.case_ids := '{}';
      new.override_reason := null;
      new.created_by := my_account();
    end if;
  end if;
  new.district_code := ground.district_code;
  new.town_code := ground.town_code;
  new.owner := ground.owner;
  new.site_id := ground.site_id;
  -- masked roles read these words as they are
  new.note := mask_decimals(new.note);
  new.end_reason := mask_decimals(new.end_reason);
  new.override_reason := mask_decimals(new.override_reason);

  if new.override_reason is not null and (tg_op = 'INSERT' or new.override_reason is distinct from old.override_reason) then
    new.override_at := at;
    new.override_by := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  end if;
  if tg_op = 'UPDATE' and new.extensions > old.extensions then
    if old.state <> '持有' or old.until <= at or old.extensions > 0 then
      raise exception 'there is nothing to extend' using errcode = '23514', constraint = 'claims_extensions';
    end if;
    new.until := least(add_working_days(old.until, setting_number('claim.extension_working_days', 15)::integer),
      add_working_days(old.held_at, setting_number('claim.release_days', 60)::integer));
    if new.until <= old.until then
      raise exception 'it lasts to the last day already' using errcode = '23514', constraint = 'claims_extensions';
    end if;
  end if;
  if entered then
    if new.state = '持有' then
      new.held_at := coalesce(new.held_at, at);
      if tg_op = 'UPDATE' or new.until is null then
        new.until := add_working_days(new.held_at, setting_number('claim.hold_working_days', 15)::integer);
      end if;
    elsif new.state = '申请' then
      if tg_op = 'UPDATE' or new.until is null then
        new.until := add_working_days(at, case when new.company = '' then setting_number('claim.request_working_days', 15)
          else setting_number('claim.confirm_working_days', 5) end::integer);
      end if;
    else
      new.until := null;
    end if;
    new.ended_at := case when new.state in ('申请', '持有', '已转建设') then null else coalesce(new.ended_at, at) end;
    if new.state in ('已释放', '已撤回') and new.end_reason is null then
      new.end_reason := nullif(mask_decimals(btrim(coalesce(current_setting('zhanzhi.reason', true), ''))), '');
    end if;
    -- somebody else's hold ends by the office only
    if new.state = '已释放' and my_account() is not null and new.company <> mine then
      new.rule := 'CLAIM-OFFICE';
      new.facts := jsonb_build_object('office', mine, 'by', current_setting('zhanzhi.name', true), 'reason', new.end_reason);
    end if;
  elsif tg_op = 'UPDATE' and new.state = '申请' and old.company = '' and new.company <> '' and new.until = old.until then
    new.until := add_working_days(at, setting_number('claim.confirm_working_days', 5)::integer);
  end if;

  if claim_lives(new.state, new.company, new.until, at) and (tg_op = 'INSERT'
       or not claim_lives(old.state, old.company, old.until, at)
       or (new.slots, coalesce(new.load_kg, 0), coalesce(new.power_kva, 0)) is distinct from
          (old.slots, coalesce(old.load_kg, 0), coalesce(old.power_kva, 0))) then
    if ground.state not in ('已开放', '已锁定', '部分占用', '满载') then
      raise exception 'the resource is not open' using errcode = '23514', constraint = 'claims_open';
    end if;
    select coalesce(sum(c.slots), 0) as slots, coalesce(sum(c.load_kg), 0) as load_kg, coalesce(sum(c.power_kva), 0) as power_kva,
           coalesce(bool_or(c.for_operators && new.for_operators), false) as same_operator into used
      from claims c where c.resource_id = new.resource_id and c.id <> new.id and c.state in ('申请', '持有', '已转建设')
       and claim_lives(c.state, c.company, c.until, at);
    if used.slots + new.slots > coalesce(ground.slots, 1) then
      raise exception 'no place is left' using errcode = '23514', constraint = 'claims_slots';
    elsif used.load_kg + coalesce(new.load_kg, 0) > ground.load_kg then
      raise exception 'no load is left' using errcode = '23514', constraint = 'claims_load';
    elsif used.power_kva + coalesce(new.power_kva, 0) > ground.power_kva then
      raise exception 'no power is left' using errcode = '23514', constraint = 'claims_power';
    elsif used.same_operator then
      raise exception 'one operator claims a resource once' using errcode = '23514', constraint = 'claims_operator';
    end if;
  end if;
  -- who shares a resource becomes a holder by the last operator's word, and by nobody's else
  if entered and new.state = '持有' and my_account() is not null and exists (select from claims c
       where c.resource_id = new.resource_id and c.id <> new.id and c.state in ('持有', '已转建设')
         and claim_lives(c.state, c.company, c.until, at)) then
    raise exception 'the operators have not agreed' using errcode = '23514', constraint = 'claims_shared';
  end if;
  return new;
end $$;

/* As before; a resource whose codes change is held by them. */
create or replace function follow_resource_of_claims() returns trigger language plpgsql security definer set search_path from current as $$
declare
  account text;
begin
  if (new.district_code, new.town_code, new.owner) is distinct from (old.district_code, old.town_code, old.owner) then
    -- those being lost at this moment hold the row by their key: they are waited for, and whoever comes later reads the new codes
    perform from resources r where r.id = new.id for update;
    update claims c set district_code = new.district_code, town_code = new.town_code, owner = new.owner where c.resource_id = new.id;
  end if;
  if new.state = '退出' and old.state <> '退出' then
    account := act_as_system();
    update claims c set state = case when c.state = '申请' then '未获' else '已释放' end, rule = 'CLAIM-OFFICE',
           facts = jsonb_build_object('office', current_setting('zhanzhi.organisation', true),
             'by', current_setting('zhanzhi.name', true), 'reason', coalesce(current_setting('zhanzhi.reason', true), ''))
     where c.resource_id = new.id and c.state in ('申请', '持有');
    perform set_config('zhanzhi.account', account, true);
  end if;
  if (new.state, new.slots) is distinct from (old.state, old.slots) then perform follow_claims(new.id); end if;
  return null;
end $$;

revoke execute on function next_serial(text, text, integer, integer), declare_batch(text), claim_standing(text),
  claim_outlook(text) from public;
grant execute on function claim_outlook(text) to zhanzhi_app, zhanzhi_masked;

-- A call once -----------------------------------------------------------------------------------------------------------------

/* Takes the key for who acts; NULL when it is new, else what was asked and answered under it. Waits for a transaction that is taking
   it. A key of yesterday is new. */
create function take_once_key(key text, method text, path text, body_digest text) returns json language plpgsql as $$
#variable_conflict use_column
declare
  known idempotency_keys;
begin
  insert into idempotency_keys (key, method, path, body_digest) values ($1, $2, $3, $4)
  on conflict on constraint idempotency_keys_pkey do nothing;
  if found then return null; end if;
  select * into known from idempotency_keys k where k.account_id = my_account() and k.key = $1;
  if known.at < now() - interval '24 hours' then
    delete from idempotency_keys k where k.account_id = my_account() and k.key = $1 and k.at = known.at;
    return take_once_key($1, $2, $3, $4);
  end if;
  return json_build_object('key', known.key, 'method', known.method, 'path', known.path, 'bodyDigest', known.body_digest,
    'status', known.status, 'body', known.body);
end $$;
