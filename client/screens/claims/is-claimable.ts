// Whether a resource can be claimed now: it stands open and has room. What is taken shows who holds it instead.
import type { SiteUnderWayJson } from '../../../server/contract/under-way.ts';

export const isClaimable = ({ state }: Pick<NonNullable<SiteUnderWayJson['resource']>, 'state'>): boolean =>
  state === '已开放' || state === '部分占用';
