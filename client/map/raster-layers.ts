// Terrain as shaded relief and clutter in its colours: one picture per stored raster, under the water and above a basemap.
// The server spaces the rows of a picture as web Mercator does, so its four corners are enough to place it.
import type { ImageSourceSpecification, Map as MapLibreMap } from 'maplibre-gl';
import type { RasterJson } from '../../server/contract/rasters.ts';
import { rasterPictureUrl } from '../api/rasters.ts';
import type { LayerId, Layers } from '../state/layers.ts';

const prefix = 'raster-';
/** Finer rasters lie above coarser ones, as in a plan. */
const layerIdOf: Readonly<Record<RasterJson['kind'], LayerId>> = { terrain: 'relief', clutter: 'clutter' };

/** Puts the pictures of these rasters on the map and takes all others away. */
export function applyRasters(map: MapLibreMap, rasters: readonly RasterJson[], layers: Layers): void {
  const wanted = new Map(rasters.map((raster) => [`${prefix}${raster.id}`, raster]));
  for (const { id } of map.getStyle().layers) {
    if (!id.startsWith(prefix)) continue;
    const raster = wanted.get(id);
    const now = map.getSource(id)?.serialize() as ImageSourceSpecification | undefined;
    if (raster && now?.url === addressOf(raster)) continue;
    map.removeLayer(id);
    map.removeSource(id);
  }
  for (const raster of [...rasters].sort(byKindAndSize)) {
    const id = `${prefix}${raster.id}`;
    if (map.getSource(id) === undefined) addPicture(map, id, raster);
    const { visible, opacity } = layers[layerIdOf[raster.kind]];
    map.setPaintProperty(id, 'raster-opacity', opacity);
    map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none');
  }
}

/** The lowest picture of a raster on the map, or the lowest layer of the ground: what a basemap lies under. */
export function lowestGroundLayer(map: MapLibreMap): string {
  return map.getStyle().layers.find(({ id }) => id.startsWith(prefix))?.id ?? 'water-fill';
}

function addPicture(map: MapLibreMap, id: string, raster: RasterJson): void {
  const [west = 0, south = 0, east = 0, north = 0] = raster.box;
  map.addSource(id, {
    type: 'image',
    url: addressOf(raster),
    coordinates: [
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ],
  });
  map.addLayer({ id, type: 'raster', source: id, paint: { 'raster-fade-duration': 0 } }, 'water-fill');
}

const addressOf = (raster: RasterJson): string =>
  `${window.location.origin}${rasterPictureUrl(raster.id, raster.createdAt)}`;

/** Relief first, then clutter; coarse before fine. */
const byKindAndSize = (a: RasterJson, b: RasterJson): number =>
  a.kind === b.kind ? b.resolutionM - a.resolutionM : a.kind === 'terrain' ? -1 : 1;
