-- Attachments (附件): evidence files of problems, cases, relocations and resources, PDF or pictures. Whoever may read the object sees
-- them, whoever acts on it adds them, whoever brought one takes it away while nothing closed rests on it. Their bytes lie with those
-- of photos, in files named by their digest (migrations 041 and 047). A row has no place of its own: nothing of it tells one.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create table attachments (
  id text collate "C" primary key check (id <> ''),
  noun text collate "C" not null check (noun in ('problem', 'case', 'relocation', 'resource')),
  object_id text collate "C" not null,
  kind text not null check (kind in ('协议', '审批', '备案', '函件', '现场照片', '验收', '其他')),
  -- SHA-256 of the kept bytes: the name of the file. A picture has lost its metadata; a PDF is kept as it came.
  digest text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  -- SHA-256 of what was sent.
  sent_digest text collate "C" not null check (sent_digest ~ '^[0-9a-f]{64}$'),
  media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')),
  bytes integer not null check (bytes > 0),
  -- Of a PDF.
  pages integer check (pages > 0),
  -- Of a picture.
  width integer check (width > 0),
  height integer check (height > 0),
  file_name text not null default '' check (length(file_name) <= 200),
  -- Of a problem: how often it had been reopened by then.
  round integer not null default 0,
  -- Of a problem: evidence for closing it, because whoever handles it brought it.
  is_evidence boolean not null default false,
  uploaded_at timestamptz not null default now(),
  uploaded_by text collate "C" default my_account(),
  uploader text not null default '',
  problem_id text collate "C" generated always as (case noun when 'problem' then object_id end) stored references problems on delete cascade,
  case_id text collate "C" generated always as (case noun when 'case' then object_id end) stored references cases on delete cascade,
  relocation_id text collate "C" generated always as (case noun when 'relocation' then object_id end) stored
    references relocations on delete cascade,
  resource_id text collate "C" generated always as (case noun when 'resource' then object_id end) stored
    references resources on delete cascade,
  constraint attachments_once unique (noun, object_id, digest),
  constraint attachments_form check (case media_type when 'application/pdf' then pages is not null and width is null and height is null
    else pages is null and width is not null and height is not null end)
);
create index attachments_digest on attachments (digest);
create index attachments_problem on attachments (problem_id) where problem_id is not null;
create index attachments_case on attachments (case_id) where case_id is not null;
create index attachments_relocation on attachments (relocation_id) where relocation_id is not null;
create index attachments_resource on attachments (resource_id) where resource_id is not null;

-- What follows from a change ------------------------------------------------------------------------------------------------

-- Files of those who handle the problem, since it was raised or reopened last.
alter table problems add column evidence_files integer not null default 0;

/* The object of an attachment for who acts now. `may`: adds attachments; `handles`: those are evidence for closing a problem; `is_open`:
   it takes another one; `keeps`: what is there stays, because somebody settled, accepted or took down on the strength of it.
   `state` NULL: there is no such object. */
create function attachment_ground(noun text, object_id text, out state text, out round integer, out may boolean, out handles boolean,
    out is_open boolean, out keeps boolean)
  language plpgsql stable security definer set search_path from current as $$
declare
  mine constant text := coalesce(current_setting('zhanzhi.organisation', true), '');
begin
  round := 0;
  handles := false;
  case $1
    when 'problem' then
      select p.state, p.reopenings, within_reach('{problem:update,problem:manage}', p.district_code, p.town_code, p.owner),
             p.raised_by = my_account() and within_reach('{problem:create}', p.district_code, p.town_code, p.owner)
        into state, round, handles, may from problems p where p.id = $2;
      may := handles or may;
      is_open := state <> '已销号';
      keeps := state in ('待确认', '已销号');
    when 'case' then
      -- a building site is its company's, a station its operator's
      select c.state, (c.company in ('', mine) and within_reach('{case:update}', c.district_code, c.town_code, ''))
             or (c.operator in ('', mine) and within_reach('{case:confirm}', c.district_code, c.town_code, ''))
        into state, may from cases c where c.id = $2;
      is_open := state not in ('撤销', '退网');
      keeps := state in ('验收', '迁改', '撤销', '退网');
    when 'relocation' then
      -- whoever asked for it until somebody takes it up
      select r.state, within_reach('{relocation:update,relocation:gate}', r.district_code, r.town_code, r.owner)
             or (r.state = '登记' and within_reach('{relocation:create}', r.district_code, r.town_code, r.owner))
        into state, may from relocations r where r.id = $2;
      is_open := state not in ('已关闭', '撤销');
      keeps := state in ('已拆除', '已关闭', '撤销');
    when 'resource' then
      select r.state, within_reach('{resource:update}', r.district_code, r.town_code, r.owner)
        into state, may from resources r where r.id = $2;
      is_open := state <> '退出';
      keeps := state = '退出';
  end case;
  if my_account() is null and state is not null then
    may := true;
    handles := noun = 'problem';
  end if;
  may := coalesce(may, false);
  handles := coalesce(handles, false);
end $$;

create function may_attach(noun text, object_id text) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return (select g.may from attachment_ground($1, $2) as g);
end $$;

/* One after the other: what is attached, taken away or closed meanwhile comes before or after. */
create function hold_attachment_object(noun text, object_id text) returns void
  language plpgsql security definer set search_path from current as $$
begin
  case $1
    when 'problem' then perform from problems p where p.id = $2 for no key update;
    when 'case' then perform from cases c where c.id = $2 for no key update;
    when 'relocation' then perform from relocations r where r.id = $2 for no key update;
    when 'resource' then perform from resources r where r.id = $2 for no key update;
  end case;
end $$;

create function keep_attachment() returns trigger language plpgsql security definer set search_path from current as $$
declare
  ground record;
begin
  new.uploaded_at := now();
  new.uploaded_by := my_account();
  new.uploader := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
  perform hold_attachment_object(new.noun, new.object_id);
  select * into ground from attachment_ground(new.noun, new.object_id);
  if not ground.is_open then
    raise exception 'what is closed takes nothing more' using errcode = '23514', constraint = 'attachments_closed';
  end if;
  if (select count(*) from attachments a where a.noun = new.noun and a.object_id = new.object_id) >= 30 then
    raise exception 'there are enough attachments' using errcode = '23514', constraint = 'attachments_most';
  end if;
  new.round := coalesce(ground.round, 0);
  new.is_evidence := ground.handles;
  return new;
end $$;
create trigger attachments_kept before insert on attachments for each row execute function keep_attachment();

create function refuse_resting_attachment() returns trigger language plpgsql security definer set search_path from current as $$
declare
  ground record;
begin
  -- gone with its object
  if pg_trigger_depth() > 1 then return old; end if;
  perform hold_attachment_object(old.noun, old.object_id);
  select * into ground from attachment_ground(old.noun, old.object_id);
  if ground.keeps or old.round <> ground.round then
    raise exception 'something closed rests on the attachment' using errcode = '23514', constraint = 'attachments_stay';
  end if;
  return old;
end $$;
create trigger attachments_resting before delete on attachments for each row execute function refuse_resting_attachment();

create function count_evidence_file() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    update problems set evidence_files = evidence_files + 1 where id = new.object_id;
  else
    update problems set evidence_files = evidence_files - 1 where id = old.object_id and reopenings = old.round and evidence_files > 0;
  end if;
  return null;
end $$;
create trigger attachments_counted after insert on attachments for each row when (new.is_evidence) execute function count_evidence_file();
create trigger attachments_uncounted after delete on attachments for each row when (old.is_evidence) execute function count_evidence_file();

/* As in migration 049, and a file is evidence like words are. */
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
      new.evidence_files := 0;
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
          new.evidence_files := 0;
          if not manages or new.due_at = old.due_at then new.due_at := problem_due(new.category, now()); end if;
        elsif not manages or new.due_at = old.due_at then
          new.due_at := add_working_days(old.due_at, working_days_between(old.settled_at, now()));
        end if;
        new.settled_at := null;
        new.closed_at := null;
        new.confirmed_by_raiser := null;
      end if;
      if new.state = '待确认' and new.evidence + new.evidence_files = 0 then
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

/* Whether any row names these bytes. */
create or replace function photo_wanted(wanted text) returns boolean
  language sql stable security definer set search_path from current as $$
  select exists (select from photos p where p.digest = wanted) or exists (select from resource_photos p where p.digest = wanted)
    or exists (select from attachments a where a.digest = wanted)
$$;

-- History -------------------------------------------------------------------------------------------------------------

/* Under the name of its object: problem-attachment, case-attachment, … */
create function audit_attachment() returns trigger language plpgsql security definer set search_path from current as $$
declare
  left_out constant text[] := array['noun', 'object_id', 'problem_id', 'case_id', 'relocation_id', 'resource_id', 'round', 'uploaded_at',
    'uploaded_by'];
begin
  if tg_op = 'INSERT' then
    perform write_audit('create', new.noun || '-attachment', new.object_id, null, audit_view(to_jsonb(new), left_out)::json, null);
  else
    perform write_audit('remove', old.noun || '-attachment', old.object_id, audit_view(to_jsonb(old), left_out)::json, null, null);
  end if;
  return null;
end $$;
create trigger attachments_audit after insert or delete on attachments for each row execute function audit_attachment();

-- the count follows from the files, which are noted themselves
drop trigger problems_audit on problems;
create trigger problems_audit after insert or update or delete on problems for each row
  execute function audit_row('problem', 'id', 'search_text', 'version', 'updated_at', 'evidence', 'evidence_files');

/* As in migrations 041, 045 and 047, with their attachments. */
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
           a.reason
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
           case when hides then mask_decimals(a.after::text)::json else a.after end, a.reason
      from audit_records a where a.object in ('relocation', 'relocation-site', 'relocation-attachment') and a.object_id = wanted order by a.seq desc;
end $$;

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
           a.reason
      from audit_records a where a.object in ('resource', 'resource-photo', 'resource-attachment') and a.object_id = wanted order by a.seq desc;
end $$;

-- Without what a name may tell of a place --------------------------------------------------------------------------------

create view masked.attachments as
  select id, noun, object_id, kind, digest, media_type, bytes, pages, width, height, mask_decimals(file_name) as file_name, round,
         is_evidence, uploaded_at, uploaded_by, uploader
    from public.attachments;

create or replace view masked.problems as
  select id, district_code, town_code, owner, year, serial, number, category, mask_decimals(title) as title,
         mask_decimals(description) as description, mask_decimals(objects::text)::jsonb as objects, state, level, level_since,
         owner_unit, co_units, raised_at, raised_by, raiser, raiser_role, raiser_organisation, due_at, lead_at, evidence, reopenings,
         settled_at, closed_at, confirmed_by_raiser, updated_at, version, mask_decimals(search_text) as search_text, evidence_files
    from public.problems;

grant usage, create on schema masked to zhanzhi_views;
alter view masked.attachments owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.attachments to zhanzhi_masked;

-- Rights and policies ----------------------------------------------------------------------------------------------------

grant select on attachments to zhanzhi_app, zhanzhi_views;
grant insert (id, noun, object_id, kind, digest, sent_digest, media_type, bytes, pages, width, height, file_name) on attachments
  to zhanzhi_app, zhanzhi_masked;
grant delete on attachments to zhanzhi_app, zhanzhi_masked;
-- by its name, without the view, a masked role reaches what it brought itself, to take it away
grant select (id) on attachments to zhanzhi_masked;
revoke execute on function attachment_ground(text, text), may_attach(text, text), hold_attachment_object(text, text), keep_attachment(),
  refuse_resting_attachment(), count_evidence_file(), audit_attachment() from public;
grant execute on function attachment_ground(text, text), may_attach(text, text) to zhanzhi_app, zhanzhi_masked;

alter table attachments enable row level security;
alter table attachments force row level security;
create policy system on attachments to current_user using (true) with check (true);
create policy attachments_read on attachments for select to zhanzhi_app, zhanzhi_views using (case noun
  when 'problem' then exists (select from problems p where p.id = object_id)
  when 'case' then exists (select from cases c where c.id = object_id)
  when 'relocation' then exists (select from relocations r where r.id = object_id)
  else exists (select from resources r where r.id = object_id) end);
create policy attachments_read_own on attachments for select to zhanzhi_masked using (uploaded_by = (select my_account()));
create policy attachments_add on attachments for insert to zhanzhi_app, zhanzhi_masked with check (may_attach(noun, object_id));
create policy attachments_remove on attachments for delete to zhanzhi_app, zhanzhi_masked using (uploaded_by = (select my_account()));
