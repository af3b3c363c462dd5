// A terrain model for engine tests, from a height per metre east and north of the origin of flat-ground.ts.
import type { HeightRaster } from '../../engine/index.ts';
import { at, ORIGIN_EAST_M, ORIGIN_NORTH_M, zone } from './flat-ground.ts';

/** Cells of about `stepM` over 3 km around the square kilometre of the coverage tests. */
export function groundRaster(heightAt: (eastM: number, northM: number) => number, stepM = 25): HeightRaster {
  const [westDeg, northDeg] = at(-1000, 2000);
  const [eastDeg, southDeg] = at(2000, -1000);
  const columns = Math.round(3000 / stepM);
  const rows = columns;
  const stepLonDeg = (eastDeg - westDeg) / columns;
  const stepLatDeg = (northDeg - southDeg) / rows;
  const heightM = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [eastM, northM] = zone.toMetres([
        westDeg + (column + 0.5) * stepLonDeg,
        northDeg - (row + 0.5) * stepLatDeg,
      ]);
      heightM[row * columns + column] = heightAt(eastM - ORIGIN_EAST_M, northM - ORIGIN_NORTH_M);
    }
  }
  return { id: 'ground', westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows, heightM };
}
