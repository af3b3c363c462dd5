// The life of a demand (需求; domain reference, 4.3): written down, matched with a resource, claimed by a tower company, served once a
// station is on air. Claims and stations move it along; people match, cancel and take up again.
import type { StateMachine, StateMove } from './state-machine.ts';

export const demandStates = ['新建', '已匹配', '已认领', '已满足', '已取消'] as const;
export type DemandState = (typeof demandStates)[number];

/** States in which a demand still waits for a place. */
export const waitingDemandStates: readonly DemandState[] = ['新建', '已匹配'];

const move = (
  from: DemandState,
  to: DemandState,
  permissions: readonly string[],
  needs: readonly string[] = [],
  reasonNeeded = false,
): StateMove<DemandState> => ({ from, to, permissions, needs, reasonNeeded });

const claimed = ['claim:create'];
/** A claim that ends gives the demand back. */
const released = ['claim:create', 'claim:release'];
/** On air, and off again. */
const served = ['case:confirm', 'case:verify'];

export const demandMachine: StateMachine<DemandState> = {
  noun: 'demands',
  states: demandStates,
  first: '新建',
  moves: [
    move('新建', '已匹配', ['demand:update'], ['resource']),
    move('已匹配', '新建', ['demand:update'], [], true),
    move('新建', '已认领', claimed),
    move('已匹配', '已认领', claimed),
    move('已认领', '已匹配', released, ['resource']),
    move('已认领', '新建', released),
    move('已认领', '已满足', served),
    move('已满足', '已认领', served),
    move('新建', '已取消', ['demand:update'], [], true),
    move('已匹配', '已取消', ['demand:update'], [], true),
    move('已取消', '新建', ['demand:update'], ['unmerged'], true),
  ],
};

/** What `needs` of the machine is filled in by a demand. */
export function filledForDemandMove({
  resourceId,
  mergedInto,
}: {
  readonly resourceId: string | null;
  readonly mergedInto: string | null;
}): ReadonlySet<string> {
  return new Set([
    ...(resourceId === null ? [] : ['resource']),
    ...(mergedInto === null ? ['unmerged'] : []),
  ]);
}
