// The store a route works with: the database as the person of this request may see it. Nobody signed in gets none at all, so a
// route that forgets its access word fails instead of reading as the system.
import type { FastifyRequest } from 'fastify';
import { scopedStore } from '../store/scoped-store.ts';
import type { Store } from '../store/store.ts';
import { contextOf, signedInPerson } from './sign-in.ts';
import { storeInLine } from './store-in-line.ts';

/** `reason` is what the person gave for what they do; it goes into the audit record. Throws SESSION_NEEDED. */
export function storeOfRequest(request: FastifyRequest, store: Store, reason = ''): Store {
  return scopedStore(storeInLine(request, store), signedInPerson(request).principal, {
    ...contextOf(request),
    reason,
  });
}
