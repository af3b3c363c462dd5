// The states of a desk for its map: their words, and the colours their tags have in the table.
import { useMemo } from 'react';
import { type TagColour, tagColours } from '../../format/map-colours.ts';
import type { DeskMapState } from '../../parts/desk-map-slot.tsx';

/** Both arguments must keep their identity while language and desk are the same. */
export function useDeskStates(
  colours: Readonly<Record<string, TagColour>>,
  word: (state: string) => string,
): readonly DeskMapState[] {
  return useMemo(
    () =>
      Object.entries(colours).map(([state, colour]) => ({
        state,
        label: word(state),
        colour: tagColours[colour],
      })),
    [colours, word],
  );
}
