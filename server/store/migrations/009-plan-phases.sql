-- In which phase a site of a plan is built, and two more reasons why it is there.

alter table plan_items add column phase integer not null default 0 check (phase >= 0);
alter table plan_items drop constraint plan_items_placed_by_check;
alter table plan_items add constraint plan_items_placed_by_check
  check (placed_by in ('existing', 'locked', 'target-gain', 'budget-gain', 'group-least'));

-- What only this site covers, and what would come in its stead: { "extraCostCny", "substitutes" }, null where that was not looked at.
alter table plan_items add column unique_bins integer check (unique_bins >= 0);
alter table plan_items add column replacement jsonb;

-- What proves how good a plan is, so that anyone can check it: encodeCertificate of the engine.
create table plan_certificates (
  plan_id text collate "C" primary key references plans on delete cascade,
  file jsonb not null,
  -- The price of each bin; null when the bound needs none.
  prices bytea
);
