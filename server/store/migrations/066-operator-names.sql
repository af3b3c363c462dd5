-- Whom a place may be for: a row is an operator's own when it names the operator exactly as its people are registered, so forms offer
-- these names instead of leaving them to be typed.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create function operator_names() returns setof text
  language sql stable security definer set search_path from current as $$
  select distinct a.organisation from accounts a where a.role = 'operator' and a.disabled_at is null order by 1
$$;

revoke execute on function operator_names() from public;
grant execute on function operator_names() to zhanzhi_app, zhanzhi_masked;
