import loadHighs from 'highs';
import { makeSelectionCity } from './selection-city.ts';
import { selectGreedily } from '../../engine/selection/select-greedily.ts';
import { findPrices } from '../../engine/selection/find-prices.ts';
import { improveSelection } from '../../engine/selection/improve-selection.ts';
import { reduceProblem } from '../../engine/selection/reduce-problem.ts';
import { recountSites } from '../../engine/selection/recount-sites.ts';
import { writeMipModel } from '../../engine/selection/mip-model.ts';
const [, , conf, variant, share, limit] = process.argv;
const p = makeSelectionCity({ seed: 1, areaKm2: 4, binSizeM: 20, candidates: 800, radiusM: [150, 500], weights: 'uniform', costs: 'mixed', ...JSON.parse(conf!) });
const W = p.targets[0].weight.reduce((a, b) => a + b, 0);
const choice = { required: [Math.ceil(W * Number(share))], budget: null, maxSites: null, existing: [], locked: [], refused: [], rules: { spacingM: null, groups: [] } };
const g = selectGreedily(p, choice, {});
const s = findPrices(p, choice, 'cost', 3000, {});
const im = improveSelection(p, choice, g, { perTarget: s.prices.perTarget, reduced: s.reduced }, { steps: 10000, seed: 1 }, {});
const rc = recountSites(p, choice, im.sites);
const r = reduceProblem(p, choice, { kind: 'cost', sites: im.sites, toBeat: rc.cost - 1000, prices: s.prices })!;
const m = writeMipModel(p, choice, r);
let text = m.text;
const R = r.rows;
if (variant!.includes('chain')) {
  const words = Math.ceil(r.sites.length / 32);
  const bits = new Uint32Array(R.count * words);
  for (let i = 0; i < R.count; i++) for (let a = R.starts[i]!; a < R.starts[i + 1]!; a++) bits[i * words + (R.sites[a]! >> 5)]! |= 1 << (R.sites[a]! & 31);
  const size = (i: number) => R.starts[i + 1]! - R.starts[i]!;
  const parent = new Int32Array(R.count).fill(-1);
  for (let i = 0; i < R.count; i++) {
    let best = 1;
    for (let j = 0; j < R.count; j++) {
      if (j === i || size(j) >= size(i) || size(j) <= best) continue;
      let ok = true;
      for (let w = 0; w < words && ok; w++) ok = (bits[j * words + w]! & ~bits[i * words + w]!) === 0;
      if (ok) { best = size(j); parent[i] = j; }
    }
  }
  let nz = 0;
  const lines: string[] = [];
  for (let i = 0; i < R.count; i++) {
    const pa = parent[i]!;
    const own = new Set(R.sites.slice(R.starts[i]!, R.starts[i + 1]!));
    const terms: string[] = [];
    if (pa >= 0) { for (let a = R.starts[pa]!; a < R.starts[pa + 1]!; a++) own.delete(R.sites[a]!); terms.push(`+ 1 z${pa}`); }
    for (const x of own) terms.push(`+ 1 x${x}`);
    terms.push(`- 1 z${i}`);
    nz += terms.length;
    for (let a = 0; a < terms.length; a += 8) lines.push(' ' + terms.slice(a, a + 8).join(' '));
    lines.push(' >= 0');
  }
  const a = text.indexOf('Subject To\n') + 11;
  const last = text.lastIndexOf(`- 1 z${R.count - 1}\n >= 0\n`);
  const b = last + `- 1 z${R.count - 1}\n >= 0\n`.length;
  text = text.slice(0, a) + lines.join('\n') + '\n' + text.slice(b);
  console.log('chain nz', nz);
}
console.log(conf, variant, 'plan', rc.cost, 'bound', s.bound, { sites: r.sites.length, rows: R.count, nz: r.nonzeros, fixed: r.fixed });
if (variant!.includes('cut')) text = text.replace('Bounds\n', r.sites.map((x, i) => ` + ${p.cost[x]! / m.unit} x${i}`).join('\n') + `\n <= ${(rc.cost - 1000) / m.unit}\nBounds\n`);
const highs = await loadHighs();
const c0 = process.cpuUsage();
const model = highs.createModel({ format: 'lp', data: text });
const opts: any = { output_flag: false, time_limit: 1e6, mip_rel_gap: 0, mip_abs_gap: 0.9, mip_feasibility_tolerance: 1e-8, primal_feasibility_tolerance: 1e-8 };
if (variant!.includes('noheur')) { opts.mip_heuristic_effort = 0.001; }
if (variant!.includes('norestart')) opts.mip_allow_restart = false;
if (variant!.includes('nosym')) opts.mip_detect_symmetry = false;
if (variant!.includes('tol')) { delete opts.mip_feasibility_tolerance; delete opts.primal_feasibility_tolerance; }
model.options.set(opts);
if (variant!.includes('start')) {
  const open = new Set(r.plan);
  const v = new Float64Array(m.columns.length);
  r.sites.forEach((x, i) => { if (open.has(x)) v[model.getColByName(`x${i}`)] = 1; });
  for (let i = 0; i < R.count; i++) { let n = 0; for (let a = R.starts[i]!; a < R.starts[i + 1]!; a++) if (open.has(r.sites[R.sites[a]!]!)) n = 1; v[model.getColByName(`z${i}`)] = n; }
  model.setSolution({ colValue: v });
}
const cpu = () => { const u = process.cpuUsage(c0); return ((u.user + u.system) / 1e6).toFixed(1); };
let lastT = 0;
model.run({ 5: (e) => { const t = Number(cpu()); if (t - lastT > 10) { lastT = t; console.log(t, e.data.mip_primal_bound, e.data.mip_dual_bound, e.data.mip_node_count); } return undefined; }, 6: (e) => { if (Number(cpu()) > Number(limit)) e.interrupt(); return undefined; } });
console.log('END', variant, cpu(), 'status', model.getModelStatus(), model.getObjectiveValue(), Number(model.info.get('mip_dual_bound')), 'nodes', model.info.get('mip_node_count'));
