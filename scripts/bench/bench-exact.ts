// The exact mode on district tiles of several seeds: processor time from the first call to the proof, search included. One thread; no run
// takes more than its limit, and one that does not end says what is left.
import type { BenchRow } from './bench-row.ts';
import { districtSizes, makeDistrictTile, proveTile, searchTile } from './district-tile.ts';

/** The fifth is the hardest of eight. */
const SEEDS = [1, 2, 3, 5];
/** Processor seconds: the figure to reach, and where a run is ended. */
const TARGET = 120;
const LIMIT = 150;

export async function benchExact(short: boolean): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of short ? [districtSizes.short] : [districtSizes.short, districtSizes.full])
    for (const seed of SEEDS) rows.push(await proveOne(size, seed));
  return rows;
}

async function proveOne(size: Parameters<typeof makeDistrictTile>[0], seed: number): Promise<BenchRow> {
  const tile = makeDistrictTile(size, seed);
  const from = process.cpuUsage();
  const seconds = () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1e6;
  };
  const searched = searchTile(tile);
  const { result, nodes, cost, ...proved } = await proveTile(tile, searched, () => seconds() > LIMIT);
  const took = seconds();
  const { optimal, bound, reduced } = result;
  const proof = optimal
    ? `${cost} yuan proved, the search was ${gapOf(searched.cost, bound)} above`
    : `not proved: ${gapOf(cost, bound)} left`;
  return {
    step: `exact ${tile.name}`,
    seconds: searched.seconds + proved.seconds,
    note: `${proof}; ${nodes} nodes, ${reduced.sites} sites and ${reduced.nonzeros} entries after reduction; figure: processor time`,
    figure: {
      value: optimal ? took : Number.POSITIVE_INFINITY,
      unit: 's',
      target: TARGET,
      better: 'less',
    },
  };
}

function gapOf(cost: number, bound: number): string {
  return `${((cost / bound - 1) * 100).toFixed(2)} %`;
}
