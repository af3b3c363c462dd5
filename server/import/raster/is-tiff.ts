// Knows a TIFF by its first bytes. A file of its own: lists of things must not load the GeoTIFF library to say no.

/** TIFF and BigTIFF in both byte orders. */
export function isTiff(bytes: Uint8Array): boolean {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  return ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(magic);
}
