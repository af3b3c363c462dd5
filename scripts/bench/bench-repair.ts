// A person's clicks on the plan of a district: strike and repair, add or remove one site with all figures, reasons for one site. Milliseconds of
// processor time, so that other work on the machine does not count.
import { makeExplainer, makeRepairer, repairSelection } from '../../engine/index.ts';
import type { BenchRow } from './bench-row.ts';
import { makeDistrictPlan } from './district-plan.ts';
import { timesRow } from './times-row.ts';

const STRIKE_MOST_MS = 200;
const TURN_MOST_MS = 10;

/** 90 000 bins and 8 000 candidates; `short`: a quarter of the clicks. */
export function benchRepair(short: boolean): BenchRow[] {
  const clicks = short ? 25 : 100;
  const { problem, choice, selection, plan, sites, candidates } = makeDistrictPlan(clicks);
  const size = `${problem.cover.binCount} bins, ${problem.cost.length} candidates, ${plan.length} chosen`;

  const repairer = makeRepairer(problem, choice, plan);
  let changes = 0;
  let extraCost = 0;
  const strikes = sites.map((site) => {
    const { ms, value } = processorMs(() => repairer.strike(site));
    changes += value.opened.length + value.closed.length;
    extraCost += value.extraCost;
    repairer.undo();
    return ms;
  });
  const turns = [...sites, ...candidates].map((site) => {
    const { ms } = processorMs(() => {
      repairer.turn(site);
      return repairer.figures();
    });
    repairer.undo();
    return ms;
  });
  const cold = sites
    .slice(0, Math.ceil(clicks / 4))
    .map((site) => processorMs(() => repairSelection(problem, { ...choice, refused: [site] }, plan)).ms);
  const explainer = makeExplainer(problem, choice, selection);
  const open = new Set(plan);
  const reasons = [...sites, ...candidates].map(
    (site) => processorMs(() => (open.has(site) ? explainer.chosen(site) : explainer.unchosen(site))).ms,
  );
  const onAverage = `${(changes / clicks).toFixed(1)} changes and ${Math.round(extraCost / clicks)} yuan each`;
  return [
    timesRow('strike a site and repair', strikes, STRIKE_MOST_MS, `${size}; ${onAverage}`),
    timesRow('the same from the plan alone', cold, STRIKE_MOST_MS, 'nothing kept between calls'),
    timesRow('add or remove a site, all figures', turns, TURN_MOST_MS, size),
    timesRow('reasons for a site', reasons, null, 'substitutes priced by repairs'),
  ];
}

function processorMs<T>(work: () => T): { ms: number; value: T } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, value };
}
