-- What all desks share: timers by the database's clock, working days, rule values an administrator may change, notices and what
-- is posted of them to other systems, and keys that make a repeated call one act. Times of the domain reference, 8.2 and 8.3.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- Working days ------------------------------------------------------------------------------------------------------------

-- Only the days that differ from Monday to Friday: public holidays, and weekends worked instead.
create table calendar_days (
  day date primary key,
  works boolean not null,
  note text not null default '' check (length(note) <= 200)
);

-- State Council, 国务院办公厅关于2026年部分节假日安排的通知 (4 November 2025). Years nobody has entered count Monday to Friday.
insert into calendar_days (day, works, note)
select day::date, false, holiday.note
  from (values ('元旦', '2026-01-01', '2026-01-03'), ('春节', '2026-02-15', '2026-02-23'), ('清明节', '2026-04-04', '2026-04-06'),
               ('劳动节', '2026-05-01', '2026-05-05'), ('端午节', '2026-06-19', '2026-06-21'), ('中秋节', '2026-09-25', '2026-09-27'),
               ('国庆节', '2026-10-01', '2026-10-07')) as holiday (note, first, last),
       generate_series(holiday.first::timestamp, holiday.last::timestamp, interval '1 day') as day;
insert into calendar_days (day, works, note)
select day::date, true, '调休上班'
  from unnest('{2026-01-04,2026-02-14,2026-02-28,2026-05-09,2026-09-20,2026-10-10}'::text[]) as day;

create function is_working_day(wanted date) returns boolean language sql stable parallel safe set search_path from current as $$
  select coalesce((select d.works from calendar_days d where d.day = wanted), extract(isodow from wanted) < 6)
$$;

/* The end (23:59:59 in China) of the n-th working day after that of `from_at`, whose own day does not count (Civil Code, articles 201
   and 202); n = 0: `from_at` itself; n < 0: the same time of day, so many working days before. */
create function add_working_days(from_at timestamptz, days integer) returns timestamptz
  language plpgsql stable parallel safe set search_path from current as $$
declare
  local_at constant timestamp := from_at at time zone 'Asia/Shanghai';
  step constant integer := sign(days);
  day date := local_at::date;
  left_over integer := abs(days);
begin
  if left_over > 10000 then
    raise exception 'expected at most 10000 working days, got %', days using errcode = '22003';
  end if;
  while left_over > 0 loop
    day := day + step;
    if is_working_day(day) then left_over := left_over - 1; end if;
  end loop;
  return case when days = 0 then from_at
              when days > 0 then (day + time '23:59:59') at time zone 'Asia/Shanghai'
              else (day + local_at::time) at time zone 'Asia/Shanghai' end;
end $$;

/* Working days after that of `a` up to that of `b`, both in China; negative when `b` comes first. */
create function working_days_between(a timestamptz, b timestamptz) returns integer
  language sql stable parallel safe set search_path from current as $$
  select (case when b < a then -1 else 1 end * count(*))::integer
    from generate_series((least(a, b) at time zone 'Asia/Shanghai')::date + 1,
                         (greatest(a, b) at time zone 'Asia/Shanghai')::date + 0, interval '1 day') as day
   where is_working_day(day::date)
$$;

-- Rule values --------------------------------------------------------------------------------------------------------------

create table rule_values (
  name text collate "C" primary key check (name <> ''),
  value double precision not null,
  -- Clause or paper it comes from; D: the product's own default.
  source text not null default '' check (length(source) <= 500),
  note text not null default '' check (length(note) <= 500),
  unit text not null default 'number' check (unit in ('working-days', 'days', 'years', 'm', 'percent', 'count', 'number')),
  lowest double precision not null default 0,
  highest double precision not null default 1000000,
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint rule_values_range check (value between lowest and highest),
  constraint rule_values_whole check (unit in ('m', 'percent', 'number') or value = floor(value))
);

insert into rule_values (name, value, unit, lowest, highest, source) values
  ('claim.hold_working_days', 15, 'working-days', 1, 250, 'D'),
  ('claim.extension_working_days', 15, 'working-days', 1, 250, 'D'),
  ('claim.release_days', 60, 'working-days', 1, 1000, 'D'),
  ('batch.town_opinion_working_days', 5, 'working-days', 1, 250, 'D'),
  ('batch.row_working_days', 10, 'working-days', 1, 250, 'D'),
  ('problem.进场难.working_days', 10, 'working-days', 1, 250, 'D'),
  ('problem.产权拒绝.working_days', 15, 'working-days', 1, 250, 'D'),
  ('problem.不合理收费.working_days', 10, 'working-days', 1, 250, 'D'),
  ('problem.阻挠施工.working_days', 5, 'working-days', 1, 250, 'D'),
  ('problem.逼迁破坏.working_days', 5, 'working-days', 1, 250, 'D'),
  ('problem.被盗损坏.working_days', 5, 'working-days', 1, 250, 'D'),
  ('problem.转供电乱加价.working_days', 10, 'working-days', 1, 250, 'D'),
  ('problem.引电困难.working_days', 15, 'working-days', 1, 250, 'D'),
  ('problem.管线困难.working_days', 15, 'working-days', 1, 250, 'D'),
  ('problem.用地林地.working_days', 30, 'working-days', 1, 250, 'D'),
  ('problem.居民投诉.working_days', 10, 'working-days', 1, 250, 'D'),
  ('problem.干扰.working_days', 10, 'working-days', 1, 250, 'D'),
  ('problem.拟拆除.working_days', 15, 'working-days', 1, 250, 'D'),
  ('problem.排他协议.working_days', 15, 'working-days', 1, 250, 'D'),
  ('problem.其他.working_days', 10, 'working-days', 1, 250, 'D'),
  ('duplicate.radius_m', 50, 'm', 0, 5000, 'D'),
  ('tower.spacing_settlement_m', 500, 'm', 0, 20000, 'R: a provincial measure'),
  ('tower.spacing_other_m', 3000, 'm', 0, 50000, 'R: a provincial measure'),
  ('tower.declined_years', 3, 'years', 0, 20, 'R: a provincial measure'),
  ('price.share_two_percent', 30, 'percent', 0, 100, 'R: agreement text for 2018-2022'),
  ('price.share_three_percent', 40, 'percent', 0, 100, 'R: agreement text for 2018-2022'),
  ('price.anchor_percent', 5, 'percent', 0, 100, 'R: agreement text for 2018-2022');

create function setting_number(name text, fallback double precision) returns double precision
  language sql stable parallel safe set search_path from current as $$
  select coalesce((select r.value from rule_values r where r.name = $1), $2)
$$;

/* For any table with version and updated_at. */
create function raise_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger rule_values_version before update on rule_values for each row execute function raise_version();

-- Timers -------------------------------------------------------------------------------------------------------------------

create table timers (
  noun text collate "C" not null,
  object_id text collate "C" not null,
  action text collate "C" not null check (action ~ '^[a-z][a-z0-9_]{0,50}$'),
  at timestamptz not null,
  -- Later than `at` after a failure.
  not_before timestamptz not null,
  -- Raised by every schedule(): a timer that sets itself again is not removed by the run that did it.
  round integer not null default 1,
  tries integer not null default 0,
  last_error text,
  primary key (noun, object_id, action)
);
create index timers_due on timers (not_before);

create function schedule(noun text, object_id text, action text, at timestamptz) returns void
  language sql security definer set search_path from current as $$
  insert into timers as t (noun, object_id, action, at, not_before) values ($1, $2, $3, $4, $4)
  on conflict (noun, object_id, action) do update
     set at = excluded.at, not_before = excluded.at, round = t.round + 1, tries = 0, last_error = null
$$;

create function unschedule(noun text, object_id text, action text) returns void
  language sql security definer set search_path from current as $$
  delete from timers t where t.noun = $1 and t.object_id = $2 and t.action = $3
$$;

/* Pause after so many failures: a minute, doubled each time, an hour at the most. */
create function pause_after(tries integer) returns interval immutable parallel safe
  return make_interval(mins => least(60, power(2, least(tries, 10) - 1))::integer);

/* Runs due_<action>(object_id) of at most so many due timers and answers how many it took up. What one of them cannot do is noted and
   tried again later. Deferred triggers of an action run with it, so that their failure is its own. */
create function run_due(most integer) returns integer language plpgsql security definer set search_path from current as $$
declare
  taken timers;
  done integer := 0;
begin
  while done < most loop
    select * into taken from timers t where t.not_before <= clock_timestamp()
     order by t.not_before, t.noun, t.object_id, t.action limit 1 for update skip locked;
    exit when not found;
    begin
      execute format('select %I($1)', 'due_' || taken.action) using taken.object_id;
      set constraints all immediate;
      set constraints all deferred;
      delete from timers t where t.noun = taken.noun and t.object_id = taken.object_id and t.action = taken.action
         and t.round = taken.round;
    exception when others or query_canceled then
      perform put_off(taken, sqlerrm);
    end;
    done := done + 1;
  end loop;
  return done;
end $$;

create function put_off(taken timers, why text) returns void language sql set search_path from current as $$
  update timers t set tries = t.tries + 1, last_error = left(why, 500), not_before = clock_timestamp() + pause_after(t.tries + 1)
   where t.noun = taken.noun and t.object_id = taken.object_id and t.action = taken.action
$$;

/* For the service, after a run that ended the connection with it: the timer that stood first would stand first for ever. */
create function put_off_first_due(why text) returns void language sql security definer set search_path from current as $$
  select put_off(t, why) from (select * from timers where not_before <= clock_timestamp()
    order by not_before, noun, object_id, action limit 1 for update skip locked) as t
$$;

-- Notices ------------------------------------------------------------------------------------------------------------------

create table notices (
  id bigint generated always as identity primary key,
  kind text collate "C" not null check (kind ~ '^[a-z][a-z0-9-]{0,60}$'),
  noun text collate "C" not null check (noun ~ '^[a-z][a-z-]{0,40}$'),
  object_id text collate "C" not null,
  -- Values of its sentence: no coordinates, no contacts.
  facts jsonb not null check (jsonb_typeof(facts) = 'object'
    and not facts ?| array['lon', 'lat', 'geom', 'geometry', 'position', 'phone', 'contact', 'contacts']),
  to_account text collate "C",
  to_role text collate "C",
  to_district text collate "C",
  to_town text collate "C",
  to_organisation text collate "C",
  at timestamptz not null default clock_timestamp(),
  check (to_account is not null or to_role is not null or to_organisation is not null)
);
create index notices_account on notices (to_account, id) where to_account is not null;
create index notices_role on notices (to_role, id);
create index notices_organisation on notices (to_organisation, id);
create index notices_at on notices (at);

create table notice_reads (
  notice_id bigint not null references notices on delete cascade,
  account_id text collate "C" not null default my_account(),
  at timestamptz not null default now(),
  primary key (account_id, notice_id)
);
create index notice_reads_notice on notice_reads (notice_id);
-- tells open pages of the same person that something was read
create index notice_reads_at on notice_reads (at);

/* One notice: for an account, or for everybody of a role or organisation, and of a district and town where given. A town brings its
   district. No number keeps more than three decimals. */
create function tell(kind text, noun text, object_id text, facts jsonb, to_account text default null, to_role text default null,
    to_district text default null, to_town text default null, to_organisation text default null) returns void
  language sql security definer set search_path from current as $$
  insert into notices (kind, noun, object_id, facts, to_account, to_role, to_district, to_town, to_organisation)
  values ($1, $2, $3, mask_decimals(coalesce($4, '{}')::text)::jsonb, nullif($5, ''), nullif($6, ''),
    coalesce(nullif($7, ''), (select t.district_code from towns t where t.code = nullif($8, ''))), nullif($8, ''), nullif($9, ''))
$$;

/* Nobody is told what happened before they had an account. */
create function my_account_since() returns timestamptz language sql stable security definer set search_path from current as $$
  select coalesce((select a.created_at from accounts a where a.id = my_account()), 'infinity')
$$;

-- Posting to other systems ---------------------------------------------------------------------------------------------------

create table webhooks (
  id text collate "C" primary key check (id <> ''),
  name text not null check (btrim(name) <> '' and length(name) <= 100),
  url text not null check (url ~ '^https?://' and length(url) <= 1000),
  -- Key of the signature. Leaves the database only when it is made.
  secret text not null check (length(secret) >= 20),
  secret_at timestamptz not null default now(),
  -- Nouns whose notices are posted; none named: all.
  nouns text[] not null default '{}' check (array_position(nouns, null) is null),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by text collate "C" default my_account(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
create trigger webhooks_version before update on webhooks for each row execute function raise_version();

create table webhook_deliveries (
  id bigint generated always as identity primary key,
  webhook_id text collate "C" not null references webhooks on delete cascade,
  kind text collate "C" not null,
  noun text collate "C" not null,
  object_id text collate "C" not null,
  -- Exactly the bytes that are signed and sent, the same at every try.
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given-up')),
  tries integer not null default 0,
  next_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Of the last try: what was answered, or why nothing was.
  last_status integer,
  last_error text,
  last_ms integer
);
create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'waiting';
create index webhook_deliveries_webhook on webhook_deliveries (webhook_id, id desc);

/* The message of one notice; who reads it inside is told by role and place only. */
create function post_notice() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into webhook_deliveries (webhook_id, kind, noun, object_id, body)
  select w.id, new.kind, new.noun, new.object_id, row_to_json(message)::text
    from webhooks w,
         (select new.id::text as id, to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, new.kind, new.noun,
                 new.object_id as "objectId", new.facts, new.to_role as role, new.to_district as "districtCode",
                 new.to_town as "townCode", new.to_organisation as organisation) as message
   where w.active and (w.nouns = '{}' or new.noun = any (w.nouns));
  return null;
end $$;
create trigger notices_posted after insert on notices for each row execute function post_notice();

-- Repeated calls are one act ---------------------------------------------------------------------------------------------------

create table idempotency_keys (
  account_id text collate "C" not null default my_account(),
  key text collate "C" not null check (length(key) between 8 and 200),
  method text not null,
  path text not null,
  -- SHA-256 of what was asked.
  body_digest text not null check (length(body_digest) = 64),
  -- NULL only within the transaction that does the work.
  status integer,
  body json,
  at timestamptz not null default now(),
  primary key (account_id, key)
);
create index idempotency_keys_at on idempotency_keys (at);

/* What nobody asks for any more: keys after a day, notices and ended posts after half a year. Answers how many rows went. */
create function forget_old() returns integer language plpgsql security definer set search_path from current as $$
declare
  gone integer;
  more integer;
begin
  delete from idempotency_keys where at < now() - interval '24 hours';
  get diagnostics gone = row_count;
  delete from webhook_deliveries where state <> 'waiting' and created_at < now() - interval '180 days';
  get diagnostics more = row_count;
  gone := gone + more;
  delete from notices where at < now() - interval '180 days';
  get diagnostics more = row_count;
  return gone + more;
end $$;

-- History --------------------------------------------------------------------------------------------------------------------

create trigger rule_values_audit after insert or update or delete on rule_values for each row
  execute function audit_row('rule', 'name', 'version', 'updated_at');
create trigger calendar_days_audit after insert or update or delete on calendar_days for each row
  execute function audit_row('calendar', 'day');
-- that the key was made anew is told by its time
create trigger webhooks_audit after insert or update or delete on webhooks for each row
  execute function audit_row('webhook', 'id', 'secret', 'version', 'updated_at');

-- Rights and policies ----------------------------------------------------------------------------------------------------------

revoke execute on function schedule(text, text, text, timestamptz), unschedule(text, text, text), run_due(integer),
  put_off(timers, text), put_off_first_due(text), tell(text, text, text, jsonb, text, text, text, text, text), my_account_since(),
  post_notice(), forget_old() from public;
grant execute on function schedule(text, text, text, timestamptz), unschedule(text, text, text),
  tell(text, text, text, jsonb, text, text, text, text, text), my_account_since() to zhanzhi_app, zhanzhi_masked;

grant select on calendar_days, rule_values to zhanzhi_app, zhanzhi_masked, zhanzhi_views;
grant insert, update, delete on calendar_days to zhanzhi_app;
grant update (value, source, note) on rule_values to zhanzhi_app;
grant select on notices to zhanzhi_app, zhanzhi_masked;
grant select, insert on notice_reads to zhanzhi_app, zhanzhi_masked;
grant select, insert, delete on idempotency_keys to zhanzhi_app, zhanzhi_masked;
grant update (status, body) on idempotency_keys to zhanzhi_app, zhanzhi_masked;

do $$
declare
  guarded text;
begin
  foreach guarded in array array['calendar_days', 'rule_values', 'timers', 'notices', 'notice_reads', 'webhooks',
                                 'webhook_deliveries', 'idempotency_keys'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
  end loop;
end $$;

create policy calendar_days_read on calendar_days for select to zhanzhi_app, zhanzhi_masked, zhanzhi_views using (true);
create policy calendar_days_change on calendar_days to zhanzhi_app
  using ((select may('rule:change'))) with check ((select may('rule:change')));
create policy rule_values_read on rule_values for select to zhanzhi_app, zhanzhi_masked, zhanzhi_views using (true);
create policy rule_values_change on rule_values for update to zhanzhi_app using ((select may('rule:change')));

-- Mine: by account, by organisation, by role and place. A token hears of the nouns it may read.
create policy notices_read on notices for select to zhanzhi_app, zhanzhi_masked using (
  -- three indexes, before the finer questions below
  (to_account = (select my_account()) or to_role = (select current_setting('zhanzhi.role', true))
   or to_organisation = (select nullif(current_setting('zhanzhi.organisation', true), '')))
  and at >= (select my_account_since())
  and (coalesce((select current_setting('zhanzhi.token_scope', true)), '') = ''
       or noun || ':read' = any ((select setting_list('zhanzhi.token_scope'))::text[]))
  and case when to_account is not null then to_account = (select my_account()) else
    (to_role is null or to_role = (select current_setting('zhanzhi.role', true)))
    and (to_organisation is null or to_organisation = (select nullif(current_setting('zhanzhi.organisation', true), '')))
    and (to_district is null or (select current_setting('zhanzhi.everywhere', true)) = 'on'
         or to_district = any ((select setting_list('zhanzhi.districts'))::text[])
         or (to_town is null and to_district in (select t.district_code from towns t
               where t.code = any ((select setting_list('zhanzhi.towns'))::text[])))
         or to_town = any ((select setting_list('zhanzhi.towns'))::text[])) end);
create policy notice_reads_own on notice_reads for select to zhanzhi_app, zhanzhi_masked
  using (account_id = (select my_account()));
create policy notice_reads_add on notice_reads for insert to zhanzhi_app, zhanzhi_masked
  with check (account_id = (select my_account()) and notice_id in (select n.id from notices n));

create policy idempotency_keys_own on idempotency_keys to zhanzhi_app, zhanzhi_masked
  using (account_id = (select my_account())) with check (account_id = (select my_account()));
