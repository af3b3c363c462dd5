-- Operators and towns have what is their own (domain reference, section 3): an operator reads its own claims, cases and rows of batches,
-- wherever they lie, and nothing of its competitors'; an owner reads no claims; a town works on the problems it is in charge of. What has
-- to count or judge everybody's rows goes on seeing them all, and answers no more than a number, a yes or no.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- Claims -----------------------------------------------------------------------------------------------------------------------

create index claim_confirmations_operator on claim_confirmations (operator, claim_id);

/* Claims that ask, or asked, who acts for their word. */
create function asked_claims() returns setof text
  language plpgsql stable parallel safe security definer rows 100 set search_path from current as $$
begin
  return query select f.claim_id from claim_confirmations f where f.operator = my_organisation('claim:read');
end $$;

/* As the row policy has it, for functions that see everything. */
create function reads_claim(claim claims) returns boolean
  language plpgsql stable security definer set search_path from current as $$
declare
  mine constant text := my_organisation('claim:read');
begin
  return my_account() is null or coalesce(within_reach('{claim:read}', claim.district_code, claim.town_code, ''), false)
    or coalesce(mine = any (claim.for_operators), false)
    or exists (select from claim_confirmations f where f.claim_id = claim.id and f.operator = mine);
end $$;

alter policy claims_read on claims using (
  (select reaches_all('claim:read')) or district_code = any ((select my_districts('claim:read'))::text[])
  or town_code = any ((select my_towns('claim:read'))::text[]) or (select my_organisation('claim:read')) = any (for_operators)
  or id in (select a.claim_id from asked_claims() as a (claim_id)));

-- To open a place is one thing, to take it from its holder or to set a rule aside another: that is the sharing office's.
alter policy claims_update on claims using (
  (company in ('', (select current_setting('zhanzhi.organisation', true))) and within_reach('{claim:create}', district_code, town_code, ''))
  or within_reach('{claim:override}', district_code, town_code, '')
  or (requested_by = (select current_setting('zhanzhi.organisation', true)) and company = ''
      and within_reach('{claim:request}', district_code, town_code, '')))
  with check (
  (company = (select current_setting('zhanzhi.organisation', true)) and within_reach('{claim:create}', district_code, town_code, ''))
  or within_reach('{claim:override}', district_code, town_code, '')
  or (requested_by = (select current_setting('zhanzhi.organisation', true)) and company = ''
      and within_reach('{claim:request}', district_code, town_code, '')));

create or replace function displace_claims(resource text, lost json) returns void
  language plpgsql security definer set search_path from current as $$
declare
  account text;
begin
  if my_account() is not null and not exists (select from resources r where r.id = resource
       and within_reach('{claim:create,claim:override}', r.district_code, r.town_code, r.owner)) then
    raise exception 'this resource is not for whoever claims it' using errcode = '42501';
  end if;
  account := act_as_system();
  update claims c set state = '未获', rule = l.rule, facts = l.facts
    from json_to_recordset(lost) as l (id text, rule text, facts jsonb)
   where c.id = l.id and c.resource_id = resource and c.state = '申请' and c.company <> '';
  perform set_config('zhanzhi.account', account, true);
end $$;

/* Whether who acts has to do with claims on a resource: by its place, or by a claim of their own there. */
create function claims_at(one resources) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return my_account() is null
    or coalesce(within_reach('{claim:read,claim:create,claim:request,claim:override}', one.district_code, one.town_code, ''), false)
    or exists (select from claims c where c.resource_id = one.id and reads_claim(c));
end $$;

/* What a decision rests on, as far as who acts reads it: whoever reads only their own claims asks for a place and judges nothing, so
   neither what others hold nor a tower near is told. */
create function own_grounds(inout ground json, inout standing json)
  language plpgsql stable security definer set search_path from current as $$
declare
  mine constant text := my_organisation('claim:read');
begin
  if scope_of('claim:read') is distinct from 'own' then return; end if;
  ground := (ground::jsonb || jsonb_build_object('nearestTower', null, 'declined', coalesce(
    (select jsonb_agg(d) from jsonb_array_elements(ground::jsonb->'declined') as d where d->>'operator' = mine), '[]')))::json;
  standing := coalesce((select json_agg(s.claim order by s.place) from json_array_elements(standing) with ordinality as s (claim, place)
                         where s.claim::jsonb->'operators' ? mine), '[]');
end $$;

create or replace function claim_grounds(resource_ids text[]) returns table (resource_id text, ground json, standing json)
  language plpgsql security definer set search_path from current as $$
declare
  one resources;
begin
  for one in select * from resources r where r.id = any (resource_ids) and claims_at(r) order by r.id for no key update
  loop
    perform end_overdue(one.id);
    resource_id := one.id;
    select g.ground, g.standing into ground, standing from own_grounds(claim_ground(one), claim_standing(one.id)) as g;
    return next;
  end loop;
end $$;

create or replace function claim_outlook(wanted text) returns table (ground json, standing json)
  language plpgsql stable security definer set search_path from current as $$
declare
  one resources;
begin
  select * into one from resources r where r.id = wanted and claims_at(r);
  if not found then return; end if;
  return query select g.ground, g.standing from own_grounds(claim_ground(one), claim_standing(one.id)) as g;
end $$;

/* What runs beside a claim, by the time it was held. Prices go by how many share and who came first: what somebody may not read stands
   there without a name ('*1', '*2'), unless it is named to them because both have to agree. */
create function claims_beside(wanted text) returns json
  language plpgsql stable security definer set search_path from current as $$
declare
  known text[];
begin
  if not exists (select from resources r where r.id = wanted and claims_at(r)) then return '[]'; end if;
  known := array(select distinct n.name from claims c cross join lateral (
                   select unnest(c.for_operators) union select f.operator from claim_confirmations f where f.claim_id = c.id) as n (name)
                  where c.resource_id = wanted and reads_claim(c));
  return coalesce((
    select json_agg(case when c.seen
             then json_build_object('id', c.id, 'state', c.state, 'company', c.company, 'operators', c.for_operators, 'slots', c.slots,
                    'loadKg', c.load_kg, 'powerKva', c.power_kva, 'keyAreaDeadline', c.key_area_deadline,
                    'demandsServed', cardinality(c.demand_ids), 'onAirBy', c.on_air_by, 'submittedAt', c.submitted, 'until', c.ends)
             else json_build_object('id', '', 'state', c.state, 'company', case when c.company = '' then '' else '*' end,
                    'operators', array(select case when o.name = any (known) then o.name else '*' || c.place || '-' || o.place end
                                         from unnest(c.for_operators) with ordinality as o (name, place) order by o.place),
                    'slots', c.slots, 'loadKg', null, 'powerKva', null, 'keyAreaDeadline', null, 'demandsServed', 0, 'onAirBy', null,
                    'submittedAt', c.submitted, 'until', null) end order by c.place)
      from (select k.*, reads_claim(k) as seen, row_number() over (order by k.held_at nulls last, k.submitted_at, k.id) as place,
                   to_char(k.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as submitted,
                   to_char(k.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ends
              from claims k where k.resource_id = wanted and k.state in ('申请', '持有', '已转建设')
               and (k.until is null or k.until > now())) as c), '[]');
end $$;

/* The resource of a claim that lies outside the territory of whoever's claim it is: what the claim itself tells, and no place. */
create function claimed_resource(wanted text) returns json
  language plpgsql stable security definer set search_path from current as $$
begin
  return (select json_build_object('id', r.id, 'code', mask_decimals(r.code), 'name', mask_decimals(r.name), 'resourceType', r.resource_type,
            'state', r.state, 'owner', r.owner, 'position', null, 'siteId', r.site_id, 'slots', r.slots, 'slotsFree', slots_free(r.id), 'whitelisted', r.whitelisted)
            from claims c join resources r on r.id = c.resource_id where c.id = wanted and reads_claim(c));
end $$;

create or replace function claim_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
begin
  if not exists (select from claims c where c.id = wanted and reads_claim(c)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.action,
           case when hides then mask_decimals(a.before::text)::json else a.before end,
           case when hides then mask_decimals(a.after::text)::json else a.after end,
           case when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a where a.object = 'claim' and a.object_id = wanted order by a.seq desc;
end $$;

/* Rule 6 of 8.3. Companies and whose tower stands near read the claim itself; an operator reads it on its own record, which keeps who got
   the place, which rule was set aside and why. One that was let go for it in the same act is told, too. */
create or replace function tell_override(claim claims) returns void
  language plpgsql security definer set search_path from current as $$
declare
  words constant jsonb := claim_words(claim) || jsonb_build_object('reason', claim.override_reason, 'by', claim.override_by);
  party record;
begin
  for party in
    select c.company as organisation from claims c
     where c.resource_id = claim.resource_id and c.state in ('申请', '持有', '已转建设') and c.company not in ('', claim.company)
    union
    select claim.company where claim.company <> ''
    union
    select s.owner from sites s where s.masked_code = claim.facts->>'tower' and s.owner <> ''
  loop
    perform tell('claim-override', 'claim', claim.id, words, to_role => 'tower', to_organisation => party.organisation);
  end loop;
  for party in
    select c.id, c.for_operators from claims c
     where c.resource_id = claim.resource_id and c.id <> claim.id and not c.for_operators <@ claim.for_operators
       and (c.state in ('申请', '持有', '已转建设') or (c.state = '未获' and c.updated_at = now()))
     order by c.submitted_at, c.id
  loop
    perform tell('claim-override', 'claim', party.id, words, to_role => 'operator', to_organisation => operator)
       from unnest(party.for_operators) as operator;
    perform write_audit('set-aside', 'claim', party.id, null, json_build_object('company', claim.company,
      'for_operators', claim.for_operators, 'rule', coalesce(claim.facts->>'setAside', claim.rule)), claim.override_reason);
  end loop;
end $$;

-- Cases ------------------------------------------------------------------------------------------------------------------------

/* As the row policy has it, for functions that see everything. */
create function reads_case(found cases) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return my_account() is null or coalesce(within_reach('{case:read}', found.district_code, found.town_code, found.operator), false);
end $$;

alter policy cases_read on cases using (
  (select reaches_all('case:read')) or district_code = any ((select my_districts('case:read'))::text[])
  or town_code = any ((select my_towns('case:read'))::text[]) or operator = (select my_organisation('case:read')));

-- row by row where few are looked at, as below for the decisions of batches
alter policy surveys_read on surveys using (exists (select from cases c where c.id = case_id));
alter policy photos_read on photos using (exists (select from cases c where c.id = case_id));

create or replace function check_case_change() returns trigger language plpgsql security definer set search_path from current as $$
declare
  mine constant text := coalesce(current_setting('zhanzhi.organisation', true), '');
  acting constant text := coalesce(current_setting('zhanzhi.role', true), '');
  change record;
  wanted text[];
begin
  if my_account() is null then return null; end if;
  for change in
    select o.district_code, o.town_code, o.operator, o.company, o.state as old_state, n.state as new_state,
           (o.site_id, o.plan_id, o.demand_id, o.remark) is distinct from (n.site_id, n.plan_id, n.demand_id, n.remark) as planned,
           (o.agreed_on, o.agreement, o.filing_number, o.filed_on, o.started_on, o.completed_on)
             is distinct from (n.agreed_on, n.agreement, n.filing_number, n.filed_on, n.started_on, n.completed_on)
             and not (o.state = '交付' and n.state = '建设') as built,
           (o.on_air_on, o.on_air_evidence, o.delivery_confirmed_at) is distinct from
             (n.on_air_on, n.on_air_evidence, n.delivery_confirmed_at)
             and not (o.state = '开通' and n.state = '交付') as confirmed,
           o.accepted_on is distinct from n.accepted_on as accepted
      from was o join written n on n.id = o.id
  loop
    wanted := array(select m.permission from state_moves m where m.noun = 'cases'
                     and m.from_state = change.old_state and m.to_state = change.new_state);
    if (change.planned and not within_reach('{case:create,case:update}', change.district_code, change.town_code, ''))
       or (change.built and not within_reach('{case:update}', change.district_code, change.town_code, ''))
       or (change.confirmed and not within_reach('{case:confirm}', change.district_code, change.town_code, change.operator))
       or (change.accepted and not within_reach('{case:verify}', change.district_code, change.town_code, ''))
       or (change.old_state <> change.new_state
           and not within_reach(wanted, change.district_code, change.town_code, change.operator))
       -- a building site is its company's
       or (acting = 'tower' and change.company not in ('', mine)
           and (change.built or (change.old_state <> change.new_state and 'case:update' = any (wanted)))) then
      raise exception 'this change of a case is not allowed' using errcode = '42501';
    end if;
  end loop;
  return null;
end $$;

create or replace function case_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text,
    object text, object_id text, action text, before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
  shown_photos constant text[] := array(select p.id from photos p where p.case_id = wanted);
begin
  if not exists (select from cases c where c.id = wanted and reads_case(c)) then return; end if;
  return query
    select a.seq, a.at, a.account_name, a.role, a.object, a.object_id, a.action,
           case when hides then mask_decimals((a.before::jsonb - 'geom')::text)::json else (a.before::jsonb - 'geom')::json end,
           case when hides then mask_decimals((a.after::jsonb - 'geom')::text)::json else (a.after::jsonb - 'geom')::json end,
           case when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a
     where (a.object in ('case', 'survey', 'case-attachment') and a.object_id = wanted) or (a.object = 'photo' and a.object_id = any (shown_photos))
     order by a.seq desc;
end $$;

create or replace function write_masked_case() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if (new.site_id, new.plan_id, new.demand_id, new.operator, new.company, new.agreed_on, new.agreement, new.filing_number, new.filed_on,
      new.started_on, new.completed_on, new.accepted_on, new.remark)
     is distinct from (old.site_id, old.plan_id, old.demand_id, old.operator, old.company, old.agreed_on, old.agreement,
      old.filing_number, old.filed_on, old.started_on, old.completed_on, old.accepted_on, old.remark) then
    raise exception 'this part of a case is not the operator''s' using errcode = '42501';
  end if;
  -- what follows from claims goes by their own functions
  if new.state <> old.state and not exists (select from state_moves m where m.noun = 'cases' and m.from_state = old.state
       and m.to_state = new.state and m.permission = 'case:confirm') then
    raise exception 'this move is not the operator''s' using errcode = '42501';
  end if;
  update public.cases c
     set state = new.state, on_air_on = new.on_air_on, delivery_confirmed_at = new.delivery_confirmed_at,
         on_air_evidence = case when new.on_air_evidence = old.on_air_evidence then c.on_air_evidence else new.on_air_evidence end
   where c.id = old.id and c.version = old.version and within_reach('{case:confirm}', c.district_code, c.town_code, c.operator);
  return case when found then new end;
end $$;

create or replace function write_masked_photo() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from public.cases c where c.id = new.case_id
                    and within_reach('{case:confirm}', c.district_code, c.town_code, c.operator)) then
      raise exception 'the photo is not for whoever adds it' using errcode = '42501';
    end if;
    insert into public.photos (id, case_id, kind, digest, sent_digest, media_type, bytes, width, height, file_name, taken_at, geom)
    values (new.id, new.case_id, new.kind, new.digest, new.sent_digest, new.media_type, new.bytes, new.width, new.height,
            new.file_name, new.taken_at, new.geom);
    return new;
  end if;
  delete from public.photos p where p.id = old.id and p.uploaded_by = my_account();
  return case when found then old end;
end $$;

-- Cases are opened and moved for an operator by what it asks for, never by its own hand; who holds a place for another is not told.
revoke execute on function open_case(text, text, text, text, text), move_case(text, text), claiming_company(text, text) from zhanzhi_masked;
create function masked.claiming_company(resource text, operator text) returns text
  language plpgsql stable security definer set search_path from current as $$
begin
  if $2 is distinct from current_setting('zhanzhi.organisation', true) then return null; end if;
  return public.claiming_company($1, $2);
end $$;

/* Whether anybody's station radiates there: a gate is counted for everybody alike. */
create function is_on_air(site text) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return exists (select from cases c where c.site_id = site and c.state in ('开通', '验收'));
end $$;

create index cases_standing on cases (site_id) where made_standing;

/* Sites that stand because of a case, anybody's: what stood before is counted without them. */
create function sites_made_standing() returns setof text
  language plpgsql stable security definer set search_path from current as $$
begin
  return query select distinct c.site_id from cases c where c.made_standing;
end $$;

-- Batches ----------------------------------------------------------------------------------------------------------------------

alter policy batches_read on batches using (
  ((select reaches_all('batch:read')) or district_code = any ((select my_wider_districts('batch:read'))::text[])
   or (select my_organisation('batch:read')) = any (for_operators))
  and (submitted_at is not null or batch_is_mine(organisation, created_by)));
alter policy batch_rows_read on batch_rows using (
  ((select reaches_all('batch:read')) or district_code = any ((select my_districts('batch:read'))::text[])
   or town_code = any ((select my_towns('batch:read'))::text[]) or (select my_organisation('batch:read')) = any (for_operators))
  and exists (select from batches b where b.id = batch_id));

/* As the row policies have it, for functions that see everything. */
create function reads_batch(held batches) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return my_account() is null
    or (coalesce(reaches_all('batch:read') or held.district_code = any (my_wider_districts('batch:read')), false)
        or coalesce(my_organisation('batch:read') = any (held.for_operators), false))
       and (held.submitted_at is not null or coalesce(batch_is_mine(held.organisation, held.created_by), false));
end $$;

create function reads_batch_row(judged batch_rows) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return my_account() is null
    or (coalesce(within_reach('{batch:read}', judged.district_code, judged.town_code, ''), false)
        or coalesce(my_organisation('batch:read') = any (judged.for_operators), false))
       and exists (select from batches b where b.id = judged.batch_id and reads_batch(b));
end $$;

/* As the row policy of batches has it, for somebody who is not there. */
create or replace function account_reads_batch(reader accounts, held batches) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return reader.disabled_at is null and exists (select from permissions p where p.permission = 'batch:read' and p.role = reader.role
    and case p.scope when 'all' then true when 'own' then reader.organisation = any (held.for_operators)
          else reader.everywhere or held.district_code = any (reader.district_codes)
            or exists (select from towns t where t.code = any (reader.town_codes) and t.district_code = held.district_code) end);
end $$;

/* As before (migration 056), and to whom else copies go is nothing to an operator. */
create or replace function batch_history(wanted text) returns table (seq bigint, at timestamptz, account_name text, role text, action text,
    before json, after json, reason text)
  language plpgsql stable security definer set search_path from current as $$
declare
  hides constant boolean := current_setting('role', true) = 'zhanzhi_masked';
  held batches;
  wide boolean;
  decides boolean;
begin
  select * into held from batches b where b.id = wanted and reads_batch(b);
  if held.id is null then return; end if;
  wide := my_account() is null or (not hides and coalesce(within_reach('{batch:read}', held.district_code, '', ''), false));
  decides := my_account() is null or coalesce(within_reach('{batch:decide}', held.district_code, '', ''), false);
  return query
    select a.seq, a.at, a.account_name, a.role, a.action,
           case when hides then mask_decimals((a.before::jsonb - 'copy_to')::text)::json else a.before end,
           case when hides then mask_decimals((told.after::jsonb - 'copy_to')::text)::json else told.after end,
           case when a.action = 'handover' and not decides then null when hides then mask_decimals(a.reason) else a.reason end
      from audit_records a
      cross join lateral (select case when json_typeof(a.after->'rows') = 'array'
          then (a.after::jsonb || jsonb_build_object('rows', json_array_length(a.after->'rows')))::json else a.after end as after) as told
     where a.object = 'batch' and a.object_id = wanted and not (hides and a.action = 'change' and a.after::jsonb - 'copy_to' = '{}')
       and (wide or a.action in ('create', 'change') or (not hides and a.action = 'urge' and a.after->>'to' = 'town'
              and array(select json_array_elements_text(a.after->'units')) && my_towns('batch:read')))
     order by a.seq desc;
end $$;

-- Of the head an operator reads the operators of its own rows, and whether it gets a copy itself.
create or replace view masked.batches as
  select id, number, year, serial, mask_decimals(title) as title, state, district_code, plan_id,
         array(select distinct o from public.batch_rows r cross join unnest(r.for_operators) as o where r.batch_id = b.id order by o)
           as for_operators,
         mask_decimals(addressee) as addressee, mask_decimals(office) as office, mask_decimals(note) as note, organisation, created_at,
         created_by, created_name, submitted_at, submitted_by, submitted_name, closed_at, closed_by, closed_name, updated_at, version,
         handler, handler_name,
         array(select c from unnest(copy_to) as c where c = current_setting('zhanzhi.organisation', true)) as copy_to
    from public.batches b;

-- What was decided on its own rows, and what was taken back, it reads like the rows: without places.
revoke select on batch_decisions from zhanzhi_masked;
drop policy batch_decisions_read_masked on batch_decisions;
-- row by row where few are looked at: a list of all rows of all batches for every page of batches took seconds at 200 000
create policy batch_decisions_read_views on batch_decisions for select to zhanzhi_views using (
  exists (select from batch_rows r where r.id = row_id));
alter policy batch_decisions_read on batch_decisions using (exists (select from batch_rows r where r.id = row_id));
create view masked.batch_decisions as
  select id, act_id, batch_id, row_id, round, decision, undoes, reason_code, mask_decimals(reason_text) as reason_text, decided_by,
         decided_name, at
    from public.batch_decisions;

-- Problems ---------------------------------------------------------------------------------------------------------------------

/* Names a problem's units go by for who acts: the organisation, and for a town's people the names of their towns. */
create function my_units() returns text[] language plpgsql stable security definer set search_path from current as $$
begin
  return array_remove(array[nullif(current_setting('zhanzhi.organisation', true), '')], null)
    || array(select t.name from towns t where current_setting('zhanzhi.role', true) = 'town' and t.code = any (setting_list('zhanzhi.towns')));
end $$;

/* Whether who acts works on it. One's own are those that one is in charge of, helps with or raised, among those one reads. */
create function handles_problem(district text, town text, owner text, owner_unit text, co_units text[], raiser_organisation text)
  returns boolean language plpgsql stable as $$
begin
  if scope_of('problem:update') is distinct from 'own' then
    return coalesce(within_reach('{problem:update,problem:manage}', district, town, owner), false);
  end if;
  return coalesce(within_reach('{problem:manage}', district, town, owner), false)
    or (coalesce(within_reach('{problem:read}', district, town, owner), false)
        and ($4 = any (my_units()) or $5 && my_units()
             or coalesce($6 = nullif(current_setting('zhanzhi.organisation', true), ''), false)));
end $$;

alter policy problems_update on problems using (
  (select reaches_all_by('{problem:update,problem:manage}'))
  or district_code = any ((select districts_by('{problem:update,problem:manage}'))::text[])
  or town_code = any ((select towns_by('{problem:update,problem:manage}'))::text[])
  or ((select scope_of('problem:update')) = 'own'
      and handles_problem(district_code, town_code, owner, owner_unit, co_units, raiser_organisation))
  or (raised_by = (select my_account()) and (select may('problem:create'))));
alter policy problem_steps_add on problem_steps with check (
  kind in ('progress', 'evidence') and exists (select from problems p where p.id = problem_id
    and (handles_problem(p.district_code, p.town_code, p.owner, p.owner_unit, p.co_units, p.raiser_organisation)
         or (kind = 'progress' and p.raised_by = (select my_account())))));

create or replace function check_problem_change() returns trigger language plpgsql as $$
declare
  change record;
  manages boolean;
  is_raiser boolean;
begin
  if my_account() is null then return null; end if;
  for change in
    select o.district_code, o.town_code, o.owner, o.raised_by, o.state as old_state, n.state as new_state,
           handles_problem(o.district_code, o.town_code, o.owner, o.owner_unit, o.co_units, o.raiser_organisation) as handled,
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
               when 'problem:update' then may('problem:update') and change.handled
               else within_reach(array[m.permission], change.district_code, change.town_code, change.owner) end) then
      raise exception 'this move of a problem is not allowed' using errcode = '42501';
    end if;
    if change.new_state = '已销号' and not is_raiser and btrim(coalesce(current_setting('zhanzhi.reason', true), '')) = '' then
      raise exception 'closing without whoever raised it needs a reason' using errcode = '23514', constraint = 'state_reason';
    end if;
  end loop;
  return null;
end $$;

/* Whether who acts reads the row of another desk. Resources, sites and relocations are seen where the problem is. */
create function reads_object(noun text, object_id text) returns boolean
  language plpgsql stable security definer set search_path from current as $$
begin
  return case $1
    when 'claim' then exists (select from claims c where c.id = $2 and reads_claim(c))
    when 'case' then exists (select from cases c where c.id = $2 and reads_case(c))
    when 'batch' then exists (select from batches b where b.id = $2 and reads_batch(b))
    when 'batch-row' then exists (select from batch_rows r where r.id = $2 and reads_batch_row(r))
    else true end;
end $$;

/* What a problem is about, without the rows of others for whoever reads only their own, or none. */
create function objects_seen(objects jsonb) returns jsonb language plpgsql stable set search_path from current as $$
begin
  if my_account() is null or objects = '[]' or (scope_of('claim:read') in ('territory', 'all')
       and scope_of('case:read') in ('territory', 'all') and scope_of('batch:read') in ('territory', 'all')) then
    return objects;
  end if;
  return (select coalesce(jsonb_agg(o.one order by o.place), '[]') from jsonb_array_elements(objects) with ordinality as o (one, place)
           where reads_object(o.one->>'noun', o.one->>'id'));
end $$;

create or replace view masked.problems as
  select id, district_code, town_code, owner, year, serial, number, category, mask_decimals(title) as title,
         mask_decimals(description) as description, objects_seen(mask_decimals(objects::text)::jsonb) as objects, state, level, level_since,
         owner_unit, co_units, raised_at, raised_by, raiser, raiser_role, raiser_organisation, due_at, lead_at, evidence, reopenings,
         settled_at, closed_at, confirmed_by_raiser, updated_at, version, mask_decimals(search_text) as search_text, evidence_files
    from public.problems;

/* As before (migration 043), and nobody raises a problem about a row they do not read. */
create or replace function keep_problem_objects(new_problem problems) returns problems language plpgsql security definer set search_path from current as $$
declare
  asked record;
  about record;
  named jsonb := '[]';
  mine constant text := my_organisation('problem:create');
begin
  for asked in select o.value->>'noun' as noun, o.value->>'id' as id from jsonb_array_elements(new_problem.objects) as o loop
    select * into about from problem_object(asked.noun, asked.id);
    if about.name is null or (my_account() is not null
         and not (within_reach('{problem:read}', about.district_code, about.town_code, about.owner)
                  and reads_object(asked.noun, asked.id))) then
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

create or replace function raise_problem(category text, title text, description text, objects jsonb, district text, town text, owner_unit text)
  returns text language plpgsql security definer set search_path from current as $$
declare
  made constant text := 'problem-' || gen_random_uuid();
begin
  insert into problems (id, category, title, description, objects, district_code, town_code, owner_unit)
  values (made, $1, left($2, 200), left(coalesce($3, ''), 4000),
    -- what who acts may not see is no reason to keep quiet about the rest
    coalesce((select jsonb_agg(o.value order by o.place) from jsonb_array_elements(coalesce($4, '[]')) with ordinality as o (value, place)
               where exists (select from problem_object(o.value->>'noun', o.value->>'id') as a where my_account() is null
                 or (within_reach('{problem:read}', a.district_code, a.town_code, a.owner)
                     and reads_object(o.value->>'noun', o.value->>'id')))), '[]'),
    coalesce($5, ''), case when exists (select from towns t where t.code = $6 and t.district_code <> $5) then '' else coalesce($6, '') end,
    coalesce($7, ''));
  if my_account() is not null and not exists (select from problems p where p.id = made
       and within_reach('{problem:create}', p.district_code, p.town_code, p.owner)) then
    raise exception 'a problem elsewhere is not allowed' using errcode = '42501';
  end if;
  return made;
end $$;

-- Attachments ------------------------------------------------------------------------------------------------------------------

/* As before (migration 054): a problem is its handlers', a station its operator's. */
create or replace function attachment_ground(noun text, object_id text, out state text, out round integer, out may boolean, out handles boolean,
    out is_open boolean, out keeps boolean)
  language plpgsql stable security definer set search_path from current as $$
declare
  mine constant text := coalesce(current_setting('zhanzhi.organisation', true), '');
begin
  round := 0;
  handles := false;
  case $1
    when 'problem' then
      select p.state, p.reopenings, handles_problem(p.district_code, p.town_code, p.owner, p.owner_unit, p.co_units, p.raiser_organisation),
             p.raised_by = my_account() and within_reach('{problem:create}', p.district_code, p.town_code, p.owner)
        into state, round, handles, may from problems p where p.id = $2;
      may := handles or may;
      is_open := state <> '已销号';
      keeps := state in ('待确认', '已销号');
    when 'case' then
      -- a building site is its company's, a station its operator's
      select c.state, (c.company in ('', mine) and within_reach('{case:update}', c.district_code, c.town_code, ''))
             or within_reach('{case:confirm}', c.district_code, c.town_code, c.operator)
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

-- Rights -----------------------------------------------------------------------------------------------------------------------

drop function for_me_as_operator(text[]);

grant usage, create on schema masked to zhanzhi_views;
alter view masked.batch_decisions owner to zhanzhi_views;
revoke create on schema masked from zhanzhi_views;
grant select on masked.batch_decisions to zhanzhi_masked;
grant select on batch_decisions to zhanzhi_views;

revoke execute on function asked_claims(), reads_claim(claims), claims_at(resources), own_grounds(json, json), claims_beside(text),
  claimed_resource(text), reads_case(cases), masked.claiming_company(text, text), is_on_air(text), sites_made_standing(),
  reads_batch(batches), reads_batch_row(batch_rows), my_units(),
  handles_problem(text, text, text, text, text[], text), reads_object(text, text), objects_seen(jsonb) from public;
grant execute on function asked_claims(), reads_object(text, text), objects_seen(jsonb) to zhanzhi_app, zhanzhi_masked, zhanzhi_views;
grant execute on function claims_beside(text), claimed_resource(text), is_on_air(text), sites_made_standing(), my_units(),
  handles_problem(text, text, text, text, text[], text) to zhanzhi_app, zhanzhi_masked;
grant execute on function masked.claiming_company(text, text) to zhanzhi_masked;
