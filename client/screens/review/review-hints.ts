// What a reviewer should look at, read off the row itself. Hints judge nothing: they name a fact and leave the rest.
// Limits are practice defaults: nearer than 60 m to another new site, twice the plan's median price, and a loss without it
// below a fifth of the plan's median gain.
import type { PlanItemJson } from '../../../server/contract/plans.ts';

export type HintKey =
  | 'negotiate'
  | 'powerMissing'
  | 'powerResold'
  | 'ownerUnknown'
  | 'derived'
  | 'spare'
  | 'dear'
  | 'cheaperNear'
  | 'close';

export interface ReviewHint {
  readonly key: HintKey;
  readonly severity: 'high' | 'low';
  /** For the sentence: yuan, metres or a share, according to the key. */
  readonly value: number | null;
  /** Another site the hint speaks of. */
  readonly siteId: string | null;
}

const closeM = 60;
const dearFactor = 2;
const spareFactor = 0.2;
const sameGroundShare = 0.9;

/** Hints by site id. Takes about 1 µs per row and pair of neighbours. */
export function reviewHints(rows: readonly PlanItemJson[]): Map<string, ReviewHint[]> {
  const medianCny = median(rows.map((row) => row.costCny));
  const medianGain = median(rows.map((row) => row.gainWeightShare));
  const near = nearestOthers(rows);
  return new Map(
    rows.map((row) => [
      row.site.id,
      hintsOf(row, { costCny: medianCny, gainShare: medianGain }, near.get(row.site.id) ?? null),
    ]),
  );
}

/** Medians of the plan. */
interface Typical {
  readonly costCny: number;
  readonly gainShare: number;
}

interface Neighbour {
  readonly siteId: string;
  readonly distanceM: number;
}

function hintsOf(row: PlanItemJson, typical: Typical, near: Neighbour | null): ReviewHint[] {
  const hints: ReviewHint[] = [];
  const add = (
    key: HintKey,
    severity: ReviewHint['severity'],
    value: number | null = null,
    siteId: string | null = null,
  ) => hints.push({ key, severity, value, siteId });
  const { site } = row;
  if (near !== null && near.distanceM < closeM) add('close', 'high', near.distanceM, near.siteId);
  const cheaper = row.displaced.find((one) => one.extraCostCny < 0 && one.overlapShare >= sameGroundShare);
  if (cheaper) add('cheaperNear', 'high', -cheaper.extraCostCny, cheaper.siteId);
  if (site.powerMode === '待引入') add('powerMissing', 'high');
  if (typical.costCny > 0 && row.costCny > dearFactor * typical.costCny)
    add('dear', 'high', row.costCny / typical.costCny);
  if (row.uniqueWeightShare < spareFactor * typical.gainShare) add('spare', 'low', row.uniqueWeightShare);
  if (site.freeStatus === '商谈') add('negotiate', 'low');
  if (site.powerMode === '转供') add('powerResold', 'low');
  if (site.origin === 'derived') add('derived', 'low');
  else if (site.owner.trim() === '') add('ownerUnknown', 'low');
  return hints;
}

/** The nearest other row within the limit, found in squares of the limit's size. */
function nearestOthers(rows: readonly PlanItemJson[]): Map<string, Neighbour> {
  const squares = new Map<string, PlanItemJson[]>();
  const metresPerDegree = 111_320;
  const shrink = Math.cos(((rows[0]?.site.position[1] ?? 0) * Math.PI) / 180);
  const place = (row: PlanItemJson) => [
    row.site.position[0]! * metresPerDegree * shrink,
    row.site.position[1]! * metresPerDegree,
  ];
  const squareOf = (x: number, y: number) => `${Math.floor(x / closeM)},${Math.floor(y / closeM)}`;
  for (const row of rows) {
    const [x, y] = place(row);
    const key = squareOf(x!, y!);
    squares.set(key, [...(squares.get(key) ?? []), row]);
  }
  const nearest = new Map<string, Neighbour>();
  for (const row of rows) {
    const [x, y] = place(row);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const other of squares.get(squareOf(x! + dx * closeM, y! + dy * closeM)) ?? []) {
          if (other.site.id === row.site.id) continue;
          const [otherX, otherY] = place(other);
          const distanceM = Math.hypot(otherX! - x!, otherY! - y!);
          const best = nearest.get(row.site.id);
          if (!best || distanceM < best.distanceM)
            nearest.set(row.site.id, { siteId: other.site.id, distanceM });
        }
      }
    }
  }
  return nearest;
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
