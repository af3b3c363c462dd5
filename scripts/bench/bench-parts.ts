// A city too large for one thread, part by part: by one thread, by two, and unsplit beside them. Wall time, because threads are the subject; the
// processor time stands beside it, so that other work on the machine shows. The plans by one and two threads are compared.
import {
  checkPlan,
  inOneThread,
  noRules,
  type PartsPlan,
  type Selection,
  type SelectionChoice,
  type SelectionProblem,
  solveInParts,
  solveSelection,
} from '../../engine/index.ts';
import { startSelectionCrew } from '../../server/jobs/start-selection-crew.ts';
import { peakMb } from '../cli/measure.ts';
import { type BenchRow, measureAsync } from './bench-row.ts';
import { makeSelectionCity, selectionCities } from './selection-city.ts';

const SHARE = 0.95;
const EFFORT = { priceSteps: 600, improveSteps: 20_000, seed: 1 };
const THREAD_MB = 2048;
const GAP_MOST = { core: 4, corePlus: 5 } as const;

/** `short`: 40 000 candidates; otherwise 200 000, and 500 000 too with `huge`: minutes, and nothing else may run meanwhile. */
export async function benchParts(short: boolean, huge = false): Promise<BenchRow[]> {
  if (short) {
    const small = { ...selectionCities.core, areaKm2: 140, candidates: 40_000 };
    return rowsOf('40 000', makeSelectionCity(small), 10_000, null, true);
  }
  const rows = await rowsOf('200 000', makeSelectionCity(selectionCities.core), 25_000, GAP_MOST.core, true);
  if (huge)
    rows.push(
      ...(await rowsOf(
        '500 000',
        makeSelectionCity(selectionCities.corePlus),
        60_000,
        GAP_MOST.corePlus,
        false,
      )),
    );
  return rows;
}

/** `unsplit`: also as one problem, which takes as long as everything else together. */
async function rowsOf(
  name: string,
  problem: SelectionProblem,
  partSites: number,
  gapMost: number | null,
  unsplit: boolean,
): Promise<BenchRow[]> {
  const choice: SelectionChoice = {
    required: problem.targets.map(({ weight }) =>
      Math.ceil(SHARE * weight.reduce((sum, own) => sum + own, 0)),
    ),
    budget: null,
    maxSites: null,
    existing: [],
    locked: [],
    refused: [],
    rules: noRules,
  };
  const plain: PartsPlan = { ...inOneThread, partSites };
  const crew = startSelectionCrew(2, THREAD_MB, new Int32Array(new SharedArrayBuffer(4)));
  const row = async (step: string, solve: () => Promise<Selection>): Promise<[BenchRow, Selection]> => {
    const before = process.cpuUsage();
    const { value, seconds } = await measureAsync(solve);
    const { user, system } = process.cpuUsage(before);
    const gap = 100 * value.certificate.gap;
    const note =
      `${Math.round((user + system) / 1e6)} s of processor time, cost ${value.cost}, bound ${value.certificate.bound}, ` +
      `${checkPlan(problem, choice, value).length} findings, peak so far ${peakMb()} MB`;
    const figure = { value: gap, unit: '% gap', target: gapMost ?? gap, better: 'less' } as const;
    return [
      { step: `${name} candidates, ${step}`, seconds, note, ...(gapMost !== null && { figure }) },
      value,
    ];
  };
  try {
    const [two, byTwo] = await row('parts, two threads', () =>
      solveInParts(problem, choice, EFFORT, { ...plain, lanes: 2, runPart: crew.runPart }),
    );
    const [one, byOne] = await row('parts, one thread', () => solveInParts(problem, choice, EFFORT, plain));
    const isSame = byTwo.cost === byOne.cost && byTwo.certificate.bound === byOne.certificate.bound;
    const rows = [{ ...two, note: `${two.note}, ${isSame ? 'the same' : 'ANOTHER'} plan as by one` }, one];
    if (unsplit) rows.push((await row('unsplit', async () => solveSelection(problem, choice, EFFORT)))[0]);
    return rows;
  } finally {
    await crew.end();
  }
}
