// What a submitter changed of a row: only what differs from the row as it stands, so that a fresh row keeps the rest of its own.
import type { BatchRowJson, RowAmendJson } from '../../../server/contract/batches.ts';

const fields = ['address', 'heightM', 'buildMode', 'costCny', 'forOperators', 'profileId', 'note'] as const;

export function amendmentOf(
  row: Pick<BatchRowJson, (typeof fields)[number]>,
  typed: RowAmendJson,
): RowAmendJson {
  const differs = fields.filter(
    (field) => typed[field] !== undefined && JSON.stringify(typed[field]) !== JSON.stringify(row[field]),
  );
  return Object.fromEntries(differs.map((field) => [field, typed[field]]));
}
