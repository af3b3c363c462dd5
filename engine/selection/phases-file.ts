// The phases of a plan as two files beside its certificate: `phases.json` with every number and every site by its id, and
// `phase-prices.bin` with the bin prices that prove the bounds of the phases (single precision, little-endian, one row per set).
import { PlanningError } from '../model/planning-error.ts';
import type { BinPrices } from './certificate.ts';
import { aNumber, aWord, listOf, orNull, partsOf } from './file-shape.ts';
import type { PhasedSelection, PhaseOutcome } from './phases/phase-plan.ts';
import type { Selection, SelectionProblem } from './selection-problem.ts';

/** What a reader finds in `phases.json`. */
export interface PhasesFile {
  readonly format: typeof FORMAT;
  readonly order: PhasedSelection['order'];
  readonly cost: number;
  readonly worth: number;
  readonly years: readonly (Omit<PhaseOutcome, 'opened' | 'demolished'> & {
    readonly opened: readonly string[];
    readonly demolished: readonly string[];
  })[];
  /** Price per target of each set of prices. */
  readonly perTarget: readonly (readonly number[])[];
}

const FORMAT = 'zhanzhi-phases-1';
const BYTES = 4;

export function encodePhases(
  { siteIds }: SelectionProblem,
  { order, cost, worth, years, prices }: PhasedSelection,
): { readonly file: PhasesFile; readonly prices: Uint8Array } {
  const idsOf = (sites: readonly number[]): string[] => sites.map((site) => siteIds[site]!);
  const bins = prices[0]?.perBin.length ?? 0;
  const bytes = new Uint8Array(BYTES * bins * prices.length);
  const view = new DataView(bytes.buffer);
  prices.forEach(({ perBin }, set) => {
    for (let bin = 0; bin < bins; bin++) view.setFloat32(BYTES * (set * bins + bin), perBin[bin]!, true);
  });
  return {
    file: {
      format: FORMAT,
      order,
      cost,
      worth,
      years: years.map((year) => ({
        ...year,
        opened: idsOf(year.opened),
        demolished: idsOf(year.demolished),
      })),
      perTarget: prices.map(({ perTarget }) => [...perTarget]),
    },
    prices: bytes,
  };
}

/**
 * In the indexes of `problem`. `last`: the plan of the last phase, from its certificate. Throws PlanningError SELECTION_CERTIFICATE
 * when the file is none, names a site the problem does not know, or comes with other bins.
 */
export function decodePhases(
  { siteIds, cover }: SelectionProblem,
  file: unknown,
  prices: Uint8Array,
  last: Selection,
): PhasedSelection {
  const { order, cost, worth, years, perTarget } = trusted(file);
  const indexes = new Map(siteIds.map((id, index) => [id, index]));
  const indexOf = (id: string): number => indexes.get(id) ?? refuse('site', String(id));
  const { binCount } = cover;
  if (prices.length !== BYTES * binCount * perTarget.length) refuse('priceBytes', prices.length);
  const view = new DataView(prices.buffer, prices.byteOffset, prices.byteLength);
  return {
    order,
    cost,
    worth,
    years: years.map((year) => ({
      ...year,
      opened: year.opened.map(indexOf),
      demolished: year.demolished.map(indexOf),
    })),
    last,
    prices: perTarget.map(
      (ofTargets, set): BinPrices => ({
        perTarget: Float64Array.from(ofTargets),
        perBin: Float32Array.from({ length: binCount }, (_, bin) =>
          view.getFloat32(BYTES * (set * binCount + bin), true),
        ),
      }),
    ),
  };
}

const aBound = orNull(partsOf({ bound: aNumber, prices: aNumber }));
const shape = partsOf({
  order: aWord,
  cost: aNumber,
  worth: aNumber,
  years: listOf(
    partsOf({
      id: aWord,
      status: aWord,
      opened: listOf(aWord),
      demolished: listOf(aWord),
      sites: aNumber,
      cost: aNumber,
      covered: listOf(aNumber),
      missing: listOf(aNumber),
      leastCost: aBound,
      mostCovered: aBound,
    }),
  ),
  perTarget: listOf(listOf(aNumber)),
});

/** What numbers and words mean is checked against the recount; here each only has to be one. */
function trusted(file: unknown): PhasesFile {
  if (typeof file !== 'object' || file === null) return refuse('phases', JSON.stringify(file) ?? typeof file);
  const { format, years } = file as Partial<PhasesFile>; // looked at below
  if (format !== FORMAT) return refuse('phases', String(format));
  const wrong = shape(file, '');
  if (wrong !== null) return refuse(wrong, '?');
  if (years?.length === 0) return refuse('years', 0);
  return file as PhasesFile; // looked at part by part
}

function refuse(what: string, found: string | number): never {
  throw new PlanningError('SELECTION_CERTIFICATE', { what, found });
}
