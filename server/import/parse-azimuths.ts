// Directions of the sectors of a site in one cell: 0/120/240, with whatever stands between numbers in such lists.

/** A site carries no more sectors than this. */
export const MOST_SECTORS = 12;

/** Degrees from 0 to below 360 in the order written; null when a part is no number of 0..360 or there are too many. */
export function parseAzimuths(text: string): number[] | null {
  const parts = text
    .normalize('NFKC')
    .replace(/^\[|\]$|[°度]/g, '')
    .split(/[/;,、|\s]+/)
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > MOST_SECTORS) return null;
  const azimuths = parts.map((part) => (/^\d{1,3}(?:\.\d{1,10})?$/.test(part) ? Number(part) : Number.NaN));
  return azimuths.every((azimuth) => azimuth <= 360) ? azimuths.map((azimuth) => azimuth % 360) : null;
}
