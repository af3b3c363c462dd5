// Vector tiles of our own server. The address carries the layer's revision: new rows, new address, no stale tile.
import type { Map as MapLibreMap, VectorTileSource } from 'maplibre-gl';

export const tiledLayers = ['sites', 'buildings', 'roads', 'areas', 'districts', 'pipes'] as const;
export type TiledLayer = (typeof tiledLayers)[number];

/** Zooms at which the server makes tiles; beyond the last the map enlarges it. */
const maxTileZoom: Record<TiledLayer, number> = {
  sites: 16,
  buildings: 16,
  roads: 15,
  areas: 14,
  districts: 13,
  pipes: 15,
};
const minTileZoom: Partial<Record<TiledLayer, number>> = { buildings: 12, pipes: 11 };

export function addTileSources(map: MapLibreMap): void {
  for (const layer of tiledLayers) {
    map.addSource(layer, {
      type: 'vector',
      tiles: [tileAddress(layer, 0)],
      minzoom: minTileZoom[layer] ?? 0,
      maxzoom: maxTileZoom[layer],
    });
  }
}

/** Points a source at another revision; does nothing when it is already there. */
export function applyRevisions(map: MapLibreMap, revisions: Readonly<Record<string, number>>): void {
  for (const layer of tiledLayers) {
    const source = map.getSource<VectorTileSource>(layer);
    const address = tileAddress(layer, revisions[layer] ?? 0);
    // The options and not `source.tiles`: that one is empty until the source has loaded.
    const now: { readonly tiles?: readonly string[] } | undefined = source?.serialize();
    if (source !== undefined && now?.tiles?.[0] !== address) source.setTiles([address]);
  }
}

export function tileAddress(layer: TiledLayer, revision: number): string {
  return `${window.location.origin}/api/tiles/${layer}/{z}/{x}/{y}.mvt?v=${revision}`;
}
