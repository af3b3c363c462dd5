-- What a call that is sent again has to know of everybody: how many plans wait, in the transaction that writes one under its key.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

/* Plans that wait or are computed, whoever made them: a number, and nothing of theirs. */
create function count_open_plans() returns integer language sql stable security definer set search_path from current as $$
  select count(*)::integer from plans where state in ('queued', 'running') and deleted_at is null
$$;

revoke execute on function count_open_plans() from public;
grant execute on function count_open_plans() to zhanzhi_app, zhanzhi_masked;
