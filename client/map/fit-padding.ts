// How much of the map's edge to keep free when something is shown whole: legend on the left, card on the right.
interface MapSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A map narrower than this has no room beside the legend and the card. */
const wideFromPx = 600;
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

/** Up to this window width the card is a sheet over the lower part of the window (plan.css). */
const sheetUpToPx = 640;
const sheetShare = 0.6;

/** How much of the map's lower part that sheet hides, in pixels. */
export function sheetPx(mapBottomPx: number, window: MapSize): number {
  if (window.widthPx > sheetUpToPx) return 0;
  return Math.max(0, mapBottomPx - (1 - sheetShare) * window.heightPx);
}

/** Where a focused place stands from the map's middle, so that neither card nor sheet hides it. */
export function focusOffset({ widthPx, heightPx }: MapSize, hiddenBelowPx: number): [number, number] {
  if (hiddenBelowPx > 0) return [0, -Math.min(hiddenBelowPx, 0.8 * heightPx) / 2];
  return widthPx > wideFromPx ? [-cardPx / 2, 0] : [0, 0];
}
