-- Comments (征求意见): what a town says of a resource, and tower companies, operators and towns of a plan or one of its sites (domain
-- reference, section 3, "R comment"), each answered once or more by whoever plans or decides there. Nothing said is changed or removed.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table comments (
  id text collate "C" primary key check (id <> ''),
  resource_id text collate "C" references resources on delete cascade,
  plan_id text collate "C" references plans,
  -- Of the plan; NULL: the plan as a whole.
  site_id text collate "C" references sites,
  body text not null check (btrim(body) <> '' and length(body) <= 2000),
  at timestamptz not null default now(),
  by_account text collate "C" default my_account(),
  by_name text not null default '',
  role text not null default '',
  organisation text not null default '',
  outcome text check (outcome in ('采纳', '部分采纳', '不采纳', '说明')),
  answer text not null default '' check (length(answer) <= 2000),
  answered_at timestamptz,
  answered_name text,
  version integer not null default 1,
  constraint comments_about check ((resource_id is null) <> (plan_id is null) and (site_id is null or plan_id is not null)),
  constraint comments_answered check ((outcome is null) = (answered_at is null)),
  constraint comments_reason check (outcome is null or outcome = '采纳' or btrim(answer) <> '')
);
create index comments_resource on comments (resource_id, at) where resource_id is not null;
create index comments_plan on comments (plan_id, at) where plan_id is not null;
create index comments_open on comments (at) where outcome is null;
create index comments_at on comments (at, id);
create index comments_author on comments (by_account, at);

create function keep_comment() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if new.plan_id is not null and not exists (select from plans p where p.id = new.plan_id and p.state = 'done' and p.deleted_at is null) then
      raise exception 'the plan is not finished' using errcode = '23514', constraint = 'comments_plan_done';
    elsif new.site_id is not null and not exists (select from plan_items i where i.plan_id = new.plan_id and i.site_id = new.site_id) then
      raise exception 'the plan does not choose the site' using errcode = '23514', constraint = 'comments_plan_site';
    end if;
    if my_account() is not null then
      new.at := now();
      new.by_account := my_account();
      new.by_name := coalesce(current_setting('zhanzhi.name', true), '');
      new.role := coalesce(current_setting('zhanzhi.role', true), '');
      new.organisation := coalesce(current_setting('zhanzhi.organisation', true), '');
      new.outcome := null; new.answer := ''; new.answered_at := null; new.answered_name := null;
    end if;
    return new;
  end if;
  if (new.id, new.resource_id, new.plan_id, new.site_id, new.body, new.at, new.by_account, new.by_name, new.role, new.organisation)
     is distinct from
     (old.id, old.resource_id, old.plan_id, old.site_id, old.body, old.at, old.by_account, old.by_name, old.role, old.organisation) then
    raise exception 'what was said stays' using errcode = '42501';
  elsif old.by_account = my_account() then
    raise exception 'nobody answers themselves' using errcode = '23514', constraint = 'comments_not_own';
  end if;
  new.answered_at := now();
  new.answered_name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  new.version := old.version + 1;
  return new;
end $$;
create trigger comments_kept before insert or update on comments for each row execute function keep_comment();

/* Who may answer hears of a comment, its author of the answer. */
create function tell_of_comment() returns trigger language plpgsql security definer set search_path from current as $$
declare
  noun constant text := case when new.plan_id is null then 'resource' else 'plan' end;
  object_id constant text := coalesce(new.resource_id, new.plan_id);
  called text := coalesce((select coalesce(nullif(r.name, ''), r.code) from resources r where r.id = new.resource_id),
    (select p.name from plans p where p.id = new.plan_id), '');
begin
  if new.site_id is not null then
    called := called || ' · ' || coalesce((select coalesce(nullif(s.name, ''), s.code) from sites s where s.id = new.site_id), '');
  end if;
  if tg_op = 'UPDATE' then
    perform tell('comment-answered', noun, object_id, jsonb_build_object('name', called, 'by', new.answered_name, 'outcome', new.outcome),
                 to_account => new.by_account);
  elsif noun = 'resource' then
    perform tell('comment-made', noun, object_id, jsonb_build_object('name', called, 'by', new.by_name), to_role => who,
                 to_district => r.district_code)
       from resources r, unnest(array['planner', 'district']) as who where r.id = new.resource_id;
  else
    perform tell('comment-made', noun, object_id, jsonb_build_object('name', called, 'by', new.by_name),
                 to_account => p.created_by, to_role => case when p.created_by is null then 'planner' end)
       from plans p where p.id = new.plan_id;
  end if;
  return null;
end $$;
create trigger comments_told after insert or update on comments for each row execute function tell_of_comment();

create trigger comments_audit after insert or update or delete on comments for each row
  execute function audit_row('comment', 'id', 'version');

-- To 0.001 degrees: places may be written into texts ------------------------------------------------------------------------

create view masked.comments as
  select id, resource_id, plan_id, site_id, mask_decimals(body) as body, at, by_account, by_name, role, organisation, outcome,
         mask_decimals(answer) as answer, answered_at, answered_name, version
    from public.comments;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.comments owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.comments to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant select on comments, plans to zhanzhi_views;
grant select on comments to zhanzhi_app;
grant insert (id, resource_id, plan_id, site_id, body) on comments to zhanzhi_app, zhanzhi_masked;
grant update (outcome, answer) on comments to zhanzhi_app;
revoke execute on function keep_comment(), tell_of_comment() from public;

alter table comments enable row level security;
alter table comments force row level security;
create policy system on comments to current_user using (true) with check (true);

create policy plans_read_views on plans for select to zhanzhi_views using (
  (select reaches_all('plan:read'))
  or (district_codes <> '{}' and district_codes <@ (select my_wider_districts('plan:read'))::text[]));

-- Operators compete: none reads what another said.
create policy comments_read on comments for select to zhanzhi_app, zhanzhi_views using (
  (select may('comment:read'))
  and case when plan_id is null then exists (select from resources r where r.id = resource_id) else plan_id in (select p.id from plans p) end
  and (role <> 'operator' or current_setting('zhanzhi.role', true) is distinct from 'operator'
       or organisation = current_setting('zhanzhi.organisation', true)));
create policy comments_add on comments for insert to zhanzhi_app with check (
  case when plan_id is null
    then exists (select from resources r where r.id = resource_id and within_reach('{resource:comment}', r.district_code, r.town_code, r.owner))
    else (select may('plan:comment')) and plan_id in (select p.id from plans p) end);
create policy comments_add_masked on comments for insert to zhanzhi_masked with check (
  (select may('plan:comment')) and plan_id in (select p.id from plans p));
create policy comments_answer on comments for update to zhanzhi_app using (
  case when plan_id is null
    then exists (select from resources r where r.id = resource_id and within_reach('{comment:answer}', r.district_code, r.town_code, r.owner))
    else (select may('comment:answer')) and plan_id in (select p.id from plans p) end);
