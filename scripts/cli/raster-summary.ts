// One line of what a raster file holds, in both languages.
import type { RasterFactsJson } from '../../server/contract/imports.ts';

export function rasterSummary(facts: RasterFactsJson): string {
  const { columns, rows, crs, resolutionM, cells, holes, lowestM, highestM, people, classes } = facts;
  const parts = [
    `${columns} × ${rows}`,
    crs,
    `${resolutionM} m`,
    ...(lowestM === null || highestM === null
      ? []
      : [`高程 heights ${lowestM.toFixed(1)}…${highestM.toFixed(1)} m`]),
    ...(people === null ? [] : [`人口 people ${Math.round(people)}`]),
    ...classes.map(({ name, share }) => `${name} ${(100 * share).toFixed(1)} %`),
    `无数据 holes ${holes} / ${cells}`,
  ];
  return parts.join(', ');
}
