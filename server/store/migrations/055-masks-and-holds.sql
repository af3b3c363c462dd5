-- What a second reading of the desks found open: words of histories that masked roles read as they were typed, a demand held at two resources
-- at the same instant, wishes that nobody of their district saw, rows written into a district by who has a town of another, and who judged a
-- row of a batch somebody else closed.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- Masked roles read no place, wherever it was typed --------------------------------------------------------------------------

/* As in migration 054, but that the reason somebody gave is masked like every other text. */
create or replace function resource_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    object text, action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
  hidden constant text[] := array['geom', 'search_text'] || case when hides
    then array['lon', 'lat', 'original_lon', 'original_lat', 'datum'] else '{}' end;
begin
  if my_account() is not null and not exists (select from resources r where r.id = wanted
       and within_reach('{resource:read}', r.district_code, r.town_code, r.owner)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.object, a.action,
           case when hides then mask_decimals((a.before::jsonb - hidden)::text)::json else (a.before::jsonb - hidden)::json end,
           case when hides then mask_decimals((a.after::jsonb - hidden)::text)::json else (a.after::jsonb - hidden)::json end,
           case when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a where a.object in ('resource', 'resource-photo', 'resource-attachment') and a.object_id = wanted order by a.seq desc;
end $$;

create or replace function case_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
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
           case when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a
     where (a.object in ('case', 'survey', 'case-attachment') and a.object_id = wanted) or (a.object = 'photo' and a.object_id = any (shown_photos))
     order by a.seq desc;
end $$;

create or replace function relocation_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    object text, object_id text, action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
begin
  if my_account() is not null and not exists (select from relocations r where r.id = wanted
       and within_reach('{relocation:read}', r.district_code, r.town_code, r.owner)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.object, a.object_id, a.action,
           case when hides then mask_decimals(a.before::text)::json else a.before end,
           case when hides then mask_decimals(a.after::text)::json else a.after end,
           case when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a where a.object in ('relocation', 'relocation-site', 'relocation-attachment') and a.object_id = wanted order by a.seq desc;
end $$;

create or replace function claim_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
begin
  if my_account() is not null and not exists (select from claims c where c.id = wanted
       and within_reach('{claim:read}', c.district_code, c.town_code, c.owner)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.action,
           case when hides then mask_decimals(a.before::text)::json else a.before end,
           case when hides then mask_decimals(a.after::text)::json else a.after end,
           case when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a where a.object = 'claim' and a.object_id = wanted order by a.seq desc;
end $$;

/* An operator that only joins a demand reads its texts masked here as in the list. */
create or replace function demand_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  found demands;
  joins boolean := false;
  hidden text[] := array['geom'];
begin
  select * into found from demands d where d.id = wanted;
  if found.id is null then return; end if;
  if my_account() is not null and not within_reach('{demand:read}', found.district_code, found.town_code, found.operator) then
    joins := coalesce(my_organisation('demand:read') = any (found.joint_operators), false);
    if not joins then return; end if;
    hidden := hidden || array['lon', 'lat', 'original_lon', 'original_lat', 'datum'];
  end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.action,
           case when joins then mask_decimals((a.before::jsonb - hidden)::text)::json else (a.before::jsonb - hidden)::json end,
           case when joins then mask_decimals((a.after::jsonb - hidden)::text)::json else (a.after::jsonb - hidden)::json end,
           case when joins then mask_decimals(a.reason) else a.reason end
      from audit_records a where a.object = 'demand' and a.object_id = wanted order by a.seq desc;
end $$;

-- An operator undoes nothing and needs no words of decisions by this name: it reads them with the row, masked.
revoke select on batch_decisions from zhanzhi_masked;
grant select (id, act_id, batch_id, row_id, round, decision, undoes, decided_by, at) on batch_decisions to zhanzhi_masked;

-- Claims -------------------------------------------------------------------------------------------------------------------

/* After keep_claim, which holds the resource: masked roles read the facts of a rule as they are, and among them the code of a tower. A demand is
   held at one resource: whoever wants it at another at the same instant waits for its row, and finds it taken. What has run out ended when
   it did, however late that is written down. */
create function keep_claim_further() returns trigger language plpgsql security definer set search_path from current as $$
begin
  new.facts := mask_decimals(new.facts::text)::jsonb;
  if new.state = '已到期' and tg_op = 'UPDATE' and old.state in ('申请', '持有') and old.until < new.ended_at then
    new.ended_at := old.until;
  end if;
  if new.state = '持有' and new.demand_ids <> '{}' and (tg_op = 'INSERT' or old.state <> '持有') then
    perform from demands d where d.id = any (new.demand_ids) order by d.id for no key update;
    if exists (select from claims c where c.demand_ids && new.demand_ids and c.resource_id <> new.resource_id
         and c.state in ('持有', '已转建设') and claim_lives(c.state, c.company, c.until, clock_timestamp())) then
      raise exception 'a demand is held elsewhere' using errcode = '23514', constraint = 'claims_demands';
    end if;
  end if;
  return new;
end $$;
create trigger claims_kept_further before insert or update on claims for each row execute function keep_claim_further();

/* As before; a code with long numbers stands cut in the facts. */
create or replace function tell_override(claim claims) returns void
  language plpgsql security definer set search_path from current as $$
declare
  words constant jsonb := claim_words(claim) || jsonb_build_object('reason', claim.override_reason, 'by', claim.override_by);
  party record;
begin
  for party in
    select distinct 'tower' as role, c.company as organisation from claims c
     where c.resource_id = claim.resource_id and c.state in ('申请', '持有', '已转建设') and c.company not in ('', claim.company)
    union
    select 'operator', unnest(c.for_operators) from claims c
     where c.resource_id = claim.resource_id and c.id <> claim.id and c.state in ('申请', '持有', '已转建设')
    union
    select 'tower', claim.company where claim.company <> ''
    union
    -- whose tower stands near
    select 'tower', s.owner from sites s where s.masked_code = claim.facts->>'tower' and s.owner <> ''
  loop
    perform tell('claim-override', 'claim', claim.id, words, null, party.role, null, null, party.organisation);
  end loop;
end $$;

-- Demands ------------------------------------------------------------------------------------------------------------------

-- A tower company merges demands and finds resources for them (domain reference, section 3); what they say stays as it was written.
alter policy demands_update on demands using (
  (select reaches_all_by('{demand:update,demand:edit,claim:create,claim:release,case:verify}'))
  or district_code = any ((select districts_by('{demand:update,demand:edit,claim:create,claim:release,case:verify}'))::text[])
  or town_code = any ((select towns_by('{demand:update,demand:edit,claim:create,claim:release,case:verify}'))::text[])
  or operator = any ((select organisations_by('{demand:update,demand:edit}'))::text[]));

create or replace function check_demand_change() returns trigger language plpgsql as $$
declare
  -- what follows from other columns, from a move or a merge
  apart constant text[] := array['state', 'resource_id', 'matched_at', 'matched_by', 'merged_into', 'joint_operators', 'version',
    'updated_at', 'district_code', 'district_located'];
  change record;
begin
  if my_account() is null then return null; end if;
  for change in
    select distinct o.district_code, o.town_code, o.operator, o.state as old_state, n.state as new_state,
           o.merged_into is distinct from n.merged_into or o.joint_operators <> n.joint_operators as merged,
           to_jsonb(o) - apart is distinct from to_jsonb(n) - apart as edited,
           o.resource_id is distinct from n.resource_id as matched
      from was o join written n on n.id = o.id
  loop
    if (change.edited and not within_reach('{demand:edit}', change.district_code, change.town_code, change.operator))
       or (change.matched and not within_reach('{demand:update,claim:create,claim:release}', change.district_code, change.town_code,
             change.operator))
       -- joining what two operators want is not for one of them
       or (change.merged and (scope_of('demand:update') is not distinct from 'own'
             or not within_reach('{demand:update}', change.district_code, change.town_code, change.operator)))
       or (change.old_state <> change.new_state and not within_reach(
             array(select m.permission from state_moves m where m.noun = tg_table_name
                      and m.from_state = change.old_state and m.to_state = change.new_state),
             change.district_code, change.town_code, change.operator)) then
      raise exception 'this change of a demand is not allowed' using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;

-- Cases ---------------------------------------------------------------------------------------------------------------------

/* Before keep_case, which numbers it by its district: what is only wanted so far lies where its demand does, or nobody of that district
   would see it. */
create function place_wish() returns trigger language plpgsql security definer set search_path from current as $$
begin
  select d.district_code, d.town_code into new.district_code, new.town_code from demands d where d.id = new.demand_id;
  new.district_code := coalesce(new.district_code, '');
  new.town_code := coalesce(new.town_code, '');
  return new;
end $$;
create trigger cases_at_demand before insert on cases for each row when (new.site_id is null) execute function place_wish();

-- Separation of duties --------------------------------------------------------------------------------------------------------

/* Before keep_relocation: who registers a relocation lets it pass no gate. */
create function begin_relocation() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if my_account() is not null then
    new.override_reason := null;
    new.override_at := null;
    new.override_by := null;
    new.removed_on := null;
    new.created_by := my_account();
  end if;
  return new;
end $$;
create trigger relocations_begun before insert on relocations for each row execute function begin_relocation();

/* As before; what nobody in person raised was raised by somebody else. */
create or replace function check_problem_change() returns trigger language plpgsql as $$
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
    is_raiser := coalesce(change.raised_by = my_account(), false);
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

/* As before; the judgements that follow from a batch are those of who decided its rows, whoever closed it. */
create or replace function refuse_own_review() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if my_account() is not null and pg_trigger_depth() = 1 then
    -- who judged is who is signed in, whatever was typed
    new.account_id := my_account();
    new.reviewer := current_setting('zhanzhi.name', true);
  end if;
  if exists (select from plans p where p.id = new.plan_id and p.created_by = new.account_id) then
    raise exception 'nobody reviews a plan they made' using errcode = '23514', constraint = 'reviews_not_own_plan';
  end if;
  return new;
end $$;

create or replace function conclude_batch(batch text) returns void language plpgsql security definer set search_path from current as $$
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
  insert into reviews (plan_id, site_id, decision, reason_code, reason_text, reviewer, account_id)
  select r.plan_id, r.site_id, case when r.decision in ('同意', '不同意') then r.decision else '退回' end, r.reason_code, r.reason_text,
         r.decided_name, r.decided_by
    from batch_rows r join plans p on p.id = r.plan_id and p.deleted_at is null
   where r.batch_id = batch order by r.place;
end $$;

-- Whose district ------------------------------------------------------------------------------------------------------------

-- A town gives reach within its own district: its code on a row of another one would put the row into that one's lists, or take it there.
do $$
declare
  written text;
  act text;
begin
  foreach written in array array['sites', 'resources'] loop
    foreach act in array array['create', 'update'] loop
      execute format('create policy %1$I on %2$I as restrictive for %3$s to zhanzhi_app %5$s with check (
          district_code = '''' or (select scope_of(''resource:%4$s'')) is distinct from ''territory'' or (select reaches_all(''resource:%4$s''))
          or district_code = any ((select my_districts(''resource:%4$s''))::text[])
          or not exists (select from towns t where t.code = town_code and t.district_code <> %2$I.district_code))',
        written || '_' || act || '_town', written, case act when 'create' then 'insert' else 'update' end, act,
        case act when 'update' then 'using (true)' else '' end);
    end loop;
  end loop;
end $$;

revoke execute on function keep_claim_further(), place_wish(), begin_relocation() from public;
