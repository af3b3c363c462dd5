// The layers a person may switch, from top to bottom as they lie on the map.
import { makeStore } from './make-store.ts';

export const layerIds = [
  'plan',
  'sites-existing',
  'sites-candidate',
  'sites-other',
  'uncovered',
  'coverage',
  'areas',
  'districts',
  'pipes',
  'roads',
  'buildings',
  'water',
  'clutter',
  'relief',
  'basemap',
] as const;
export type LayerId = (typeof layerIds)[number];

export interface LayerState {
  readonly visible: boolean;
  /** 0..1. */
  readonly opacity: number;
}

export type Layers = Readonly<Record<LayerId, LayerState>>;

const shown = (opacity = 1): LayerState => ({ visible: true, opacity });

export const initialLayers: Layers = {
  plan: shown(),
  'sites-existing': shown(),
  'sites-candidate': shown(0.7),
  'sites-other': shown(),
  uncovered: shown(0.9),
  coverage: shown(0.65),
  areas: shown(),
  districts: shown(0.7),
  pipes: { visible: false, opacity: 0.8 },
  roads: shown(),
  buildings: shown(),
  water: shown(),
  clutter: { visible: false, opacity: 0.6 },
  relief: shown(0.8),
  basemap: shown(),
};

export const layersStore = makeStore<Layers>(initialLayers);

export function showLayer(id: LayerId, visible: boolean): void {
  layersStore.set((now) => ({ [id]: { ...now[id], visible } }));
}

export function toggleLayer(id: LayerId): void {
  layersStore.set((now) => ({ [id]: { ...now[id], visible: !now[id].visible } }));
}

export function setLayerOpacity(id: LayerId, opacity: number): void {
  layersStore.set((now) => ({ [id]: { ...now[id], opacity } }));
}

/** All site layers together, as the S key does. */
export function toggleSites(): void {
  const ids = ['sites-existing', 'sites-candidate', 'sites-other'] as const;
  const visible = !ids.some((id) => layersStore.get()[id].visible);
  for (const id of ids) showLayer(id, visible);
}
