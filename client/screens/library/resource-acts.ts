// What the person on the screen can do with one resource: the machine says which moves there are and what they need, the person's
// permissions which of them are theirs. The service asks all of it again.
import {
  filledForMove,
  moveAllowed,
  openStates,
  type ResourceState,
  resourceMachine,
  resourceStates,
  statesAfter,
} from '../../../engine/index.ts';
import type { MeJson } from '../../../server/contract/people.ts';
import type { ResourceJson } from '../../../server/contract/resources.ts';

type Person = Pick<MeJson, 'permissions' | 'organisation' | 'territory'>;
export type ActedResource = Pick<
  ResourceJson,
  'state' | 'position' | 'ownerConfirmedAt' | 'whitelisted' | 'owner' | 'districtCode' | 'townCode'
>;

/** How a move is called on its button. */
export type MoveWord = 'submit' | 'sendBack' | 'open' | 'suspend' | 'reopen' | 'withdraw';

export interface OfferedMove {
  readonly word: MoveWord;
  readonly to: ResourceState;
  readonly reasonNeeded: boolean;
  /** What is still missing: position, consent. Empty: it can be done now. */
  readonly missing: readonly string[];
}

/** Permission words that hold for this row: by territory, by organisation, or for every row. */
export function permissionsOnRow(
  me: Person,
  row: Pick<ActedResource, 'districtCode' | 'townCode' | 'owner'>,
): Set<string> {
  const { everywhere, districtCodes, townCodes } = me.territory;
  const reaches: Readonly<Record<string, boolean>> = {
    all: true,
    own: me.organisation !== '' && row.owner === me.organisation,
    territory: everywhere || districtCodes.includes(row.districtCode) || townCodes.includes(row.townCode),
  };
  return new Set(
    Object.entries(me.permissions).flatMap(([permission, scope]) =>
      scope !== undefined && reaches[scope] ? [permission] : [],
    ),
  );
}

export function offeredMoves(me: Person, resource: ActedResource): OfferedMove[] {
  const permissions = permissionsOnRow(me, resource);
  const filled = filledOf(resource);
  return statesAfter(resourceMachine, resource.state).flatMap((to): OfferedMove[] => {
    const word = wordOfMove(resource.state, to);
    if (word === null) return [];
    const verdict = moveAllowed(resourceMachine, resource.state, to, { permissions, filled, reason: '' });
    if (verdict.ok) return [{ word, to, reasonNeeded: false, missing: [] }];
    if (verdict.code === 'STATE_REASON_MISSING') return [{ word, to, reasonNeeded: true, missing: [] }];
    if (verdict.code === 'STATE_FIELDS_MISSING')
      return [{ word, to, reasonNeeded: false, missing: verdict.missing }];
    return [];
  });
}

export interface OfferedWork {
  readonly edit: boolean;
  readonly locate: boolean;
  readonly confirm: boolean;
  readonly whitelist: boolean;
  readonly contacts: 'none' | 'read' | 'change';
}

export function offeredWork(me: Person, resource: ActedResource): OfferedWork {
  const may = permissionsOnRow(me, resource);
  const isThere = resource.state !== '退出';
  return {
    edit: may.has('resource:update'),
    locate: may.has('resource:update') && isThere,
    confirm: may.has('resource:confirm') && isThere && resource.ownerConfirmedAt === null,
    whitelist: may.has('resource:open') && isThere,
    contacts: may.has('contact:change') ? 'change' : may.has('contact:read') ? 'read' : 'none',
  };
}

/** States many resources can be moved into at once by this person, whatever each of them may lack. */
export function bulkTargets(
  me: Person,
): readonly { readonly to: ResourceState; readonly asksReason: boolean }[] {
  const held = new Set(Object.keys(me.permissions));
  return resourceStates.flatMap((to) => {
    const moves = resourceMachine.moves.filter(
      (move) =>
        move.to === to &&
        wordOfMove(move.from, move.to) !== null &&
        move.permissions.some((permission) => held.has(permission)),
    );
    return moves.length === 0 ? [] : [{ to, asksReason: moves.some((move) => move.reasonNeeded) }];
  });
}

/** Null: claims and stations make this move by counting slots, nobody sets it by hand. */
export function wordOfMove(from: ResourceState, to: ResourceState): MoveWord | null {
  if (to === '退出') return 'withdraw';
  if (to === '暂停') return 'suspend';
  if (to === '待定位') return 'sendBack';
  if (to === '待产权确认') return 'submit';
  if (from === '暂停') return to === '已开放' ? 'reopen' : null;
  return openStates.includes(from) ? null : 'open';
}

function filledOf({ position, ownerConfirmedAt, whitelisted }: ActedResource): ReadonlySet<string> {
  return filledForMove({ position, confirmed: ownerConfirmedAt !== null, whitelisted });
}
