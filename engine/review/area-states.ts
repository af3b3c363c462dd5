// The life of a target area (规划范围, domain reference 3 and 4.4): drawn up, submitted, approved or returned. What was approved stays on
// record under its number; a changed area is a draft again and is submitted anew.
import type { StateMachine, StateMove } from './state-machine.ts';

export const areaStates = ['草稿', '已送审', '已批准', '退回'] as const;
export type AreaState = (typeof areaStates)[number];

/** Ground that is taken out of every plan: no target, so nobody approves it. */
export const waterKind = '水域';

/** What an approval holds on to, in the order people read it; geom is the outline. */
export const areaFields = ['name', 'kind', 'geom', 'coverageRule', 'targetShare', 'deadline'] as const;
export type AreaField = (typeof areaFields)[number];

/** target: it is no water · change: what it says was changed by somebody who may. */
export const areaNeeds = ['target', 'change'] as const;
export type AreaNeed = (typeof areaNeeds)[number];

const move = (
  from: AreaState,
  to: AreaState,
  permissions: readonly string[],
  needs: readonly AreaNeed[] = [],
  reasonNeeded = false,
): StateMove<AreaState> => ({ from, to, permissions, needs, reasonNeeded });

export const areaMachine: StateMachine<AreaState> = {
  noun: 'target_areas',
  states: areaStates,
  first: '草稿',
  moves: [
    move('草稿', '已送审', ['area:submit'], ['target']),
    move('退回', '已送审', ['area:submit'], ['target']),
    // taken back, or changed meanwhile
    move('已送审', '草稿', ['area:submit', 'area:change']),
    move('已送审', '已批准', ['area:decide'], ['target']),
    move('已送审', '退回', ['area:decide'], [], true),
    // re-based: only by changing it, never by hand
    move('已批准', '草稿', ['area:change'], ['change']),
  ],
};

/** Which needs of the machine are met by an area as it stands: a move by hand changes nothing. */
export const filledForArea = ({ kind }: { readonly kind: string }): ReadonlySet<string> =>
  new Set<AreaNeed>(kind === waterKind ? [] : ['target']);
