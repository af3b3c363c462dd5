import loadHighs from 'highs';
import { writeFileSync } from 'node:fs';
import { makeSelectionCity } from './selection-city.ts';
import { reduceProblem } from '../../engine/selection/reduce-problem.ts';
import { writeMipModel } from '../../engine/selection/mip-model.ts';
const seed = Number(process.argv[2] ?? 1), costs = (process.argv[3] ?? 'mixed') as 'mixed' | 'unit', weights = (process.argv[4] ?? 'uniform') as any;
const p = makeSelectionCity({ seed, areaKm2: 4, binSizeM: 20, candidates: 800, radiusM: [150, 500], weights, costs });
const W = p.targets[0].weight.reduce((a, b) => a + b, 0);
const choice = { required: [Math.ceil(W * 0.95)], budget: null, maxSites: null, existing: [], locked: [], refused: [], rules: { spacingM: null, groups: [] } };
const r = reduceProblem(p, choice, { kind: 'cost', sites: [], toBeat: Infinity, prices: null })!;
const m = writeMipModel(p, choice, r);
writeFileSync('/tmp/ex/full.lp', m.text);
const highs = await loadHighs();console.log(p.cover.runStarts.at(-1), W, p.cost.reduce((a,b)=>a+b,0));
const lp = m.text.replace(/Binaries[\s\S]*/, r.sites.map((_, i) => ` x${i} <= 1`).join('\n') + '\nEnd\n');
for (const solver of ['ipm', 'simplex']) {
  const t0 = performance.now();
  const model = highs.createModel({ format: 'lp', data: lp });
  model.options.set({ output_flag: false, time_limit: 100, solver, run_crossover: 'off' });
  model.run();
  console.log(solver, (performance.now() - t0) / 1000, model.getModelStatus(), model.getObjectiveValue() * m.unit);
  const x = model.getSolution().colValue.slice(0, r.sites.length);
  console.log('frac', x.filter((v) => v > 1e-6).length, x.filter((v) => v > 0.99).length);
  model.dispose();
}
