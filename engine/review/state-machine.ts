// One shape for everything that has states (resources, claims, sites, problems): which state may follow which, who may do it, what has
// to be filled in. Machines are data; the database keeps a copy of the moves and refuses any other change, whoever makes it.

export interface StateMove<State extends string> {
  readonly from: State;
  readonly to: State;
  /** Permission word of whoever may do it; several: any of them. */
  readonly permissions: readonly string[];
  /** Fields that must be filled in by then. */
  readonly needs: readonly string[];
  readonly reasonNeeded: boolean;
}

export interface StateMachine<State extends string> {
  /** What has the states: the name of its table. */
  readonly noun: string;
  readonly states: readonly State[];
  readonly first: State;
  readonly moves: readonly StateMove<State>[];
}

/** What whoever wants the move brings. */
export interface GivenForMove {
  readonly permissions: ReadonlySet<string>;
  readonly filled: ReadonlySet<string>;
  readonly reason: string;
}

export type MoveVerdict<State extends string> =
  | { readonly ok: true; readonly move: StateMove<State> }
  | { readonly ok: false; readonly code: 'STATE_MOVE_UNKNOWN'; readonly possible: readonly State[] }
  | { readonly ok: false; readonly code: 'STATE_MOVE_FORBIDDEN'; readonly permissions: readonly string[] }
  | { readonly ok: false; readonly code: 'STATE_FIELDS_MISSING'; readonly missing: readonly string[] }
  | { readonly ok: false; readonly code: 'STATE_REASON_MISSING' };

/** Asked in this order: is there such a move, may this person do it, is everything filled in, is there a reason. */
export function moveAllowed<State extends string>(
  machine: StateMachine<State>,
  from: State,
  to: State,
  { permissions, filled, reason }: GivenForMove,
): MoveVerdict<State> {
  const move = machine.moves.find((one) => one.from === from && one.to === to);
  if (!move) return { ok: false, code: 'STATE_MOVE_UNKNOWN', possible: statesAfter(machine, from) };
  if (!move.permissions.some((permission) => permissions.has(permission)))
    return { ok: false, code: 'STATE_MOVE_FORBIDDEN', permissions: move.permissions };
  const missing = move.needs.filter((field) => !filled.has(field));
  if (missing.length > 0) return { ok: false, code: 'STATE_FIELDS_MISSING', missing };
  if (move.reasonNeeded && reason.trim() === '') return { ok: false, code: 'STATE_REASON_MISSING' };
  return { ok: true, move };
}

/** States that may follow, whoever asks, in the order of the machine. */
export function statesAfter<State extends string>(machine: StateMachine<State>, from: State): State[] {
  const next = new Set(machine.moves.flatMap((move) => (move.from === from ? [move.to] : [])));
  return machine.states.filter((state) => next.has(state));
}
