-- The maps of the desks look for the rows of a window by their places. Resources, demands, sites and rows of batches have an index of their
-- places already, exact and rounded; claims and relocations one from their resource or site. Only cases had none that knows ended ones.

create index cases_site on cases (site_id);
