// Marks of sites, drawn once: the shape says what carries the antenna (pole round, roof square, tower triangle), the colour
// and filling say the status. Drawn here because a sprite file would be one more thing to build and fetch.
import type { Map as MapLibreMap } from 'maplibre-gl';
import { markColours } from '../format/map-colours.ts';

const sizePx = 18;
const ratio = 2;

const statuses = {
  existing: { fill: markColours.existing, stroke: '#ffffff' },
  candidate: { fill: '#ffffff', stroke: markColours.candidate },
  proposed: { fill: markColours.proposed, stroke: '#ffffff' },
  unavailable: { fill: '#eceff2', stroke: markColours.unavailable },
} as const;

/** Registers `site-<structure>-<status>` for every pair. */
export function addSymbols(map: MapLibreMap): void {
  for (const structure of ['pole', 'roof', 'tower'] as const) {
    for (const [status, colours] of Object.entries(statuses)) {
      map.addImage(
        `site-${structure}-${status}`,
        drawMark(structure, colours.fill, colours.stroke, status === 'unavailable'),
        { pixelRatio: ratio },
      );
    }
  }
}

function drawMark(
  structure: 'pole' | 'roof' | 'tower',
  fill: string,
  stroke: string,
  crossed: boolean,
): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = sizePx * ratio;
  canvas.height = sizePx * ratio;
  // Read back at once: a canvas on the graphics card would stop the page for a tenth of a second per mark.
  const draw = canvas.getContext('2d', { willReadFrequently: true });
  if (draw === null) return new ImageData(canvas.width, canvas.height);
  draw.scale(ratio, ratio);
  draw.translate(sizePx / 2, sizePx / 2);
  draw.beginPath();
  if (structure === 'pole') draw.arc(0, 0, 5, 0, 2 * Math.PI);
  else if (structure === 'roof') draw.rect(-5, -5, 10, 10);
  else {
    draw.moveTo(0, -6.5);
    draw.lineTo(6.5, 5);
    draw.lineTo(-6.5, 5);
    draw.closePath();
  }
  draw.fillStyle = fill;
  draw.strokeStyle = stroke;
  draw.lineWidth = 2;
  draw.lineJoin = 'round';
  draw.fill();
  draw.stroke();
  if (crossed) {
    draw.beginPath();
    draw.moveTo(-4, -4);
    draw.lineTo(4, 4);
    draw.moveTo(4, -4);
    draw.lineTo(-4, 4);
    draw.lineWidth = 1.5;
    draw.stroke();
  }
  return draw.getImageData(0, 0, canvas.width, canvas.height);
}
