// Copies what the database's own rules read of the engine: the moves of every state machine and the resource types. Like the
// permissions: one statement each, nothing is written when nothing differs. A type that is gone keeps its row: resources name it.
import {
  areaMachine,
  batchMachine,
  caseMachine,
  claimMachine,
  demandMachine,
  libraryTypes,
  planMachine,
  problemMachine,
  type ResourceType,
  relocationMachine,
  resourceMachine,
  type StateMachine,
} from '../../engine/index.ts';
import { jsonText, type Queryable } from './store.ts';

/** Every noun that has states; its table carries the trigger `check_move`, plans one of their own. */
const machines: readonly StateMachine<string>[] = [
  areaMachine,
  batchMachine,
  caseMachine,
  demandMachine,
  planMachine,
  problemMachine,
  relocationMachine,
  resourceMachine,
  claimMachine,
];

export async function syncStateMoves(db: Queryable): Promise<void> {
  const rows = machines.flatMap(({ noun, moves }) =>
    moves.flatMap(({ from, to, permissions, reasonNeeded }) =>
      permissions.map((permission) => ({ noun, from, to, permission, reasonNeeded })),
    ),
  );
  await db.query(
    `with wanted as materialized (
       select * from json_to_recordset($1::json) as r (noun text, "from" text, "to" text, permission text, "reasonNeeded" boolean)
     ), gone as (
       delete from state_moves m where not exists (select from wanted w
         where w.noun = m.noun and w."from" = m.from_state and w."to" = m.to_state and w.permission = m.permission))
     insert into state_moves as m (noun, from_state, to_state, permission, reason_needed)
     select noun, "from", "to", permission, "reasonNeeded" from wanted
     on conflict (noun, from_state, to_state, permission) do update set reason_needed = excluded.reason_needed
      where m.reason_needed <> excluded.reason_needed`,
    [jsonText(rows)],
  );
}

export async function syncResourceTypes(db: Queryable): Promise<void> {
  const rows = libraryTypes.map((type) => {
    const { defaultHeightM = null, defaultCostCny = null, buildMode = null } = type as Partial<ResourceType>; // carriers have more
    const { code, structure, freeStatus } = type;
    return { code, structure, freeStatus, defaultHeightM, defaultCostCny, buildMode };
  });
  await db.query(
    `insert into resource_types as t (code, structure, free_status, default_height_m, default_cost_cny, build_mode)
     select code, structure, "freeStatus", "defaultHeightM", "defaultCostCny", "buildMode"
       from json_to_recordset($1::json) as r (code text, structure text, "freeStatus" text, "defaultHeightM" float8,
         "defaultCostCny" bigint, "buildMode" text)
     on conflict (code) do update set structure = excluded.structure, free_status = excluded.free_status,
       default_height_m = excluded.default_height_m, default_cost_cny = excluded.default_cost_cny, build_mode = excluded.build_mode
      where (t.structure, t.free_status, t.default_height_m, t.default_cost_cny, t.build_mode) is distinct from
            (excluded.structure, excluded.free_status, excluded.default_height_m, excluded.default_cost_cny, excluded.build_mode)`,
    [jsonText(rows)],
  );
}
