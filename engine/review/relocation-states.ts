// A mast has to go (迁改, domain reference 8.4): its replacement is built and on the air before it is taken down (先建后拆). The gate is
// counted from rows, never set by hand; only a district may pass it, with a reason that the next report tells.
import type { StateMachine, StateMove } from './state-machine.ts';

export const relocationStates = ['登记', '替补建设', '可拆除', '已拆除', '已关闭', '撤销'] as const;
export type RelocationState = (typeof relocationStates)[number];

/** Nothing follows these. */
export const lastRelocationStates: readonly RelocationState[] = ['已关闭', '撤销'];
/** Its sites may still change. */
export const openRelocationStates: readonly RelocationState[] = ['登记', '替补建设', '可拆除'];

export const relocationCauses = [
  '道路改造',
  '征收拆迁',
  '物业收回',
  '规划调整',
  '杆件归并',
  '居民诉求',
  '其他',
] as const;

/** What a move may have to find filled in. */
export const relocationNeeds = ['affected', 'replacements', 'gate', 'removed'] as const;
export type RelocationNeed = (typeof relocationNeeds)[number];

const move = (
  from: RelocationState,
  to: RelocationState,
  permissions: readonly string[],
  needs: readonly RelocationNeed[] = [],
  reasonNeeded = false,
): StateMove<RelocationState> => ({ from, to, permissions, needs, reasonNeeded });

const either = ['relocation:update', 'relocation:gate'];

export const relocationMachine: StateMachine<RelocationState> = {
  noun: 'relocations',
  states: relocationStates,
  first: '登记',
  moves: [
    move('登记', '替补建设', ['relocation:update'], ['affected']),
    move('替补建设', '登记', ['relocation:update'], [], true),
    move('替补建设', '可拆除', either, ['affected', 'gate']),
    // a replacement fell out again
    move('可拆除', '替补建设', either, [], true),
    move('可拆除', '已拆除', ['relocation:update'], ['affected', 'gate', 'removed']),
    move('已拆除', '已关闭', ['relocation:gate']),
    ...openRelocationStates.map((state) => move(state, '撤销', either, [], true)),
  ],
};

/** How the replacements of a relocation stand. */
export interface RelocationGate {
  readonly affected: number;
  readonly replacements: number;
  /** Replacements that are on the air. */
  readonly onAir: number;
  /** Replacements on the air whose transmission is confirmed: what counts. */
  readonly ready: number;
  /** A district let it pass with fewer. */
  readonly overridden: boolean;
}

/** As many replacements on the air with transmission as sites that go, and at least one site that goes. */
export function gateIsOpen({ affected, ready, overridden }: RelocationGate): boolean {
  return affected > 0 && (overridden || ready >= affected);
}

/** Which needs of the machine are met. */
export function filledForRelocation(gate: RelocationGate, removedOn: string | null): ReadonlySet<string> {
  return new Set([
    ...(gate.affected > 0 ? ['affected'] : []),
    ...(gate.replacements > 0 ? ['replacements'] : []),
    ...(gateIsOpen(gate) ? ['gate'] : []),
    ...(removedOn !== null ? ['removed'] : []),
  ]);
}
