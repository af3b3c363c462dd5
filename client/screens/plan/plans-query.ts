// Which plans the list shows, in its address. The address is outside input.
import { officeStates, planTypes, planWaitingWords } from '../../../engine/index.ts';
import type { PlanQueryJson } from '../../../server/contract/plan-approval.ts';
import { readWord } from '../../parts/table-address.ts';

export type PlanFilter = 'type' | 'office' | 'waiting';

export function readPlansQuery(params: URLSearchParams): PlanQueryJson {
  const type = readWord(params, 'type', planTypes);
  const office = readWord(params, 'office', officeStates);
  const waiting = readWord(params, 'waiting', planWaitingWords);
  return { ...(type && { type }), ...(office && { office }), ...(waiting && { waiting }) };
}
