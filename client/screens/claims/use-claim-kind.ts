// How this person gets a resource: a tower company claims it, an operator asks for it.
import { useMay } from '../../state/session.ts';

/** Null: not at all. */
export function useClaimKind(): 'claim' | 'request' | null {
  const may = { claim: useMay('claim:create'), request: useMay('claim:request') };
  return may.claim ? 'claim' : may.request ? 'request' : null;
}
