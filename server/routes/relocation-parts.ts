// What the routes of relocations share: what a person may do with one, verdicts in words, the fresh row or why not.
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  filledForRelocation,
  moveAllowed,
  openRelocationStates,
  type RelocationNeed,
  type RelocationState,
  relocationMachine,
} from '../../engine/index.ts';
import type {
  RelocationCountQueryJson,
  RelocationDetailJson,
  StaleRelocationJson,
} from '../contract/relocations.ts';
import { describeCode, ProductError, type Sentence } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { loadRelocation, type RelocationQuery, type RelocationWithSites } from '../store/relocations.ts';
import type { Queryable } from '../store/store.ts';
import { refusalOfDayAhead } from './past-day.ts';
import type { MoveRefusal } from './resource-parts.ts';
import { parseBox } from './route-parts.ts';

export function filtersOfRelocations({
  bbox,
  state,
  gateOpen,
  overridden,
  ...rest
}: RelocationCountQueryJson): RelocationQuery {
  return {
    ...rest,
    ...(bbox !== undefined && { box: parseBox(bbox) }),
    ...(state !== undefined && { states: state.split(',') }),
    ...(gateOpen !== undefined && { gateOpen: gateOpen === 'true' }),
    ...(overridden !== undefined && { overridden: overridden === 'true' }),
  };
}

export async function relocationOf(db: Queryable, id: string): Promise<RelocationWithSites> {
  const found = await loadRelocation(db, id);
  if (!found) throw new ProductError('RELOCATION_UNKNOWN', { id });
  return found;
}

const needWords: Readonly<Record<RelocationNeed, Sentence>> = {
  affected: { zh: '待拆站址', en: 'sites that go' },
  replacements: { zh: '替代站址', en: 'replacements' },
  gate: { zh: '同等数量的替代站址已开通且传输到位', en: 'as many replacements on the air with transmission' },
  removed: { zh: '拆除日期', en: 'the day of the removal' },
};

/** Null: the person may move it. */
export function refusalOfRelocationMove(
  principal: Principal,
  found: RelocationWithSites,
  to: RelocationState,
  reason: string,
  removedOn: string | null,
): MoveRefusal | null {
  const verdict = moveAllowed(relocationMachine, found.state, to, {
    permissions: permissionsOnRow(principal, found),
    filled: filledForRelocation(found.gate, removedOn ?? found.removedOn),
    reason,
  });
  if (verdict.ok) return refusalOfDayAhead(removedOn, { zh: '拆除日期', en: 'day of the removal' });
  switch (verdict.code) {
    case 'STATE_MOVE_UNKNOWN':
      return {
        code: verdict.code,
        values: { from: found.state, to, possible: verdict.possible.join('、') || '—' },
      };
    case 'STATE_MOVE_FORBIDDEN':
      return { code: 'PERMISSION_DENIED', values: {} };
    case 'STATE_FIELDS_MISSING': {
      const { affected, ready } = found.gate;
      if (affected > 0 && verdict.missing.includes('gate'))
        return { code: 'RELOCATION_GATE', values: { affected, ready } };
      const words = verdict.missing.map((need) => needWords[need as RelocationNeed]); // the machine names its own needs
      const missing = { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
      return { code: verdict.code, values: { to, missing } };
    }
    case 'STATE_REASON_MISSING':
      return { code: verdict.code, values: {} };
  }
}

export function detailOfRelocation(principal: Principal, found: RelocationWithSites): RelocationDetailJson {
  const held = permissionsOnRow(principal, found);
  const filled = filledForRelocation(found.gate, found.removedOn);
  const isOpen = openRelocationStates.includes(found.state);
  return {
    ...found,
    choices: relocationMachine.moves
      .filter(({ from, permissions }) => from === found.state && permissions.some((word) => held.has(word)))
      .map(({ to, needs, reasonNeeded }) => ({
        to,
        reasonNeeded,
        // the day of the removal is given with the move
        missing: (needs as readonly RelocationNeed[])
          .filter((need) => need !== 'removed' && !filled.has(need))
          .map((need) => ({ need, words: needWords[need] })),
      })),
    mayChange: isOpen && held.has('relocation:update'),
    mayConfirmTransmission: isOpen && held.has('relocation:confirm'),
    mayOverride: isOpen && !found.gate.open && found.gate.affected > 0 && held.has('relocation:gate'),
  };
}

export function answeredRelocation(
  reply: Pick<FastifyReply, 'header'>,
  found: RelocationDetailJson,
): RelocationDetailJson {
  reply.header('etag', `"${found.version}"`);
  return found;
}

/** 412: the refusal and the relocation as it is now. */
export function staleRelocation(
  request: Pick<FastifyRequest, 'id'>,
  relocation: RelocationDetailJson,
): StaleRelocationJson {
  return { ...replyOf(request.id, describeCode('RELOCATION_STALE')), relocation };
}
