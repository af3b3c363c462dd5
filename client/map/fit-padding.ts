// How much of the map's edge to keep free when something is shown whole: legend on the left, card on the right.
interface MapSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A map narrower than this has no room beside the legend and the card. */
const wideFromPx = 700;
const legendPx = 225;
const cardPx = 340;

/** Padding in pixels; at least half of the map's width stays free. */
export function fitPadding({ widthPx, heightPx }: MapSize, hasCard: boolean) {
  const edgePx = Math.round(Math.min(40, 0.06 * Math.min(widthPx, heightPx)));
  const isWide = widthPx > wideFromPx;
  return {
    top: edgePx,
    bottom: edgePx,
    left: isWide ? Math.min(legendPx, 0.2 * widthPx) : edgePx,
    right: isWide && hasCard ? Math.min(cardPx + edgePx, 0.3 * widthPx) : edgePx,
  };
}

/** Where a focused place stands from the map's middle, so that the card on the right does not hide it. */
export function focusOffset({ widthPx }: Pick<MapSize, 'widthPx'>): [number, number] {
  return widthPx > wideFromPx ? [-cardPx / 2, 0] : [0, 0];
}
