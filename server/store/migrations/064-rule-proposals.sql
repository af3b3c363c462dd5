-- Whoever reviews proposes other rule values, the administrator decides (domain reference, section 3, "target, policy preset, rule, price
-- book"). A proposal says from which value it starts: where that has moved meanwhile, nobody accepts it without having seen the new one.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table rule_proposals (
  id text collate "C" primary key check (id <> ''),
  rule text collate "C" not null references rule_values (name),
  -- The value when it was proposed, and the one the administrator had before them.
  value_now double precision not null,
  value_before double precision,
  wanted double precision not null,
  reason text not null check (btrim(reason) <> '' and length(reason) <= 300),
  -- A day in China from whose beginning it holds; NULL: at once.
  effective_on date,
  account_id text collate "C" not null,
  name text not null,
  role text not null,
  organisation text not null default '',
  asked_at timestamptz not null default now(),
  state text not null default '待定' check (state in ('待定', '采纳', '不采纳', '撤回')),
  decided_at timestamptz,
  decided_by text collate "C",
  decided_name text,
  decision_text text not null default '' check (length(decision_text) <= 500),
  -- When the rule took the value; an accepted one without waits for its day.
  applied_at timestamptz,
  version integer not null default 1,
  constraint rule_proposals_reason check (state <> '不采纳' or btrim(decision_text) <> '')
);
create unique index rule_proposals_once on rule_proposals (account_id, rule) where state = '待定';
create index rule_proposals_asked on rule_proposals (asked_at, id);
create index rule_proposals_rule on rule_proposals (rule);

/* The rule takes the value, under the name of who acts; range and whole numbers are the rule's own constraints. */
create function apply_rule_proposal(proposal rule_proposals) returns void
  language sql security definer set search_path from current as $$
  update rule_values r set value = proposal.wanted, note = proposal.decision_text,
         source = concat_ws(' ', nullif(proposal.organisation, ''), proposal.name) || '：' || proposal.reason
   where r.name = proposal.rule
$$;

create function keep_rule_proposal() returns trigger language plpgsql security definer set search_path from current as $$
declare
  today constant date := (now() at time zone 'Asia/Shanghai')::date;
  held rule_values;
begin
  if tg_op = 'INSERT' then
    select * into held from rule_values r where r.name = new.rule;
    new.account_id := coalesce(my_account(), new.account_id);
    new.name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
    new.role := coalesce(current_setting('zhanzhi.role', true), '');
    new.organisation := coalesce(current_setting('zhanzhi.organisation', true), '');
    new.value_now := held.value;
    if new.wanted not between held.lowest and held.highest
       or (held.unit not in ('m', 'percent', 'number') and new.wanted <> floor(new.wanted)) then
      raise exception 'expected % to %', held.lowest, held.highest using errcode = '23514', constraint = 'rule_proposals_range';
    elsif new.wanted = held.value then
      raise exception 'the rule has that value' using errcode = '23514', constraint = 'rule_proposals_same';
    elsif new.effective_on < today then
      raise exception 'the day is over' using errcode = '23514', constraint = 'rule_proposals_day';
    end if;
    return new;
  end if;
  new.version := old.version + 1;
  if old.state = '采纳' and old.applied_at is null and my_account() is null then
    -- its day has come: due_rule_proposal
    return new;
  elsif new.state = '撤回' and old.state = '待定' and old.account_id = my_account() then
    new.decided_at := now();
    new.decided_by := my_account();
    new.decided_name := old.name;
    return new;
  elsif new.state = '撤回' or not may('rule:change') then
    raise exception 'not for who acts' using errcode = '42501';
  elsif not (new.state in ('采纳', '不采纳') and old.state = '待定')
        and not (new.state = '不采纳' and old.state = '采纳' and old.applied_at is null) then
    raise exception 'the proposal is %', old.state using errcode = '23514', constraint = 'rule_proposals_open';
  end if;
  new.decided_at := now();
  new.decided_by := my_account();
  new.decided_name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  if new.state = '不采纳' then
    perform unschedule('rule-proposal', new.id, 'rule_proposal');
    return new;
  end if;
  select * into held from rule_values r where r.name = new.rule for update;
  if held.value <> coalesce(new.value_before, old.value_now) then
    raise exception 'the rule is % by now', held.value using errcode = '23514', constraint = 'rule_proposals_moved';
  end if;
  new.value_before := held.value;
  if new.effective_on > today then
    perform schedule('rule-proposal', new.id, 'rule_proposal', new.effective_on::timestamp at time zone 'Asia/Shanghai');
  else
    perform apply_rule_proposal(new);
    new.applied_at := now();
  end if;
  return new;
end $$;
create trigger rule_proposals_kept before insert or update on rule_proposals for each row execute function keep_rule_proposal();

/* The day of an accepted one has come. A rule that was changed since then asks the administrator again. */
create function due_rule_proposal(proposal_id text) returns void language plpgsql security definer set search_path from current as $$
declare
  proposal rule_proposals;
  held rule_values;
begin
  select * into proposal from rule_proposals p where p.id = proposal_id for update;
  if not found or proposal.state <> '采纳' or proposal.applied_at is not null then return; end if;
  select * into held from rule_values r where r.name = proposal.rule for update;
  if held.value = proposal.value_before then
    perform apply_rule_proposal(proposal);
    update rule_proposals set applied_at = now() where id = proposal.id;
  else
    update rule_proposals set state = '待定', value_before = null, decided_at = null, decided_by = null, decided_name = null,
           decision_text = '' where id = proposal.id;
  end if;
end $$;

create function tell_of_rule_proposal() returns trigger language plpgsql security definer set search_path from current as $$
declare
  facts constant jsonb := jsonb_build_object('rule', new.rule, 'by', coalesce(new.decided_name, new.name), 'wanted', new.wanted,
                                             'day', new.effective_on);
begin
  if tg_op = 'INSERT' then
    perform tell('rule-proposed', 'rule-proposal', new.id, facts, to_role => 'admin');
  elsif new.state = '待定' then
    perform tell('rule-proposal-moved', 'rule-proposal', new.id, facts, to_role => 'admin');
  elsif new.state in ('采纳', '不采纳') and new.state <> old.state then
    perform tell(case new.state when '采纳' then 'rule-proposal-accepted' else 'rule-proposal-refused' end, 'rule-proposal', new.id, facts,
                 to_account => new.account_id);
  end if;
  return null;
end $$;
create trigger rule_proposals_told after insert or update on rule_proposals for each row execute function tell_of_rule_proposal();

create trigger rule_proposals_audit after insert or update on rule_proposals for each row
  execute function audit_row('rule-proposal', 'id', 'version');

-- Rights and policies ----------------------------------------------------------------------------------------------------

revoke execute on function apply_rule_proposal(rule_proposals), keep_rule_proposal(), due_rule_proposal(text), tell_of_rule_proposal()
  from public;
grant select on rule_proposals to zhanzhi_app, zhanzhi_masked;
grant insert (id, rule, wanted, reason, effective_on) on rule_proposals to zhanzhi_app;
grant update (state, value_before, decision_text) on rule_proposals to zhanzhi_app;

alter table rule_proposals enable row level security;
alter table rule_proposals force row level security;
create policy system on rule_proposals to current_user using (true) with check (true);
-- who proposes sees what the others propose
create policy rule_proposals_read on rule_proposals for select to zhanzhi_app, zhanzhi_masked using (
  (select may('rule:propose')) or (select may('rule:change')));
create policy rule_proposals_ask on rule_proposals for insert to zhanzhi_app with check ((select may('rule:propose')));
create policy rule_proposals_move on rule_proposals for update to zhanzhi_app using (
  (select may('rule:change')) or ((select may('rule:propose')) and account_id = (select my_account())));

/* As in migration 049, but whoever may not read the rules is served by them all the same. */
create or replace function setting_number(name text, fallback double precision) returns double precision
  language plpgsql stable parallel safe security definer set search_path from current as $$
begin
  return coalesce((select r.value from rule_values r where r.name = $1), $2);
end $$;

-- An owner reads no rules. By the role: a token for another desk counts by the rules as its person does.
drop policy rule_values_read on rule_values;
create policy rule_values_read on rule_values for select to zhanzhi_app, zhanzhi_masked using (
  (select exists (select from permissions p where p.permission = 'rule:read' and p.role = current_setting('zhanzhi.role', true))));
create policy rule_values_serve on rule_values for select to zhanzhi_views using (true);
