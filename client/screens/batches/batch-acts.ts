// What the person on the screen can do with one batch and its rows. The service asks all of it again.

import type { BatchJson, BatchRowJson } from '../../../server/contract/batches.ts';
import type { MeJson } from '../../../server/contract/people.ts';
import type { Permission } from '../../state/session.ts';

type Person = Pick<MeJson, 'permissions' | 'territory'> & Partial<Pick<MeJson, 'organisation'>>;
type Place = { readonly districtCode: string; readonly townCode: string };

/** What the keys of the desk are for: decisions, the opinion of a town, looking for what came back, or reading alone. */
export type DeskMode = 'decide' | 'opine' | 'amend' | 'read';

export interface BatchActs {
  readonly mode: DeskMode;
  readonly edit: boolean;
  readonly submit: boolean;
  readonly withdraw: boolean;
  readonly close: boolean;
  readonly departments: boolean;
  /** 催办: the district those it waits for, the submitter's people the district. */
  readonly urge: boolean;
  /** 加签 */
  readonly countersign: boolean;
  /** 转交 */
  readonly handover: boolean;
  readonly export: boolean;
}

const open: readonly BatchJson['state'][] = ['已提交', '审查中'];

export function batchActs(me: Person, batch: BatchJson): BatchActs {
  const place = { districtCode: batch.districtCode, townCode: '' };
  const may = (permission: Permission) => holds(me, permission, place);
  const isOpen = open.includes(batch.state);
  const isOurs =
    batch.submittedByMe || ((me.organisation ?? '') !== '' && me.organisation === batch.organisation);
  // nobody decides what they submitted
  const decides = may('batch:decide') && !batch.submittedByMe;
  return {
    mode: modeOf(),
    edit: batch.state === '草稿' ? may('batch:submit') : isOpen && decides,
    submit: batch.state === '草稿' && may('batch:submit'),
    withdraw: (batch.state === '草稿' || batch.state === '已提交') && may('batch:submit'),
    close: batch.state === '审查中' && decides,
    departments: isOpen && decides,
    urge: isOpen && (decides || (may('batch:submit') && isOurs)),
    countersign: isOpen && decides,
    handover: isOpen && decides,
    export: batch.state !== '草稿' && may('batch:export'),
  };

  function modeOf(): DeskMode {
    if (isOpen && decides) return 'decide';
    if (isOpen && me.permissions['batch:opinion'] !== undefined) return 'opine';
    return (isOpen || batch.state === '草稿') && may('batch:submit') ? 'amend' : 'read';
  }
}

/** A town speaks of its own rows only. */
export const mayOpine = (me: Person, row: Place): boolean => holds(me, 'batch:opinion', row);

/** Whether a row waits for this person: what the walk with the keyboard stops at. */
export function waitsFor(
  me: Person,
  mode: DeskMode,
  row: Pick<BatchRowJson, 'decision' | 'townOpinion' | 'districtCode' | 'townCode'>,
): boolean {
  if (mode === 'opine') return row.townOpinion === null && mayOpine(me, row);
  return mode === 'amend' ? row.decision === '退回补正' : row.decision === null;
}

/** In a draft a row is changed, a returned one comes back; nothing else of a batch is the submitter's any more. */
export function amendHow(
  batch: Pick<BatchJson, 'state'>,
  acts: Pick<BatchActs, 'mode'>,
  row: Pick<BatchRowJson, 'decision'>,
): 'change' | 'resubmit' | null {
  if (acts.mode !== 'amend') return null;
  if (batch.state === '草稿') return 'change';
  return row.decision === '退回补正' ? 'resubmit' : null;
}

function holds({ permissions, territory }: Person, permission: Permission, place: Place): boolean {
  const scope = permissions[permission];
  if (scope === undefined) return false;
  if (scope === 'all' || territory.everywhere) return true;
  return territory.districtCodes.includes(place.districtCode) || territory.townCodes.includes(place.townCode);
}
