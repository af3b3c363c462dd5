// The life of a resource (domain reference, 8.1): found on the map, confirmed by its owner, opened by the district, held and used by
// claims, suspended, gone. Consent of the owner is skipped only for what stands on the whitelist.
import type { StateMachine, StateMove } from './state-machine.ts';

export const resourceStates = [
  '待定位',
  '待产权确认',
  '已开放',
  '已锁定',
  '部分占用',
  '满载',
  '暂停',
  '退出',
] as const;
export type ResourceState = (typeof resourceStates)[number];

/** States in which a plan may choose the resource; claims and stations move it among them. */
export const openStates: readonly ResourceState[] = ['已开放', '已锁定', '部分占用', '满载'];

const move = (
  from: ResourceState,
  to: ResourceState,
  permissions: readonly string[],
  needs: readonly string[] = [],
  reasonNeeded = false,
): StateMove<ResourceState> => ({ from, to, permissions, needs, reasonNeeded });

/** Claims and stations decide between the open states by counting slots: nobody sets these by hand. */
const usage = openStates.flatMap((from) =>
  openStates.flatMap((to) => (from === to ? [] : [move(from, to, ['claim:create', 'claim:release'])])),
);
const suspended = openStates.flatMap((state) => [
  move(state, '暂停', ['resource:open'], [], true),
  move('暂停', state, ['resource:open'], ['position', 'consent']),
]);
const gone = resourceStates
  .filter((state) => state !== '退出')
  .map((state) => move(state, '退出', ['resource:open', 'resource:withdraw'], [], true));

export const resourceMachine: StateMachine<ResourceState> = {
  noun: 'resources',
  states: resourceStates,
  first: '待定位',
  moves: [
    move('待定位', '待产权确认', ['resource:update'], ['position']),
    move('待产权确认', '待定位', ['resource:update'], [], true),
    move('待产权确认', '已开放', ['resource:open'], ['position', 'consent']),
    ...usage,
    ...suspended,
    ...gone,
  ],
};

/** What `needs` of the machine is filled in by a resource. */
export function filledForMove({
  position,
  confirmed,
  whitelisted,
}: {
  readonly position: unknown;
  readonly confirmed: boolean;
  readonly whitelisted: boolean;
}): ReadonlySet<string> {
  return new Set([
    ...(position ? ['position'] : []),
    // the public whitelist (公共资源白名单) stands for the owner's consent
    ...(confirmed || whitelisted ? ['consent'] : []),
  ]);
}
