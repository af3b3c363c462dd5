// The map of a desk before anything of the desk lies on it: the ground as the main map begins with it, looking at its start.
import type { TFunction } from 'i18next';
import type { MapBox } from '../parts/desk-map-address.ts';
import { initialLayers, type Layers } from '../state/layers.ts';
import { applyLayers } from './apply-layers.ts';
import { createMap } from './create-map.ts';
import { addDeskLayers, addStandingSites } from './desk-layers.ts';
import { addBorderLayers, addGroundLayers } from './ground-layers.ts';
import { boxInView, fitBox } from './map-box.ts';
import { addNameLayers } from './name-layers.ts';
import { addTileSources } from './tile-sources.ts';
import type { MadeMap } from './use-map.ts';

/** Fainter under the marks; target areas are the plans' business. */
const layers: Layers = {
  ...initialLayers,
  areas: { visible: false, opacity: 1 },
  buildings: { visible: true, opacity: 0.55 },
};
export const deskLayersNow = (): Layers => layers;

/** About a kilometre and a half around a row. */
const smallZoom = 14.4;

export interface DeskMapStart {
  readonly box: MapBox;
  /** To be shown as it is. */
  readonly isExact: boolean;
}

/** `onLeave` hears where the map stood, for the one that is made after it. */
export function makeDeskMap(
  element: HTMLElement,
  t: TFunction,
  { box, isExact }: DeskMapStart,
  isSmall: boolean,
  onLeave: (start: DeskMapStart) => void,
): MadeMap {
  const made = createMap(element, { centre: null, zoom: 11, title: t('desk.map.label') }, t);
  made.setRenderWorldCopies(false);
  fitBox(made, box, { maxZoom: isExact ? 20 : isSmall ? smallZoom : 16, isExact: isExact || isSmall });
  if (isSmall) made.scrollZoom.disable();
  return {
    made,
    furnish: () => {
      addTileSources(made);
      addGroundLayers(made);
      addBorderLayers(made);
      addNameLayers(made);
      if (isSmall) addStandingSites(made);
      addDeskLayers(made);
      applyLayers(made, layers);
    },
    leave: () => onLeave({ box: boxInView(made), isExact: true }),
  };
}
