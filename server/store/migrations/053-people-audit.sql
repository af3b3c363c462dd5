-- Tables of people and of the audit trail that stay quick with a hundred thousand rows: when somebody was last here, kept beyond
-- their sessions, and the records in their order under the filters people set most.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- Apart from the accounts: a look noted on their rows would wait for whoever changes an account and ends its sessions, and they for it.
-- Without a reference for the same reason; accounts are never removed.
create table account_visits (
  account_id text collate "C" primary key,
  seen_at timestamptz not null
);
create index account_visits_seen on account_visits (seen_at);

insert into account_visits (account_id, seen_at)
select account_id, max(last_seen_at) from sessions group by account_id;

create function note_visit() returns trigger language plpgsql set search_path from current as $$
begin
  insert into account_visits as v (account_id, seen_at) values (new.account_id, new.last_seen_at)
  on conflict (account_id) do update set seen_at = excluded.seen_at where v.seen_at < excluded.seen_at;
  return null;
end $$;
create trigger sessions_visit after insert or update of last_seen_at on sessions for each row execute function note_visit();

-- Of one kind or one action, newest first; reasons are few and are searched as text.
create index audit_records_kind on audit_records (object, seq desc);
create index audit_records_action on audit_records (action, seq desc);
create index audit_records_reason on audit_records (seq desc) include (reason) where reason is not null;
