// A height for buildings whose source gives none, by the size of the roof: sheds, houses, walk-ups, blocks.
// Storeys of 3 m (1, 3, 6 and 8), near the lower quartile of mapped heights in central Shanghai: wrong on the low side hides
// less of the street. Whoever uses it counts how often (summary figure "assumed heights").

/** Metres above ground for a roof of this many square metres. */
export function assumedBuildingHeightM(roofAreaM2: number): number {
  if (roofAreaM2 < 60) return 3;
  if (roofAreaM2 < 200) return 9;
  if (roofAreaM2 < 600) return 18;
  return 24;
}
