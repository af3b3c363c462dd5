// What the browser runs for bench-strike.ts: one site more or less with all figures of the selection, and a strike with its repair, each timed
// by the browser's own clock. Leaves what it measured in `window.turns`.
import { makeRepairer } from '../../engine/index.ts';
import { makeDistrictPlan } from './district-plan.ts';

export interface TurnTimes {
  readonly size: string;
  readonly turnMs: readonly number[];
  readonly strikeMs: readonly number[];
}

declare global {
  interface Window {
    turns?: TurnTimes;
  }
}

const CLICKS = 100;

const { problem, choice, plan, sites, candidates } = makeDistrictPlan(CLICKS);
const repairer = makeRepairer(problem, choice, plan);
const timed = (work: () => void): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};
const turnMs = [...sites, ...candidates].map((site) => {
  const ms = timed(() => {
    repairer.turn(site);
    repairer.figures();
  });
  repairer.undo();
  return ms;
});
const strikeMs = sites.map((site) => {
  const ms = timed(() => repairer.strike(site));
  repairer.undo();
  return ms;
});
window.turns = {
  size: `${problem.cover.binCount} bins, ${problem.cost.length} candidates, ${plan.length} chosen`,
  turnMs,
  strikeMs,
};
