import { makeSelectionCity } from './selection-city.ts';
import { selectGreedily } from '../../engine/selection/select-greedily.ts';
import { findPrices } from '../../engine/selection/find-prices.ts';
import { improveSelection } from '../../engine/selection/improve-selection.ts';
import { recountSites } from '../../engine/selection/recount-sites.ts';
const [, , conf, share, cpuLimit, stepsArg] = process.argv;
const p = makeSelectionCity({ seed: 1, areaKm2: 4, binSizeM: 20, candidates: 800, radiusM: [150, 500], weights: 'uniform', costs: 'mixed', ...JSON.parse(conf!) });
const W = p.targets[0].weight.reduce((a, b) => a + b, 0);
const choice = { required: [Math.ceil(W * Number(share))], budget: null, maxSites: null, existing: [], locked: [] as number[], refused: [] as number[], rules: { spacingM: null, groups: [] } };
const g = selectGreedily(p, choice, {});
const s = findPrices(p, choice, 'cost', 3000, {});
const im = improveSelection(p, choice, g, { perTarget: s.prices.perTarget, reduced: s.reduced }, { steps: 20000, seed: 1 }, {});
let ub = recountSites(p, choice, im.sites).cost;
console.log('ub', ub, 'lb', s.bound);
const c0 = process.cpuUsage(); const cpu = () => { const u = process.cpuUsage(c0); return (u.user + u.system) / 1e6; };
const raw = (q: any) => q.parts.required + q.parts.bins + q.parts.sites;
type Node = { locked: number[]; refused: number[]; prices: any; lb: number; x: Float64Array; reduced: Float64Array };
const fixAll = (n: Node, r: number) => n.reduced.forEach((v, j) => { if (v > ub - 1000 - r + 1e-3) { if (!n.refused.includes(j) && !n.locked.includes(j)) n.refused.push(j); } });
const open: Node[] = [{ locked: [], refused: [], prices: s.prices, lb: s.bound, x: s.x, reduced: s.reduced }];
fixAll(open[0]!, raw(s));
let nodes = 0, minLb = s.bound, last = 0;
while (open.length && cpu() < Number(cpuLimit)) {
  open.sort((a, b) => b.lb - a.lb);
  const n = open.pop()!;
  minLb = n.lb;
  if (n.lb >= ub) break;
  let j = -1, best = -1;
  n.x.forEach((v, k) => { if (n.locked.includes(k) || n.refused.includes(k)) return; const score = v > 0.999 ? 0 : v; if (score > best) { best = score; j = k; } });
  for (const up of [true, false]) {
    const locked = up ? [...n.locked, j] : n.locked; const refused = up ? [...n.refused] : [...n.refused, j];
    nodes++;
    let q;
    try { q = findPrices(p, { ...choice, locked, refused }, 'cost', Number(stepsArg), {}, { perTarget: n.prices.perTarget, perBin: n.prices.perBin }); } catch (e) { console.log(String(e).slice(0, 80)); continue; }
    const lb = Math.max(n.lb, q.bound);
    if (lb >= ub) continue;
    const c: Node = { locked: [...locked], refused, prices: q.prices, lb, x: q.x, reduced: q.reduced };
    fixAll(c, raw(q));
    open.push(c);
  }
  if (cpu() - last > 8) { last = cpu(); console.log(last.toFixed(0), 'nodes', nodes, 'open', open.length, 'lb', minLb, 'ub', ub, 'depth', n.locked.length, n.refused.length); }
}
console.log('END', cpu().toFixed(1), 'nodes', nodes, 'open', open.length, 'lb', open.length ? minLb : ub, 'ub', ub);
