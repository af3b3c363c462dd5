-- Plans are jobs first and results later; reviews are judgements and are never changed.

create table plans (
  id text collate "C" primary key check (id <> ''),
  name text not null check (name <> ''),
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  request jsonb not null,
  based_on_plan_id text collate "C" references plans,
  progress jsonb,
  error jsonb,
  fingerprint text,
  summary jsonb,
  areas jsonb not null default '[]',
  districts jsonb not null default '[]',
  uncovered jsonb not null default '[]',
  -- west, south, east, north of the target areas when it was computed
  box double precision[] check (cardinality(box) = 4),
  seconds double precision,
  peak_mb double precision,
  -- A result is written with the number of the lease it was computed under; a woken worker has an old one.
  lease integer not null default 0,
  lease_until timestamptz,
  tries integer not null default 0,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  -- A deleted plan keeps its row: reviews and plans made from it still point here.
  deleted_at timestamptz,
  check (state <> 'running' or lease_until is not null),
  check (state <> 'done' or (summary is not null and fingerprint is not null and finished_at is not null)),
  check (state <> 'failed' or error is not null)
);
create index plans_waiting on plans (created_at, id) where state in ('queued', 'running');
create index plans_newest on plans (created_at desc, id) where deleted_at is null;

create table plan_items (
  plan_id text collate "C" not null references plans on delete cascade,
  site_id text collate "C" not null references sites,
  rank integer not null check (rank >= 0),
  status text not null check (status in ('existing', 'new')),
  placed_by text not null check (placed_by in ('existing', 'locked', 'target-gain', 'budget-gain')),
  cost_cny bigint not null check (cost_cny >= 0),
  gain_bins integer not null,
  gain_weight_share double precision not null,
  gain_people double precision,
  share_after double precision not null,
  unique_weight_share double precision not null,
  unique_people double precision,
  displaced jsonb not null,
  primary key (plan_id, site_id)
);
create index plan_items_order on plan_items (plan_id, status desc, rank, site_id);
create index plan_items_site on plan_items (site_id);
-- No two new sites of a plan share a rank.
create unique index plan_items_rank on plan_items (plan_id, rank) where status = 'new';

create table plan_rasters (
  plan_id text collate "C" primary key references plans on delete cascade,
  bytes bytea not null
);

create table reviews (
  id bigint generated always as identity primary key,
  plan_id text collate "C" not null references plans,
  site_id text collate "C" not null references sites,
  decision text not null check (decision in ('同意', '退回', '不同意')),
  reason_code text check (reason_code in
    ('产权单位不同意', '居民投诉风险', '景观或文保限制', '拟拆除或拟并杆', '电力引入困难', '管线引入困难', '材料不全', '其他')),
  reason_text text not null,
  reviewer text not null check (reviewer <> ''),
  at timestamptz not null default now(),
  check (decision = '同意' or reason_code is not null)
);
create index reviews_latest on reviews (plan_id, site_id, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = '42501';
end $$;
create trigger reviews_append_only before update or delete on reviews
  for each row execute function refuse_change();
