// Prices over plain lists: a site serves each of its bins fully, so it earns their prices and serves them with all it is open.
import type { ListCover } from './cover.ts';
import type { CoverPricer } from './cover-pricer.ts';

export function makeListPricer({ siteStarts, siteBins }: ListCover): CoverPricer {
  return {
    earn: (sites, u, _full, into) => earnLists(siteStarts, siteBins, sites, u, into),
    serve: (sites, x, _u, _full, into) => serveLists(siteStarts, siteBins, sites, x, into),
  };
}

function earnLists(
  starts: Uint32Array,
  bins: Uint32Array,
  sites: Uint32Array,
  u: Float32Array | Float64Array,
  into: Float64Array,
): void {
  for (let k = 0; k < sites.length; k++) {
    const site = sites[k]!;
    const end = starts[site + 1]!;
    let sum = 0;
    for (let at = starts[site]!; at < end; at++) sum += u[bins[at]!]!;
    into[k] = sum;
  }
}

function serveLists(
  starts: Uint32Array,
  bins: Uint32Array,
  sites: Uint32Array,
  x: Float64Array,
  into: Float32Array,
): void {
  into.fill(0);
  for (let k = 0; k < sites.length; k++) {
    const share = x[k]!;
    if (share === 0) continue;
    const site = sites[k]!;
    const end = starts[site + 1]!;
    for (let at = starts[site]!; at < end; at++) into[bins[at]!]! += share;
  }
}
