// The rows of a plan for capacity: each site is credited with what it brought nearer to enough servers, and with what would fall short
// without it. Counted bin by bin from the footprints, like credit-steps.ts for one server.

import { HALF_GRADE } from '../coverage/probability-grades.ts';
import type { ServerDuty } from '../model/plan.ts';
import { eachGrade } from '../selection/cover/best-grades.ts';
import type { Selection } from '../selection/selection-problem.ts';
import type { StepCredit } from './credit-steps.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { countServers, fullWorthOfServers, worthOfServers } from './servers-problem.ts';

/** One entry per step. Bins are those with enough servers; weight is in the worth of `serversProblem`. */
export function creditServers(
  { grid, footprints }: PreparedCoverage,
  { steps }: Selection,
  duty: ServerDuty,
): StepCredit[] {
  const { weight, people } = grid;
  const { least } = duty;
  const full = fullWorthOfServers(duty);
  const worth = Float64Array.from({ length: least + 1 }, (_, servers) => worthOfServers(servers, duty));
  const now = new Uint8Array(grid.binCount);
  const gained = steps.map(({ site }) => {
    let bins = 0;
    let persons = 0;
    eachGrade({ footprints }, site, (bin, grade) => {
      const before = now[bin]!;
      if (grade < HALF_GRADE || before >= least) return;
      now[bin] = before + 1;
      if (before + 1 === least) bins++;
      if (people) persons += (people[bin]! * (worth[before + 1]! - worth[before]!)) / full;
    });
    return { bins, persons };
  });
  const servers = countServers(
    footprints,
    steps.map(({ site }) => site),
  );
  return steps.map(({ site }, step) => {
    let uniqueWeight = 0;
    let uniquePeople = 0;
    let uniqueBins = 0;
    eachGrade({ footprints }, site, (bin, grade) => {
      const count = servers[bin]!;
      if (grade < HALF_GRADE || count > least) return;
      if (count === least) uniqueBins++;
      const lost = worth[count]! - worth[count - 1]!;
      uniqueWeight += weight[bin]! * lost;
      if (people) uniquePeople += (people[bin]! * lost) / full;
    });
    const { bins, persons } = gained[step]!;
    return {
      gainBins: bins,
      gainPeople: people ? persons : null,
      uniqueWeight,
      uniquePeople: people ? uniquePeople : null,
      uniqueBins,
    };
  });
}
