-- Claims (认领): a tower company keeps a resource for operators, for a time. Who may hold what is counted here, under the row lock of
-- the resource, whoever writes: places, load and power of the claims that run can never be given away twice. A hold ends by the
-- database's clock whether or not its timer has run. Rules and times of the domain reference, 8.2 and 8.3.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

insert into rule_values (name, value, unit, lowest, highest, source) values
  ('claim.warn_working_days', 3, 'working-days', 1, 250, 'D'),
  ('claim.confirm_working_days', 5, 'working-days', 1, 250, 'D'),
  ('claim.request_working_days', 15, 'working-days', 1, 250, 'D'),
  -- so many buildings within 500 m make a settlement of the ground under a tower
  ('tower.settlement_buildings', 20, 'count', 1, 100000, 'D')
on conflict (name) do nothing;

create table claims (
  id text collate "C" primary key check (id <> ''),
  state text not null default '申请' check (state in ('申请', '持有', '已转建设', '已释放', '已到期', '已撤回', '未获')),
  resource_id text collate "C" not null references resources,
  -- As the resource has them, for the row policies.
  district_code text not null default '',
  town_code text not null default '',
  owner text collate "C" not null default '',
  -- The tower company; '': an operator's request that none has taken up.
  company text collate "C" not null default '',
  for_operators text[] not null check (cardinality(for_operators) between 1 and 10 and array_position(for_operators, null) is null
    and array_position(for_operators, '') is null),
  -- The operator that asked for it; NULL: the company came by itself.
  requested_by text collate "C" check (requested_by = any (for_operators)),
  demand_ids text[] not null default '{}' check (array_position(demand_ids, null) is null),
  plan_id text collate "C" references plans,
  site_id text collate "C",
  -- One for each operator while it is held or built.
  case_ids text[] not null default '{}' check (array_position(case_ids, null) is null),
  slots integer not null check (slots between 1 and 100),
  load_kg double precision check (load_kg between 0 and 1e6),
  power_kva double precision check (power_kva between 0 and 1e5),
  note text not null default '' check (length(note) <= 1000),
  submitted_at timestamptz not null default clock_timestamp(),
  held_at timestamptz,
  -- End of the hold, of the wait for a word, of a request; NULL: it has none or is over.
  until timestamptz,
  ended_at timestamptz,
  extensions integer not null default 0,
  -- What rule 2 of 8.3 compares, as it was when it was submitted.
  key_area_deadline date,
  on_air_by date,
  -- Why it waits, was lost, ended or was let through (engine/review/claim-rules.ts).
  rule text collate "C",
  facts jsonb not null default '{}' check (jsonb_typeof(facts) = 'object'),
  override_reason text check (btrim(override_reason) <> ''),
  override_by text,
  override_at timestamptz,
  end_reason text check (end_reason <> ''),
  -- 公共资源白名单: the talk with the owner is skipped.
  skips_consent boolean not null default false,
  created_by text collate "C" default my_account(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint claims_extensions check (extensions between 0 and 1),
  constraint claims_company check (company <> '' or requested_by is not null),
  constraint claims_held check (state not in ('持有', '已转建设') or (held_at is not null and company <> '')),
  constraint claims_until check (case when state = '持有' then until is not null when state = '申请' then until is not null
    else until is null end),
  constraint claims_ended check ((state in ('申请', '持有', '已转建设')) = (ended_at is null)),
  constraint claims_lost check (state <> '未获' or rule is not null)
);
create index claims_live on claims (resource_id) where state in ('申请', '持有', '已转建设');
create index claims_of_resource on claims (resource_id, submitted_at);
create index claims_submitted on claims (submitted_at, id);
create index claims_until on claims (until, id);
create index claims_company on claims (company, id);
create index claims_filter on claims (district_code, state, company, town_code);
create index claims_demands on claims using gin (demand_ids);
create index claims_cases on claims using gin (case_ids);
create index claims_plan on claims (plan_id) where plan_id is not null;

-- Who has to agree to sharing (8.3, rule 1), and what they said.
create table claim_confirmations (
  claim_id text collate "C" not null references claims on delete cascade,
  operator text collate "C" not null check (operator <> ''),
  decision text check (decision in ('同意', '不同意')),
  at timestamptz,
  account_id text collate "C",
  note text not null default '' check (length(note) <= 500),
  primary key (claim_id, operator),
  constraint claim_confirmations_at check ((decision is null) = (at is null))
);
create index claim_confirmations_waiting on claim_confirmations (operator) where decision is null;
create index claim_confirmations_declined on claim_confirmations (operator, at) where decision = '不同意';

-- Counting ------------------------------------------------------------------------------------------------------------------

/* Whether a claim takes up room: a request nobody has taken up takes none. */
create function claim_lives(state text, company text, until timestamptz, at timestamptz) returns boolean immutable parallel safe
  return state = '已转建设' or (state in ('持有', '申请') and company <> '' and until > at);

/* Places nobody holds; an unknown number counts as one. Below 0 when the resource has lost places it had given. */
create function slots_free(resource text) returns integer
  -- its plan is kept: it is asked for every row of a list
  language plpgsql stable security definer parallel safe set search_path from current as $$
begin
  return (select coalesce(r.slots, 1) - coalesce((select sum(c.slots) from claims c
            where c.resource_id = r.id and c.state in ('申请', '持有', '已转建设')
              and claim_lives(c.state, c.company, c.until, clock_timestamp())), 0)
    from resources r where r.id = resource);
end $$;

/* What follows from an act is done by the system, under the name of who acted: neither their permissions nor their territory are
   asked for it. Answers the account to go back to. */
create function act_as_system() returns text language plpgsql set search_path from current as $$
declare
  account constant text := coalesce(current_setting('zhanzhi.account', true), '');
begin
  perform set_config('zhanzhi.account', '', true);
  return account;
end $$;

/* The state of an open resource follows from its claims: all places built, all spoken for, some, none. */
create function follow_claims(resource text) returns void
  language plpgsql security definer set search_path from current as $$
declare
  account text;
  wanted text;
begin
  select case when coalesce(sum(c.slots), 0) = 0 then '已开放'
              when sum(c.slots) < coalesce(r.slots, 1) then '部分占用'
              when coalesce(sum(c.slots) filter (where c.state = '已转建设'), 0) >= coalesce(r.slots, 1) then '满载'
              else '已锁定' end into wanted
    from resources r left join claims c on c.resource_id = r.id and c.state in ('申请', '持有', '已转建设')
     and claim_lives(c.state, c.company, c.until, clock_timestamp())
   where r.id = resource and r.state in ('已开放', '已锁定', '部分占用', '满载') group by r.id;
  if wanted is null or not exists (select from resources r where r.id = resource and r.state <> wanted) then return; end if;
  account := act_as_system();
  update resources r set state = wanted where r.id = resource;
  perform set_config('zhanzhi.account', account, true);
end $$;

/* Ends what has run out, of one resource whose row is locked. */
create function end_overdue(resource text) returns void
  language plpgsql security definer set search_path from current as $$
declare
  account text;
  role_before text;
begin
  if not exists (select from claims c where c.resource_id = resource and c.state in ('申请', '持有') and c.until <= clock_timestamp()) then
    return;
  end if;
  account := act_as_system();
  update claims c set state = '已到期',
         rule = case when c.state = '持有' then case when surveyed_claim(c.case_ids) then 'CLAIM-NOT-DELIVERED' else 'CLAIM-NOT-SURVEYED' end
                     when c.company = '' then 'CLAIM-NOT-TAKEN' else 'CLAIM-SHARING-UNANSWERED' end,
         facts = jsonb_build_object('heldAt', to_json(c.held_at), 'until', to_json(c.until), 'extensions', c.extensions)
   where c.resource_id = resource and c.state in ('申请', '持有') and c.until <= clock_timestamp();
  perform set_config('zhanzhi.account', account, true);
end $$;

/* One of its cases has been surveyed. */
create function surveyed_claim(case_ids text[]) returns boolean
  language sql stable security definer set search_path from current as $$
  select exists (select from surveys s where s.case_id = any ($1) and s.surveyed_on is not null)
$$;

-- What holds of every row -----------------------------------------------------------------------------------------------------

create function keep_claim() returns trigger language plpgsql security definer set search_path from current as $$
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
  -- the lock under which everything is counted
  select * into ground from resources r where r.id = new.resource_id for update;
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
create trigger claims_kept before insert or update on claims for each row execute function keep_claim();

create trigger claims_moves_new after insert on claims referencing new table as written
  for each statement execute function check_move('申请');
create trigger claims_moves_changed after update on claims referencing old table as was new table as written
  for each statement execute function check_move('申请');

-- What follows --------------------------------------------------------------------------------------------------------------

/* Values of the sentences people are told. */
create function claim_words(claim claims) returns jsonb
  language plpgsql stable security definer set search_path from current as $$
begin
  return (select jsonb_build_object('resource', coalesce(nullif(r.name, ''), r.code), 'company', claim.company,
           'operators', array_to_string(claim.for_operators, '、'), 'rule', claim.rule, 'reason', claim.end_reason,
           'until', to_char(claim.until at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))
    from resources r where r.id = claim.resource_id);
end $$;

create function tell_claim(kind text, claim claims, to_company boolean, to_operators text[]) returns void
  language plpgsql security definer set search_path from current as $$
declare
  words constant jsonb := claim_words(claim);
  one text;
begin
  if to_company and claim.company <> '' then
    perform tell(kind, 'claim', claim.id, words, null, 'tower', null, null, claim.company);
  end if;
  foreach one in array to_operators loop
    perform tell(kind, 'claim', claim.id, words, null, 'operator', null, null, one);
  end loop;
end $$;

/* A case for each operator, claimed; a resource that makes no site has none. */
create function claim_cases(claim claims) returns text[]
  language plpgsql security definer set search_path from current as $$
declare
  one text;
  opened text;
  ids text[] := '{}';
begin
  if claim.site_id is null then return ids; end if;
  foreach one in array claim.for_operators loop
    opened := open_case(claim.site_id, claim.plan_id, (select d.id from demands d where d.id = any (claim.demand_ids)
      and (d.operator = one or one = any (d.joint_operators)) order by d.id limit 1), one, '认领');
    update cases c set state = '认领' where c.id = opened and c.state in ('需求', '候选', '入方案', '列入计划', '退回补正');
    update cases c set company = claim.company where c.id = opened and c.company <> claim.company
       and c.state in ('认领', '谈点', '勘察设计', '已申报', '审查中', '列入计划');
    ids := ids || opened;
  end loop;
  return ids;
end $$;

/* Gives the cases of a claim back to where they were before it. */
create function unclaim_cases(case_ids text[]) returns void
  language sql security definer set search_path from current as $$
  update cases c set state = case when c.listed_at is not null then '列入计划' when c.plan_id is not null then '入方案' else '候选' end
   where c.id = any ($1) and c.state in ('认领', '谈点', '勘察设计', '报建备案', '建设')
$$;

create function follow_claim() returns trigger language plpgsql security definer set search_path from current as $$
declare
  account text;
  old_state constant text := case when tg_op = 'UPDATE' then old.state end;
  held constant boolean := new.state = '持有' and old_state is distinct from '持有';
  over constant boolean := new.state in ('已释放', '已到期', '已撤回', '未获') and old_state is distinct from new.state;
  opened text[];
  asked text[];
begin
  -- most claims of a rush: nothing follows from what was never held
  if tg_op = 'INSERT' and new.state = '未获' then return null; end if;
  account := act_as_system();
  perform follow_claims(new.resource_id);
  if new.until is not null and (tg_op = 'INSERT' or new.until is distinct from old.until) then
    perform schedule('claim', new.id, 'claim_expire', new.until);
    if new.state = '持有' then
      perform schedule('claim', new.id, 'claim_warn',
        add_working_days(new.until, -setting_number('claim.warn_working_days', 3)::integer));
    end if;
  end if;
  if held then
    opened := claim_cases(new);
    update claims c set case_ids = opened where c.id = new.id and c.case_ids <> opened;
    update demands d set state = '已认领', resource_id = new.resource_id where d.id = any (new.demand_ids) and d.state in ('新建', '已匹配');
    perform tell_claim(case when old_state = '申请' and exists (select from claim_confirmations f where f.claim_id = new.id)
      then 'claim-shared' else 'claim-held' end, new, old_state is not null, new.for_operators);
  end if;
  if new.state = '申请' and new.company <> '' and (tg_op = 'INSERT' or old.company = '' or old.state <> '申请') then
    -- who asked for it has said yes by asking
    insert into claim_confirmations (claim_id, operator, decision, at, account_id)
    select new.id, one, case when one = new.requested_by then '同意' end, case when one = new.requested_by then now() end, null
      from (select distinct unnest(c.for_operators) as one from claims c
             where c.resource_id = new.resource_id and c.id <> new.id and c.state in ('持有', '已转建设')
               and claim_lives(c.state, c.company, c.until, clock_timestamp())
            union select unnest(new.for_operators)) as all_of_them
    on conflict (claim_id, operator) do update set decision = excluded.decision, at = excluded.at;
    asked := array(select f.operator from claim_confirmations f where f.claim_id = new.id and f.decision is null);
    perform tell_claim('claim-confirm', new, false, asked);
  elsif tg_op = 'INSERT' and new.state = '申请' and new.company = '' then
    perform tell('claim-asked', 'claim', new.id, claim_words(new), null, 'tower', new.district_code, null, null);
  end if;
  if tg_op = 'UPDATE' and old.company = '' and new.company <> '' and new.state = '持有' then
    perform tell_claim('claim-taken', new, false, array[new.requested_by]);
  end if;
  if over then
    if old_state in ('持有', '已转建设') then
      perform unclaim_cases(new.case_ids);
      update demands d set state = case when d.resource_id is null then '新建' else '已匹配' end
       where d.id = any (new.demand_ids) and d.state = '已认领'
         and not exists (select from claims c where d.id = any (c.demand_ids) and c.id <> new.id and c.state in ('持有', '已转建设'));
    end if;
    if old_state is not null then
      perform tell_claim(case when new.rule = 'CLAIM-OFFICE' then 'claim-forced' when new.state = '已到期' then 'claim-expired'
        when new.state = '未获' then 'claim-lost' else 'claim-released' end, new, true, new.for_operators);
    end if;
  end if;
  -- rule 6: whoever holds a place there hears that a rule was set aside
  if new.override_reason is not null and (tg_op = 'INSERT' or new.override_reason is distinct from old.override_reason) then
    perform tell_override(new);
  end if;
  perform set_config('zhanzhi.account', account, true);
  return null;
end $$;
create trigger claims_followed after insert or update on claims for each row execute function follow_claim();

create function tell_override(claim claims) returns void
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
    select 'tower', s.owner from sites s where s.code = claim.facts->>'tower' and s.owner <> ''
  loop
    perform tell('claim-override', 'claim', claim.id, words, null, party.role, null, null, party.organisation);
  end loop;
end $$;

/* The last word makes a holder, the first no ends it. */
create function follow_confirmation() returns trigger language plpgsql security definer set search_path from current as $$
declare
  account text;
  claim claims;
begin
  if new.decision is not distinct from old.decision then return null; end if;
  select * into claim from claims c where c.id = new.claim_id;
  account := act_as_system();
  if new.decision = '不同意' then
    update claims c set state = '未获', rule = 'CLAIM-SHARING-DECLINED',
           facts = jsonb_build_object('operator', new.operator, 'note', new.note)
     where c.id = new.claim_id and c.state = '申请';
  elsif not exists (select from claim_confirmations f where f.claim_id = new.claim_id and f.decision is distinct from '同意') then
    update claims c set state = '持有', rule = null, facts = '{}' where c.id = new.claim_id and c.state = '申请';
  end if;
  perform set_config('zhanzhi.account', account, true);
  return null;
end $$;

create function keep_confirmation() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if new.claim_id <> old.claim_id or new.operator <> old.operator then raise exception 'ids stay' using errcode = '42501'; end if;
  if my_account() is null then return new; end if;
  if old.decision is not null or not exists (select from claims c where c.id = new.claim_id
       and claim_lives(c.state, c.company, c.until, clock_timestamp()) and c.state = '申请') then
    raise exception 'nothing is asked any more' using errcode = '23514', constraint = 'claim_confirmations_over';
  end if;
  new.at := now();
  new.account_id := my_account();
  new.note := mask_decimals(new.note);
  return new;
end $$;
create trigger claim_confirmations_kept before update on claim_confirmations for each row execute function keep_confirmation();
create trigger claim_confirmations_followed after update on claim_confirmations for each row execute function follow_confirmation();

/* Claims keep the codes of their resource; one that leaves ends its holds, one opened again or with other places counts anew. */
create function follow_resource_of_claims() returns trigger language plpgsql security definer set search_path from current as $$
declare
  account text;
begin
  if (new.district_code, new.town_code, new.owner) is distinct from (old.district_code, old.town_code, old.owner) then
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
create trigger resources_claims after update on resources for each row
  when ((old.state, old.slots, old.district_code, old.town_code, old.owner)
        is distinct from (new.state, new.slots, new.district_code, new.town_code, new.owner))
  execute function follow_resource_of_claims();

/* Delivered: the claim has become a station's place. Withdrawn: what was kept for it is free. */
create function follow_case_of_claim() returns trigger language plpgsql security definer set search_path from current as $$
declare
  account text;
begin
  -- the resource first, as everywhere
  perform from resources r where r.id in (select c.resource_id from claims c where c.case_ids @> array[new.id]) order by r.id for update;
  account := act_as_system();
  if new.state = '交付' then
    update claims c set state = '已转建设' where c.case_ids @> array[new.id] and c.state = '持有';
  elsif new.state in ('撤销', '退网') then
    update claims c set state = '已释放', rule = 'CLAIM-CASE-ENDED', facts = jsonb_build_object('case', new.number, 'state', new.state)
     where c.case_ids @> array[new.id] and c.state in ('持有', '已转建设')
       and not exists (select from cases k where k.id = any (c.case_ids) and k.state not in ('撤销', '退网'));
  end if;
  perform set_config('zhanzhi.account', account, true);
  return null;
end $$;
create trigger cases_claims after update of state on cases for each row
  when (new.state <> old.state and new.state in ('交付', '撤销', '退网')) execute function follow_case_of_claim();

/* Surveyed: the hold lasts to the day by which it has to be delivered. */
create function follow_survey_of_claim() returns trigger language plpgsql security definer set search_path from current as $$
declare
  account text;
begin
  perform from resources r where r.id in (select c.resource_id from claims c where c.case_ids @> array[new.case_id]) order by r.id for update;
  account := act_as_system();
  update claims c set until = greatest(c.until, add_working_days(c.held_at, setting_number('claim.release_days', 60)::integer))
   where c.case_ids @> array[new.case_id] and c.state = '持有' and c.until > clock_timestamp();
  perform set_config('zhanzhi.account', account, true);
  return null;
end $$;
create trigger surveys_claims after insert or update on surveys for each row when (new.surveyed_on is not null)
  execute function follow_survey_of_claim();

-- Timers ----------------------------------------------------------------------------------------------------------------------

/* At least once, and late after a pause of the service: looks at the clock again. A resource somebody is at work on is left for a
   moment, so that a timer never waits for a person and a person never for a timer. */
create function due_claim_expire(object_id text) returns void
  language plpgsql security definer set search_path from current as $$
declare
  claim claims;
begin
  select * into claim from claims c where c.id = object_id;
  if claim.id is null or claim.until is null then return; end if;
  if claim.until > clock_timestamp() then
    perform schedule('claim', claim.id, 'claim_expire', claim.until);
    return;
  end if;
  perform from resources r where r.id = claim.resource_id for update skip locked;
  if not found then
    perform schedule('claim', claim.id, 'claim_expire', clock_timestamp() + interval '2 seconds');
    return;
  end if;
  perform end_overdue(claim.resource_id);
end $$;

create function due_claim_warn(object_id text) returns void
  language plpgsql security definer set search_path from current as $$
declare
  claim claims;
begin
  select * into claim from claims c where c.id = object_id;
  if claim.id is null or claim.state <> '持有' or claim.until <= clock_timestamp() then return; end if;
  if add_working_days(claim.until, -setting_number('claim.warn_working_days', 3)::integer) > clock_timestamp() then
    perform schedule('claim', claim.id, 'claim_warn', add_working_days(claim.until, -setting_number('claim.warn_working_days', 3)::integer));
    return;
  end if;
  perform tell_claim('claim-ending', claim, true, '{}');
end $$;

-- For the routes ----------------------------------------------------------------------------------------------------------------

/* Locks resources one after the other in the order of their ids, so that two who want several never wait in a circle, ends what has
   run out there, and tells what a decision about each rests on. Ids out of reach are left out. */
create function claim_grounds(resource_ids text[]) returns table (resource_id text, ground json, standing json)
  language plpgsql security definer set search_path from current as $$
declare
  one resources;
begin
  for one in select * from resources r where r.id = any (resource_ids)
     and (my_account() is null or within_reach('{claim:read}', r.district_code, r.town_code, r.owner))
   order by r.id for update
  loop
    perform end_overdue(one.id);
    resource_id := one.id;
    ground := claim_ground(one);
    standing := coalesce((
      select json_agg(json_build_object('id', c.id, 'state', c.state, 'company', c.company, 'operators', c.for_operators,
               'slots', c.slots, 'loadKg', c.load_kg, 'powerKva', c.power_kva, 'keyAreaDeadline', c.key_area_deadline,
               'demandsServed', cardinality(c.demand_ids), 'onAirBy', c.on_air_by,
               'submittedAt', to_char(c.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
               order by c.held_at nulls last, c.submitted_at, c.id)
        from claims c where c.resource_id = one.id and c.state in ('申请', '持有', '已转建设')
         and (c.company = '' or claim_lives(c.state, c.company, c.until, clock_timestamp()))), '[]');
    return next;
  end loop;
end $$;

create function claim_ground(one resources) returns json
  language plpgsql stable security definer set search_path from current as $$
begin
  return (select json_build_object('state', one.state, 'slots', one.slots, 'loadKg', one.load_kg, 'powerKva', one.power_kva,
    'isNewTower', tower.is_new, 'isSettlement', case when tower.is_new and one.geom is not null then
      (select count(*) from (select from buildings b where b.geom && ST_Expand(one.geom, 0.0045 / greatest(0.1, cos(radians(ST_Y(one.geom)))), 0.0045)
         limit setting_number('tower.settlement_buildings', 20)::integer) as near) >= setting_number('tower.settlement_buildings', 20) else false end,
    'nearestTower', case when tower.is_new and one.geom is not null then
      (select json_build_object('code', s.code, 'distanceM', ST_DistanceSphere(s.geom, one.geom)) from sites s
        where s.structure = 'tower' and s.status = 'existing' and s.id is distinct from one.site_id
          and s.geom && ST_Expand(one.geom, 0.5, 0.5) order by ST_DistanceSphere(s.geom, one.geom), s.id limit 1) end,
    'declined', coalesce((
      select json_agg(json_build_object('operator', d.operator, 'until', to_char(
               (d.at + make_interval(years => setting_number('tower.declined_years', 3)::integer)) at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))
               order by d.operator)
        from (select f.operator, max(f.at) as at from claim_confirmations f join claims c on c.id = f.claim_id
               where c.resource_id = one.id and f.decision = '不同意'
                 and f.at > now() - make_interval(years => setting_number('tower.declined_years', 3)::integer) group by f.operator) as d), '[]'))
    from (select coalesce(one.resource_type = '落地站用地' or (t.structure = 'tower' and coalesce(one.build_mode, t.build_mode) = '新建'), false) as is_new
            from (select one.resource_type as code) as of_one left join resource_types t on t.code = of_one.code) as tower);
end $$;

/* Lets go what only waits, for a claim that goes before it in the order of rule 2. */
create function displace_claims(resource text, lost json) returns void
  language plpgsql security definer set search_path from current as $$
declare
  account text;
begin
  if my_account() is not null and not exists (select from resources r where r.id = resource
       and within_reach('{claim:create,resource:open}', r.district_code, r.town_code, r.owner)) then
    raise exception 'this resource is not for whoever claims it' using errcode = '42501';
  end if;
  account := act_as_system();
  update claims c set state = '未获', rule = l.rule, facts = l.facts
    from json_to_recordset(lost) as l (id text, rule text, facts jsonb)
   where c.id = l.id and c.resource_id = resource and c.state = '申请' and c.company <> '';
  perform set_config('zhanzhi.account', account, true);
end $$;

-- History ---------------------------------------------------------------------------------------------------------------------

create trigger claims_audit after insert or update or delete on claims for each row
  execute function audit_row('claim', 'id', 'version', 'updated_at', 'created_at');
create trigger claim_confirmations_audit after insert or update on claim_confirmations for each row
  execute function audit_row('claim', 'claim_id', 'account_id');

/* What became of one claim, newest first, for whoever may read it. */
create function claim_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
begin
  if my_account() is not null and not exists (select from claims c where c.id = wanted
       and within_reach('{claim:read}', c.district_code, c.town_code, c.owner)) then return; end if;
  return query select a.seq, a.at, a.account_name, a.role, a.action, a.before, a.after, a.reason
    from audit_records a where a.object = 'claim' and a.object_id = wanted order by a.seq desc;
end $$;

-- Rights and policies -----------------------------------------------------------------------------------------------------------

revoke execute on function act_as_system(), follow_claims(text), end_overdue(text), surveyed_claim(text[]), keep_claim(),
  claim_words(claims), tell_claim(text, claims, boolean, text[]), claim_cases(claims), unclaim_cases(text[]), follow_claim(),
  tell_override(claims), follow_confirmation(), keep_confirmation(), follow_resource_of_claims(), follow_case_of_claim(),
  follow_survey_of_claim(), due_claim_expire(text), due_claim_warn(text), claim_grounds(text[]), claim_ground(resources),
  displace_claims(text, json), claim_history(text), slots_free(text) from public;
grant execute on function claim_grounds(text[]), claim_history(text), slots_free(text) to zhanzhi_app, zhanzhi_masked;
grant execute on function slots_free(text) to zhanzhi_views;
grant execute on function displace_claims(text, json) to zhanzhi_app;

grant select, insert on claims to zhanzhi_app, zhanzhi_masked;
grant update (state, company, extensions, on_air_by, rule, facts, override_reason, end_reason) on claims to zhanzhi_app;
grant update (state, end_reason) on claims to zhanzhi_masked;
grant select on claims to zhanzhi_views;
grant select, update (decision, at, note) on claim_confirmations to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['claims', 'claim_confirmations'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy claims_read on claims for select to zhanzhi_app, zhanzhi_masked, zhanzhi_views using (
  (select reaches_all('claim:read')) or district_code = any ((select my_districts('claim:read'))::text[])
  or town_code = any ((select my_towns('claim:read'))::text[]) or owner = (select my_organisation('claim:read')));
-- A claim is its company's, a request its operator's.
create policy claims_create on claims for insert to zhanzhi_app, zhanzhi_masked with check (
  (company <> '' and requested_by is null and company = (select current_setting('zhanzhi.organisation', true))
     and within_reach('{claim:create}', district_code, town_code, ''))
  or (company = '' and requested_by = (select current_setting('zhanzhi.organisation', true))
     and within_reach('{claim:request}', district_code, town_code, '')));
create policy claims_update on claims for update to zhanzhi_app, zhanzhi_masked using (
  (company in ('', (select current_setting('zhanzhi.organisation', true))) and within_reach('{claim:create}', district_code, town_code, ''))
  or within_reach('{resource:open}', district_code, town_code, '')
  or (requested_by = (select current_setting('zhanzhi.organisation', true)) and company = ''
      and within_reach('{claim:request}', district_code, town_code, '')))
  with check (
  (company = (select current_setting('zhanzhi.organisation', true)) and within_reach('{claim:create}', district_code, town_code, ''))
  or within_reach('{resource:open}', district_code, town_code, '')
  or (requested_by = (select current_setting('zhanzhi.organisation', true)) and company = ''
      and within_reach('{claim:request}', district_code, town_code, '')));
create policy claim_confirmations_read on claim_confirmations for select to zhanzhi_app, zhanzhi_masked using (
  exists (select from claims c where c.id = claim_id));
create policy claim_confirmations_say on claim_confirmations for update to zhanzhi_app, zhanzhi_masked using (
  (select may('claim:request')) and operator = (select current_setting('zhanzhi.organisation', true))
  and exists (select from claims c where c.id = claim_id));
