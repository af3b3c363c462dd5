// Drawing a target area with terra-draw: polygon by clicks (close on the first corner or with Enter), rectangle by two.
// One figure at a time; what was drawn goes to state, the drawing itself is taken away. A refused figure is wiped, and the
// next click begins another.
import type { Map as MapLibreMap } from 'maplibre-gl';
import { TerraDraw, TerraDrawPolygonMode, TerraDrawRectangleMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { MultiPolygon } from '../../engine/index.ts';
import { markColours } from '../format/map-colours.ts';

const looks = {
  fillColor: markColours.area,
  fillOpacity: 0.12,
  outlineColor: markColours.area,
  outlineWidth: 2,
  closingPointColor: markColours.focus,
  closingPointOutlineColor: '#ffffff',
} as const;

/** Starts drawing; call the answer to stop. `onDrawn` gets the closed figure and says whether it was taken. */
export function startDrawArea(
  map: MapLibreMap,
  shape: 'polygon' | 'rectangle',
  onDrawn: (area: MultiPolygon) => boolean,
): () => void {
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 7 }),
    modes: [new TerraDrawPolygonMode({ styles: looks }), new TerraDrawRectangleMode({ styles: looks })],
  });
  map.doubleClickZoom.disable();
  draw.start();
  draw.setMode(shape);
  draw.on('finish', (id) => {
    const geometry = draw.getSnapshotFeature(id)?.geometry;
    if (geometry?.type !== 'Polygon') return;
    const rings = geometry.coordinates.map((ring) =>
      ring.map((position): [number, number] => [position[0] ?? 0, position[1] ?? 0]),
    );
    // Terra-draw is still in the middle of its own event.
    setTimeout(() => {
      if (!onDrawn({ type: 'MultiPolygon', coordinates: [rings] })) draw.clear();
    }, 0);
  });
  return () => {
    map.doubleClickZoom.enable();
    draw.stop();
  };
}
