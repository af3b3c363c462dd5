// One layer of the coverage, painted: PNG tiles of the server for a saved plan, tiles of the worker for a preview.
// A preview's tiles come through our own address scheme, so that MapLibre treats both alike.
import { addProtocol, type Map as MapLibreMap } from 'maplibre-gl';
import { type CoverageLayer, coverageLayers } from '../../engine/index.ts';
import { paintPreviewTile } from '../state/preview.ts';
import type { Ramp } from '../state/view.ts';

const scheme = 'preview';
let isRegistered = false;

/** Teaches MapLibre the scheme `preview://<layer>/<ramp>/<z>/<x>/<y>?v=…`. */
export function addPreviewProtocol(): void {
  if (isRegistered) return;
  isRegistered = true;
  addProtocol(scheme, async ({ url }) => {
    const [, layer, ramp, z, x, y] = /^preview:\/\/([a-z-]+)\/([a-z-]+)\/(\d+)\/(\d+)\/(\d+)/.exec(url) ?? [];
    const rgba = await paintPreviewTile({
      z: Number(z),
      x: Number(x),
      y: Number(y),
      layer: coverageLayers.find((one) => one === layer) ?? 'level',
      ramp: ramp === 'colour-blind' ? 'colour-blind' : 'green-red',
    });
    const image = rgba === null ? new ImageData(1, 1) : new ImageData(rgba, 256, 256);
    return { data: await createImageBitmap(image) };
  });
}

export interface CoverageShown {
  readonly planId: string | null;
  /** Names the content: a new one makes new tile addresses. */
  readonly version: string;
  /** Of a plan for several the one that is looked at; null: the plan's own coverage. */
  readonly operatorId: string | null;
  readonly layer: CoverageLayer;
  readonly ramp: Ramp;
  readonly opacity: number;
  readonly visible: boolean;
}

/** Puts the coverage under the borders, or takes it away with null. */
export function applyCoverage(map: MapLibreMap, shown: CoverageShown | null): void {
  const address = shown === null ? null : coverageAddress(shown);
  const now = map.getSource('coverage')?.serialize() as { tiles?: string[] } | undefined;
  if (now !== undefined && now.tiles?.[0] !== address) {
    map.removeLayer('coverage-tiles');
    map.removeSource('coverage');
  }
  if (shown === null || address === null) return;
  if (map.getSource('coverage') === undefined) {
    map.addSource('coverage', { type: 'raster', tiles: [address], tileSize: 256, minzoom: 6, maxzoom: 18 });
    map.addLayer(
      {
        id: 'coverage-tiles',
        type: 'raster',
        source: 'coverage',
        paint: { 'raster-resampling': 'nearest', 'raster-fade-duration': 0 },
      },
      'buildings-line',
    );
  }
  map.setPaintProperty('coverage-tiles', 'raster-opacity', shown.opacity);
  map.setLayoutProperty('coverage-tiles', 'visibility', shown.visible ? 'visible' : 'none');
}

function coverageAddress({ planId, version, operatorId, layer, ramp }: CoverageShown): string {
  if (planId === null) return `${scheme}://${layer}/${ramp}/{z}/{x}/{y}?v=${version}`;
  const id = encodeURIComponent(planId);
  const operator = operatorId === null ? '' : `&operator=${encodeURIComponent(operatorId)}`;
  const query = `layer=${layer}&ramp=${ramp}${operator}&v=${version.slice(0, 12)}`;
  return `${window.location.origin}/api/tiles/coverage/${id}/{z}/{x}/{y}.png?${query}`;
}
