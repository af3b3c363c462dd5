// What a submitter changed of a row: only what differs from the row as it stands, so that a fresh row keeps the rest of its own.
import type { BatchRowJson, RowAmendJson } from '../../../server/contract/batches.ts';
import { changedKeys } from '../../parts/typed-on-fresh.ts';

export type Amendable = Pick<
  BatchRowJson,
  'address' | 'heightM' | 'buildMode' | 'costCny' | 'forOperators' | 'profileId' | 'note'
>;

/** The fields of a row that its submitter may change. */
export function amendableOf(row: Amendable): Amendable {
  const { address, heightM, buildMode, costCny, forOperators, profileId, note } = row;
  return { address, heightM, buildMode, costCny, forOperators, profileId, note };
}

export function amendmentOf(row: Amendable, typed: Amendable): RowAmendJson {
  return Object.fromEntries(changedKeys(amendableOf(row), typed).map((field) => [field, typed[field]]));
}
