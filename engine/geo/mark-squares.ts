// The squares in which rows become marks on a web map: the service groups by them in SQL, a map looks into the square of the mark that
// was clicked, so both count the same pixels.
export const markSquares = {
  squarePx: 48,
  /** Of a tile of the zooms that are counted here: the world is one of them at zoom 0. */
  tilePx: 256,
  /** From here on only rows at exactly one place are one mark. */
  placesFromZoom: 17,
  /** Rows that a mark names; of more it only says how many. */
  mostIds: 20,
} as const;
