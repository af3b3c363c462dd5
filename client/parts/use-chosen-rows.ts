// Rows somebody chose in a table, in the version they had on the screen then: what is done to many is done to what was looked at.
import { useState } from 'react';
import type { SeenRowJson } from '../../server/contract/shared.ts';

/** The second takes what a DeskTable tells of its selection; without rows nothing is chosen any more. */
export function useChosenRows(): readonly [
  rows: readonly SeenRowJson[],
  choose: (ids: readonly string[], rows?: readonly SeenRowJson[]) => void,
] {
  const [chosen, setChosen] = useState<readonly SeenRowJson[]>([]);
  return [chosen, (_ids, rows = []) => setChosen(rows.map(({ id, version }) => ({ id, version })))];
}
