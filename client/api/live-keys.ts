// Which cached answers a change makes stale. The service tells kinds of objects as the audit trail names them; queries of a desk begin
// with the desk's word.
import type { QueryKey } from '@tanstack/react-query';

const wordsOf: Readonly<Record<string, readonly string[]>> = {
  demand: ['demands'],
  // what is claimed takes slots of its resource
  claim: ['claims', 'resources', 'under-way'],
  case: ['cases', 'under-way'],
  survey: ['cases'],
  photo: ['photos', 'cases'],
  batch: ['batches'],
  problem: ['problems'],
  relocation: ['relocations'],
  comment: ['comments', 'plan-office'],
  export: ['export-requests'],
  resource: ['resources', 'sites', 'under-way'],
  'resource-contact': ['contacts'],
  'resource-photo': ['resources'],
  'resource-attachment': ['resources'],
  directory: ['directories'],
  plan: ['plans', 'plan', 'plan-office'],
  area: ['areas'],
  import: ['imports', 'status'],
  antenna: ['antennas'],
  raster: ['rasters'],
  layer: ['status'],
  account: ['accounts'],
  webhook: ['webhooks'],
  // a proposal says what the rule is by now
  rule: ['rules', 'rule-proposals'],
  calendar: ['calendar'],
};

/** Counted from rows of every desk. */
const always: readonly string[] = ['home', 'audit'];
const allWords: readonly string[] = [...new Set([...Object.values(wordsOf).flat(), ...always])];

/** First words of the query keys that are stale; a part such as batch-row goes with its whole, "*" is everything. */
export function staleKeys(objects: readonly string[]): QueryKey[] {
  if (objects.length === 0) return [];
  const words = objects.includes('*')
    ? allWords
    : [
        ...objects.flatMap((object) => wordsOf[object] ?? wordsOf[object.split('-')[0] ?? ''] ?? []),
        ...always,
      ];
  return [...new Set(words)].map((word) => [word]);
}
