// What autovacuum does elsewhere: the embedded store has no background workers, and a planner without statistics after
// a bulk import scans whole tables.
import type { Store } from './store.ts';

const DEADLINE_MS = 300_000;

/** Call it after bulk writes, outside any transaction. */
export async function vacuumAnalyze(store: Store): Promise<void> {
  const tables =
    'sites, resources, buildings, roads, pipes, demand_points, target_areas, districts, plans, plan_items, reviews, imports';
  await store.query(`vacuum (analyze) ${tables}`, undefined, { deadlineMs: DEADLINE_MS });
}
