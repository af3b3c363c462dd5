-- A request for an export is used only when somebody took its file, and is told to whoever may decide it.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

/* As in migration 058; it also says when the request was used. */
create or replace function take_places(wanted integer, wanted_address text) returns json
  language plpgsql security definer set search_path from current as $$
declare
  most constant bigint := setting_number('export.places_per_day', 10000)::bigint;
  taken bigint;
  allowed text;
begin
  if my_account() is null or wanted <= 0 then return json_build_object('ok', true, 'taken', 0, 'most', most); end if;
  -- two at the same moment do not both pass
  perform pg_advisory_xact_lock(hashtextextended('places of ' || my_account(), 0));
  select coalesce(sum(p.rows), 0) into taken from place_takings p
   where p.account_id = my_account() and p.at > now() - interval '1 day' and not p.refused and p.request_id is null;
  if taken + wanted > most and not may('export:approve') then
    update export_requests r set state = '已用', used_at = now()
     where r.id = (select a.id from export_requests a
                    where a.account_id = my_account() and a.address = wanted_address and a.state = '同意' and a.valid_until > now()
                      and a.rows >= wanted order by a.valid_until limit 1 for update)
    returning r.id into allowed;
    if allowed is null then
      insert into place_takings (account_id, address, rows, refused) values (my_account(), wanted_address, wanted, true);
      return json_build_object('ok', false, 'taken', taken, 'most', most);
    end if;
  end if;
  insert into place_takings (account_id, address, rows, request_id) values (my_account(), wanted_address, wanted, allowed);
  return json_build_object('ok', true, 'taken', taken + wanted, 'most', most);
end $$;

/* As in migration 058, but what was allowed for fewer rows than the file has by now makes room, too, and is not said to be used. */
create or replace function keep_export_request() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    new.account_id := my_account();
    new.name := coalesce(current_setting('zhanzhi.name', true), '');
    new.role := coalesce(current_setting('zhanzhi.role', true), '');
    new.organisation := coalesce(current_setting('zhanzhi.organisation', true), '');
    new.everywhere := coalesce(current_setting('zhanzhi.everywhere', true) = 'on', false);
    new.district_codes := setting_list('zhanzhi.districts')
      || array(select distinct t.district_code from towns t where t.code = any (setting_list('zhanzhi.towns')));
    new.rows := (select p.rows from place_takings p where p.account_id = my_account() and p.address = new.address and p.refused
                    and p.at > now() - interval '1 day' order by p.id desc limit 1);
    if new.rows is null then
      raise exception 'nothing was refused at that address' using errcode = '23514', constraint = 'export_requests_tried';
    end if;
    -- what was allowed and has run out, or is for fewer rows than the file has by now, makes room for the next
    update export_requests r set state = '已用'
     where r.account_id = new.account_id and r.address = new.address and r.state = '同意'
       and (r.valid_until <= now() or r.rows < new.rows);
    return new;
  end if;
  new.version := old.version + 1;
  if new.state = '已用' and old.state = '同意' then
    -- used when take_places says so; what made room for another was not
    null;
  elsif old.state = '待批' and new.state in ('同意', '不同意') then
    if old.account_id = my_account() then
      raise exception 'nobody allows themselves' using errcode = '23514', constraint = 'export_requests_not_own';
    end if;
    new.decided_at := now();
    new.decided_by := my_account();
    new.decided_name := coalesce(nullif(current_setting('zhanzhi.name', true), ''), 'system');
    if new.state = '同意' then
      new.valid_until := now() + make_interval(days => setting_number('export.valid_days', 7)::integer);
    end if;
  else
    raise exception 'the request is %', old.state using errcode = '23514', constraint = 'export_requests_open';
  end if;
  return new;
end $$;

/* As in migration 058, but what lies in several districts or in none is told to the city: no district may decide it. */
create or replace function tell_of_export_request() returns trigger language plpgsql security definer set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    -- whoever reaches all of it may decide: one district its own, the city what lies in several or in none
    if new.everywhere or cardinality(new.district_codes) <> 1 then
      perform tell('export-asked', 'export', new.id, jsonb_build_object('by', new.name, 'rows', new.rows), to_role => 'city');
    else
      perform tell('export-asked', 'export', new.id, jsonb_build_object('by', new.name, 'rows', new.rows), to_role => 'district',
                   to_district => new.district_codes[1]);
    end if;
  elsif new.state in ('同意', '不同意') then
    perform tell('export-decided', 'export', new.id, jsonb_build_object('by', new.decided_name, 'rows', new.rows, 'state', new.state),
                 to_account => new.account_id);
  end if;
  return null;
end $$;
