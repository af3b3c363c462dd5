-- The office life of a plan (domain reference, sections 3, 4.5 and 8.1): 草稿 → 征求意见 → 公示 → 审查 → 批复 → 生效 → 被替代. The moves are those of the
-- engine (state_moves); what a step needs besides is asked here: windows that have ended by the database's clock, comments that are answered,
-- a document number, the day it comes into force, and that nobody approves what they made or submitted.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

insert into rule_values (name, value, unit, lowest, highest, source) values
  ('plan.consultation_days', 30, 'days', 1, 365, 'R: 30 calendar days for a plan'),
  ('plan.notice_days', 15, 'days', 1, 365, 'D')
on conflict (name) do nothing;

alter table plans
  add column plan_type text not null default '情景方案' check (plan_type in ('布局规划', '重点站址布局规划', '年度建设计划', '情景方案')),
  add column office_state text not null default '草稿'
    check (office_state in ('草稿', '征求意见', '公示', '审查', '批复', '生效', '被替代')),
  add column office_since timestamptz not null default now(),
  -- First and last day; the last is a working day.
  add column consultation_from date,
  add column consultation_to date,
  add column notice_from date,
  add column notice_to date,
  add column document_no text check (btrim(document_no) <> '' and length(document_no) <= 100),
  add column effective_on date,
  -- The plan whose place it takes when it comes into force.
  add column replaces_plan_id text collate "C" references plans,
  -- Everybody who took a step forward since it was a draft.
  add column submitters text[] not null default '{}',
  add column submitted_at timestamptz,
  add column submitted_by text collate "C",
  add column submitted_name text,
  -- Of an approval, or of a return: then it is a draft again.
  add column decided_at timestamptz,
  add column decided_by text collate "C",
  add column decided_name text,
  -- Why it is a draft again, places rounded: the trail keeps the whole sentence.
  add column office_reason text not null default '' check (length(office_reason) <= 500),
  -- Raised by every step and new name: If-Match of the interface.
  add column version integer not null default 1,
  add constraint plans_consultation check ((consultation_from is null) = (consultation_to is null) and consultation_to >= consultation_from),
  add constraint plans_notice check ((notice_from is null) = (notice_to is null) and notice_to >= notice_from),
  add constraint plans_formal check (office_state = '草稿' or plan_type <> '情景方案'),
  add constraint plans_document check (office_state not in ('批复', '生效', '被替代') or document_no is not null),
  add constraint plans_in_force check (office_state not in ('生效', '被替代') or effective_on is not null);
create index plans_office on plans (office_state) where office_state <> '草稿';
create index plans_replaces on plans (replaces_plan_id) where replaces_plan_id is not null;

create function today_in_china() returns date language sql stable parallel safe as $$
  select (now() at time zone 'Asia/Shanghai')::date
$$;

/* The last of so many days after that of the beginning, which does not count; a holiday gives way to the next working day (Civil Code,
   articles 201 and 203). */
create function window_end(from_day date, days integer) returns date language plpgsql stable parallel safe set search_path from current as $$
declare
  last date := from_day + days;
begin
  for tried in 1 .. 60 loop
    exit when is_working_day(last);
    last := last + 1;
  end loop;
  return last;
end $$;

/* Whether all districts of a row are within reach of one of the permissions; a row of no district is for whoever reaches everywhere. */
create function lies_within(wanted text[], codes text[]) returns boolean language plpgsql stable parallel safe as $$
declare
  one text;
begin
  foreach one in array wanted loop
    if reaches_all(one) or (codes <> '{}' and codes <@ my_districts(one)) then return true; end if;
  end loop;
  return false;
end $$;

create function keep_plan_office() returns trigger language plpgsql security definer set search_path from current as $$
declare
  is_person constant boolean := my_account() is not null;
  called constant text := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  is_own boolean;
  replaced record;
begin
  if tg_op = 'INSERT' then
    if is_person then
      new.plan_type := '情景方案'; new.office_state := '草稿'; new.office_since := now(); new.version := 1;
      new.consultation_from := null; new.consultation_to := null; new.notice_from := null; new.notice_to := null;
      new.document_no := null; new.effective_on := null; new.replaces_plan_id := null; new.office_reason := '';
      new.submitters := '{}'; new.submitted_at := null; new.submitted_by := null; new.submitted_name := null;
      new.decided_at := null; new.decided_by := null; new.decided_name := null;
    end if;
    return new;
  end if;
  if is_person and (new.name, new.state, new.progress, new.lease_until, new.finished_at, new.deleted_at)
       is distinct from (old.name, old.state, old.progress, old.lease_until, old.finished_at, old.deleted_at)
     and not lies_within('{plan:update}', old.district_codes) then
    raise exception 'the plan is approved here, not changed' using errcode = '42501';
  elsif is_person and new.state <> old.state and (new.state <> 'cancelled' or old.state not in ('queued', 'running')) then
    raise exception 'what is computed says how it ended' using errcode = '42501';
  elsif new.deleted_at is distinct from old.deleted_at and (old.office_state <> '草稿' or new.office_state <> '草稿') then
    raise exception 'the plan is %', old.office_state using errcode = '23514', constraint = 'plans_kept';
  elsif new.name <> old.name and old.office_state in ('批复', '生效', '被替代') then
    raise exception 'the plan is %', old.office_state using errcode = '23514', constraint = 'plans_named';
  end if;
  if new.name <> old.name then new.version := old.version + 1; end if;
  if new.office_state = old.office_state then
    if is_person and (new.plan_type, new.consultation_from, new.consultation_to, new.notice_from, new.notice_to, new.document_no,
                      new.effective_on, new.replaces_plan_id)
         is distinct from (old.plan_type, old.consultation_from, old.consultation_to, old.notice_from, old.notice_to, old.document_no,
                           old.effective_on, old.replaces_plan_id) then
      raise exception 'this changes with a step only' using errcode = '42501';
    end if;
    return new;
  end if;

  perform demand_move('plans', old.office_state, new.office_state);
  if is_person and not lies_within(array(select m.permission from state_moves m where m.noun = 'plans'
       and m.from_state = old.office_state and m.to_state = new.office_state), old.district_codes) then
    raise exception 'this step of the plan is not allowed' using errcode = '42501';
  end if;
  is_own := is_person and coalesce(my_account() = old.created_by or my_account() = any (old.submitters), false);

  -- a step changes what it is about
  if old.office_state <> '草稿' then
    new.plan_type := old.plan_type;
    if new.office_state <> '生效' then new.replaces_plan_id := old.replaces_plan_id; end if;
  end if;
  if new.office_state <> '征求意见' then
    new.consultation_from := old.consultation_from; new.consultation_to := old.consultation_to;
  end if;
  if new.office_state <> '公示' then new.notice_from := old.notice_from; new.notice_to := old.notice_to; end if;
  if new.office_state <> '批复' then new.document_no := old.document_no; end if;
  if new.office_state not in ('批复', '生效') then new.effective_on := old.effective_on; end if;

  if old.office_state = '草稿' then
    if old.state <> 'done' or old.deleted_at is not null then
      raise exception 'the plan is not finished' using errcode = '23514', constraint = 'plans_done';
    elsif new.plan_type = '情景方案' then
      raise exception 'a scenario is not submitted' using errcode = '23514', constraint = 'plans_formal';
    end if;
  end if;
  if new.office_state <> '草稿' and (
       (old.office_state = '征求意见' and coalesce(old.consultation_to >= today_in_china(), true))
       or (old.office_state = '公示' and coalesce(old.notice_to >= today_in_china(), true))) then
    raise exception 'the window is open until its last day has ended' using errcode = '23514', constraint = 'plans_window_open';
  end if;

  case new.office_state
    when '征求意见' then
      new.consultation_from := coalesce(new.consultation_from, today_in_china());
      new.consultation_to := coalesce(window_end(new.consultation_to, 0),
        window_end(new.consultation_from, setting_number('plan.consultation_days', 30)::integer));
      perform demand_window(new.consultation_from, new.consultation_to);
    when '公示' then
      new.notice_from := coalesce(new.notice_from, today_in_china());
      new.notice_to := coalesce(window_end(new.notice_to, 0),
        window_end(new.notice_from, setting_number('plan.notice_days', 15)::integer));
      perform demand_window(new.notice_from, new.notice_to);
    when '审查' then
      if new.plan_type <> '年度建设计划' and old.office_state <> '公示' then
        raise exception 'a % is consulted on and publicly noticed first', new.plan_type using errcode = '23514', constraint = 'plans_course';
      elsif exists (select from comments c where c.plan_id = new.id and c.outcome is null) then
        raise exception 'comments wait for an answer' using errcode = '23514', constraint = 'plans_answered';
      end if;
    when '批复' then
      if is_own then
        raise exception 'nobody approves what they made or submitted' using errcode = '23514', constraint = 'plans_not_own';
      end if;
    when '生效' then
      if coalesce(new.effective_on > today_in_china(), true) then
        raise exception 'the day is not there yet' using errcode = '23514', constraint = 'plans_effective';
      end if;
    when '被替代' then
      if not exists (select from plans p where p.replaces_plan_id = new.id and p.office_state = '生效') then
        raise exception 'no plan in force takes its place' using errcode = '23514', constraint = 'plans_successor';
      end if;
    else null;
  end case;
  if new.replaces_plan_id is not null and (old.office_state = '草稿' or new.office_state = '生效') then
    -- held: two plans do not take the same place
    select p.plan_type, p.office_state, p.district_codes into replaced from plans p
     where p.id = new.replaces_plan_id and p.id <> new.id for no key update;
    if not found or replaced.plan_type <> new.plan_type or replaced.office_state <> '生效'
       or not replaced.district_codes && old.district_codes
       or (is_person and not lies_within('{plan:read}', replaced.district_codes)) then
      raise exception 'the plan to replace is none of the kind in force here' using errcode = '23514', constraint = 'plans_replaces';
    end if;
  end if;

  new.version := old.version + 1;
  new.office_since := now();
  if new.office_state in ('征求意见', '公示', '审查') then
    new.submitted_at := now(); new.submitted_by := my_account(); new.submitted_name := called;
    if is_person and not my_account() = any (old.submitters) then new.submitters := old.submitters || my_account(); end if;
  elsif new.office_state = '草稿' then
    new.consultation_from := null; new.consultation_to := null; new.notice_from := null; new.notice_to := null;
    new.submitters := '{}';
  end if;
  new.office_reason := '';
  if new.office_state in ('征求意见', '公示', '审查') then
    new.decided_at := null; new.decided_by := null; new.decided_name := null;
  elsif new.office_state = '草稿' then
    new.office_reason := left(mask_decimals(btrim(coalesce(current_setting('zhanzhi.reason', true), ''))), 500);
    -- returned by whoever would have approved it; whoever submitted takes it back
    if old.office_state = '审查' and not is_own and (not is_person or lies_within('{plan:approve}', old.district_codes)) then
      new.decided_at := now(); new.decided_by := my_account(); new.decided_name := called;
    end if;
  elsif new.office_state = '批复' then
    new.decided_at := now(); new.decided_by := my_account(); new.decided_name := called;
  end if;
  return new;
end $$;

/* A window does not begin before today: nobody could have spoken then. */
create function demand_window(from_day date, to_day date) returns void language plpgsql stable set search_path from current as $$
begin
  if from_day < today_in_china() or to_day < from_day or to_day > today_in_china() + 1100 then
    raise exception 'the window does not fit' using errcode = '23514', constraint = 'plans_window';
  end if;
end $$;

create trigger plans_office before insert or update on plans for each row execute function keep_plan_office();

/* One notice for the people of these roles who have all of the districts: what lies in several has no reader in one of them alone. */
create function tell_whole(kind text, noun text, object_id text, facts jsonb, roles text[], codes text[]) returns void
  language plpgsql security definer set search_path from current as $$
begin
  if cardinality(codes) = 1 then
    perform tell(kind, noun, object_id, facts, to_role => role, to_district => codes[1]) from unnest(roles) as role;
  else
    perform tell(kind, noun, object_id, facts, to_account => a.id)
       from accounts a
      where a.role = any (roles) and a.disabled_at is null
        and (a.everywhere or (codes <> '{}' and codes
               <@ (a.district_codes || array(select t.district_code from towns t where t.code = any (a.town_codes)))));
  end if;
end $$;

/* What follows from a step: the plan it replaces is replaced, and whoever has to act next or waits for it hears of it. */
create function follow_plan_office() returns trigger language plpgsql security definer set search_path from current as $$
declare
  facts constant jsonb := jsonb_strip_nulls(jsonb_build_object('name', new.name, 'type', new.plan_type,
    'by', coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system'), 'documentNo', new.document_no,
    'until', case new.office_state when '征求意见' then new.consultation_to when '公示' then new.notice_to end,
    'day', new.effective_on, 'reason', nullif(new.office_reason, '')));
  -- whoever made or submitted it, but not whoever takes the step
  makers constant text[] := array(select distinct who from unnest(old.submitters || new.submitters || old.created_by) as who
    where who is not null and who is distinct from my_account());
  kind text;
begin
  if new.office_state = '生效' and new.replaces_plan_id is not null then
    update plans set office_state = '被替代' where id = new.replaces_plan_id;
  end if;
  case new.office_state
    when '征求意见' then perform tell_whole('plan-consulted', 'plan', new.id, facts, '{tower,operator,town}', new.district_codes);
    when '公示' then perform tell_whole('plan-noticed', 'plan', new.id, facts, '{tower,operator,town}', new.district_codes);
    when '审查' then perform tell_whole('plan-submitted', 'plan', new.id, facts, '{district,city}', new.district_codes);
    when '批复' then kind := 'plan-approved';
    when '生效' then kind := 'plan-in-force';
    when '被替代' then kind := 'plan-replaced';
    else
      kind := case when new.decided_at is not null then 'plan-returned' else 'plan-taken-back' end;
      if old.office_state = '审查' and new.decided_at is null then
        perform tell_whole('plan-taken-back', 'plan', new.id, facts, '{district,city}', new.district_codes);
      end if;
  end case;
  if kind is not null then
    perform tell(kind, 'plan', new.id, facts, to_account => who) from unnest(makers) as who;
  end if;
  return null;
end $$;
create trigger plans_office_followed after update on plans for each row
  when (old.office_state <> new.office_state) execute function follow_plan_office();

-- History --------------------------------------------------------------------------------------------------------------------

drop trigger plans_audit_new on plans;
drop trigger plans_audit_change on plans;
create trigger plans_audit_new after insert on plans for each row execute function
  audit_row('plan', 'id', 'areas', 'districts', 'uncovered', 'summary', 'progress', 'lease', 'lease_until', 'tries', 'version',
    'office_since', 'submitters');
create trigger plans_audit_change after update on plans for each row
  when ((old.state <> new.state and new.state not in ('queued', 'running')) or old.name <> new.name
        or old.deleted_at is distinct from new.deleted_at or old.version <> new.version)
  execute function audit_row('plan', 'id', 'areas', 'districts', 'uncovered', 'summary', 'progress', 'lease', 'lease_until',
    'tries', 'box', 'seconds', 'peak_mb', 'version', 'office_since', 'submitters');

/* What became of a plan, newest first; its request is told with the plan. */
create function plan_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text, action text,
    before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
begin
  if my_account() is not null and not exists (select from plans p where p.id = wanted and p.deleted_at is null
       and (reaches_all('plan:read') or (p.district_codes <> '{}' and p.district_codes <@ my_wider_districts('plan:read')))) then
    return;
  end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.action,
           case when hides then mask_decimals((a.before::jsonb - 'request')::text)::json else (a.before::jsonb - 'request')::json end,
           case when hides then mask_decimals((a.after::jsonb - 'request')::text)::json else (a.after::jsonb - 'request')::json end,
           case when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a
     where a.object = 'plan' and a.object_id = wanted and a.action in ('create', 'change') order by a.seq desc;
end $$;

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant update (office_state, plan_type, consultation_from, consultation_to, notice_from, notice_to, document_no, effective_on,
  replaces_plan_id) on plans to zhanzhi_app;
revoke execute on function keep_plan_office(), tell_whole(text, text, text, jsonb, text[], text[]), follow_plan_office(), plan_history(text)
  from public;
grant execute on function plan_history(text) to zhanzhi_app, zhanzhi_masked;

create policy plans_move on plans for update to zhanzhi_app using (
  (select reaches_all_by('{plan:submit,plan:approve}'))
  or (district_codes <> '{}' and district_codes <@ (select districts_by('{plan:submit,plan:approve}'))::text[]));
