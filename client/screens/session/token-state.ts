// Whether a token still opens anything, by the clock of the service: that of this machine may be wrong.
import type { TokenJson } from '../../../server/contract/people.ts';

export function tokenState({
  isOver,
  revokedAt,
}: Pick<TokenJson, 'isOver' | 'revokedAt'>): 'active' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return isOver ? 'expired' : 'active';
}
