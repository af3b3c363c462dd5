// Sets of sites of which one may be open: every pair that is too near is in one of them. Grown greedily around each pair not yet held,
// they hold more than the sites of a square of side d / sqrt(2) do, and any spacing per site; fewer and larger sets give a stronger
// bound (selection reference, section 6.4).
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { sitesTooNear } from '../wishes/sites-too-near.ts';

/** Positions in `sites`, ascending in each set; sets of two and more. Takes time by pairs within the widest spacing. */
export function spacingCliques(
  { places }: SelectionProblem,
  { rules: { spacingM } }: SelectionChoice,
  sites: readonly number[],
): number[][] {
  if (places === null || spacingM === null) return [];
  const near = pairsTooNear(places, spacingM, sites);
  const held = sites.map(() => new Set<number>());
  const cliques: number[][] = [];
  near.forEach((others, position) => {
    for (const other of others) {
      if (other < position || held[position]!.has(other)) continue;
      const clique = [position, other];
      for (const third of others)
        if (third !== other && clique.every((member) => member === position || near[member]!.has(third)))
          clique.push(third);
      clique.sort((a, b) => a - b);
      for (const one of clique) for (const two of clique) if (one !== two) held[one]!.add(two);
      cliques.push(clique);
    }
  });
  return cliques;
}

/** Per position the positions it forbids, ascending. */
function pairsTooNear(
  places: NonNullable<SelectionProblem['places']>,
  spacingM: Float64Array,
  sites: readonly number[],
): Set<number>[] {
  let widestM = 0;
  for (const site of sites) widestM = Math.max(widestM, spacingM[site]!);
  const eastM = (position: number) => places.eastM[sites[position]!]!;
  const order = sites.map((_, position) => position).sort((a, b) => eastM(a) - eastM(b));
  const pairs: [number, number][] = [];
  order.forEach((position, at) => {
    for (let next = at + 1; next < order.length && eastM(order[next]!) - eastM(position) < widestM; next++) {
      const other = order[next]!;
      if (sitesTooNear(places, spacingM, sites[position]!, sites[other]!))
        pairs.push([Math.min(position, other), Math.max(position, other)]);
    }
  });
  pairs.sort(([a, b], [c, d]) => a - c || b - d);
  const near = sites.map(() => new Set<number>());
  for (const [one, other] of pairs) {
    near[one]!.add(other);
    near[other]!.add(one);
  }
  return near;
}
