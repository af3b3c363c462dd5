// The row as it is now, out of the refusal of a change that came too late.
import { ApiError } from './fetch-reply.ts';

/** `name`: under which the contract of that 412 gives the row. Null for any other error. */
export function freshRow<Row>(error: unknown, name: string): Row | null {
  if (!(error instanceof ApiError) || error.status !== 412) return null;
  const { reply } = error;
  // the schemas named stale…Schema in server/contract
  return typeof reply === 'object' && reply !== null && name in reply
    ? ((reply as Readonly<Record<string, unknown>>)[name] as Row)
    : null;
}
