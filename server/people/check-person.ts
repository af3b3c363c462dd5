// Who somebody is has to fit their role: an owner without an organisation would own every row without an owner, a reviewer
// without a territory would see nothing and wonder.
import { ProductError } from '../errors.ts';
import type { Role } from '../permission/permission-table.ts';
import type { Territory } from '../permission/principal.ts';

export interface Person {
  readonly role: Role;
  readonly organisation: string;
  readonly territory: Territory;
}

const ORGANISED: readonly Role[] = ['owner', 'tower', 'operator'];

/** Throws ACCOUNT_ORGANISATION, ACCOUNT_TERRITORY. */
export function checkPerson({ role, organisation, territory }: Person): void {
  const { everywhere, districtCodes, townCodes } = territory;
  if (ORGANISED.includes(role) && organisation.trim() === '') throw new ProductError('ACCOUNT_ORGANISATION');
  const codes = role === 'district' ? districtCodes : role === 'town' ? townCodes : null;
  if (codes?.length === 0 && !everywhere) throw new ProductError('ACCOUNT_TERRITORY');
}
