-- What proves the phases of a plan: encodePhases of the engine; null without phases, and in plans of earlier versions.

alter table plan_certificates add column phases jsonb;
-- The prices of bins that prove the bounds of the phases, one set after the other.
alter table plan_certificates add column phase_prices bytea;
alter table plan_certificates add check ((phases is null) = (phase_prices is null));
