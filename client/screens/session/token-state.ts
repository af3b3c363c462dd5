// Whether a token still opens anything.
import type { TokenJson } from '../../../server/contract/people.ts';

export function tokenState(
  { expiresAt, revokedAt }: Pick<TokenJson, 'expiresAt' | 'revokedAt'>,
  now: Date,
): 'active' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return new Date(expiresAt) <= now ? 'expired' : 'active';
}
