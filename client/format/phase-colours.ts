// Colours of phases, the same on the map and in the tables: dark blue first, then towards violet. None can be taken for a coverage
// level, and white figures can be read on each.
import { markColours } from './map-colours.ts';

const colours = [markColours.plan, '#7a4fc9', '#0f7c8a', '#a03a93', '#4b5d73'] as const;

/** By the phase's index; long roll-outs begin again. */
export function phaseColour(phase: number): string {
  return colours[phase % colours.length] ?? colours[0];
}
