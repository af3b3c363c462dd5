// Who is near whom while a search opens and closes sites: by place where there are positions (neighbours-by-place.ts), by shared
// stretches of bins where there are none (neighbours-by-stretch.ts).

/** Longest list a look gives: a window with more sites than this is cut, at the same place every time. */
export const WINDOW_SITES = 4096;

export interface SiteNeighbours {
  /** Fills `into` with the open site and at the most `count - 1` open ones near it. Number of sites filled in. */
  readonly pick: (site: number, count: number, into: Int32Array) => number;
  /** Candidates near the first `count` of `picked`, the way `pick` filled it. */
  readonly candidates: (picked: Int32Array, count: number, into: Int32Array) => number;
  /** Open sites near them, the picked ones included when they are open. */
  readonly open: (picked: Int32Array, count: number, into: Int32Array) => number;
  /** Candidates near one site. */
  readonly beside: (site: number, into: Int32Array) => number;
  readonly opened: (site: number) => void;
  readonly closed: (site: number) => void;
}
