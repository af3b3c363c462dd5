// One model through one instance of HiGHS (Huangfu and Hall 2018), whoever loaded it: the same few calls on the server, in the
// browser and in tests. The package itself stays outside the engine, so only the calls that are used are named here.
import type { MipAnswer, MipNews, MipOptions } from './mip-solver.ts';

/** What is used of a loaded `highs`. */
export interface HighsLike {
  readonly createModel: (source: { readonly format: 'lp'; readonly data: string }) => HighsModelLike;
}

interface HighsModelLike {
  readonly options: {
    readonly set: (values: Readonly<Record<string, number | boolean | string>>) => unknown;
  };
  readonly info: { readonly get: (name: string) => number | bigint };
  readonly getColByName: (name: string) => number;
  readonly setSolution: (solution: { readonly colValue: Float64Array }) => unknown;
  readonly run: (handlers: Readonly<Record<number, (event: HighsEvent) => undefined>>) => unknown;
  readonly getModelStatus: () => number;
  readonly getSolution: () => { readonly colValue: Float64Array };
  readonly dispose: () => void;
}

interface HighsEvent {
  readonly data: {
    readonly running_time?: number;
    readonly mip_primal_bound?: number;
    readonly mip_dual_bound?: number;
    readonly mip_solution?: Float64Array;
  };
  readonly interrupt?: () => void;
}

/** Numbers of the HiGHS C API. */
const STATUS = { empty: 6, optimal: 7, infeasible: 8, unboundedOrInfeasible: 9, limits: [13, 14, 16, 17] };
const FOUND = 4;
const LOGGED = 5;
/** Columns and rows may miss by this much: the targets are large numbers, and a plan short of one is of no use. */
const TOLERANCE = 1e-8;
/** Values nearer to 1 than to 0. */
const HALF = 0.5;

/** Blocks until it is done. `tell` hears of better plans and bounds, with the plan when there is a new one. */
export function runMip(
  highs: HighsLike,
  text: string,
  options: Omit<MipOptions, 'onNews'>,
  tell: (news: MipNews, chosen: readonly number[] | null) => void,
): MipAnswer {
  const model = highs.createModel({ format: 'lp', data: text });
  try {
    model.options.set({
      output_flag: false,
      time_limit: options.seconds,
      mip_rel_gap: 0,
      mip_abs_gap: options.gap,
      mip_feasibility_tolerance: TOLERANCE,
      primal_feasibility_tolerance: TOLERANCE,
      random_seed: 0,
    });
    const columns = Array.from({ length: options.choices }, (_, choice) => model.getColByName(`x${choice}`));
    const chosenOf = (values: Float64Array) =>
      columns.flatMap((column, choice) => (values[column]! > HALF ? [choice] : []));
    if (options.start !== null) {
      const { names, values } = options.start;
      const colValue = new Float64Array(names.length);
      names.forEach((name, index) => {
        colValue[model.getColByName(name)] = values[index]!;
      });
      model.setSolution({ colValue });
    }
    let chosen: readonly number[] | null = null;
    let bound: number | null = null;
    const hear = ({ data }: HighsEvent): undefined => {
      bound = finite(data.mip_dual_bound);
      const isNew = data.mip_solution !== undefined;
      if (isNew) chosen = chosenOf(data.mip_solution!);
      tell(
        { seconds: data.running_time ?? 0, objective: finite(data.mip_primal_bound), bound },
        isNew ? chosen : null,
      );
    };
    model.run({ [FOUND]: hear, [LOGGED]: hear });
    const status = model.getModelStatus();
    if (status === STATUS.infeasible || status === STATUS.unboundedOrInfeasible)
      return { status: 'infeasible', bound: null, chosen: null };
    if (status === STATUS.optimal || status === STATUS.empty) {
      chosen = chosenOf(model.getSolution().colValue);
      return { status: 'optimal', bound: finite(Number(model.info.get('mip_dual_bound'))), chosen };
    }
    if (!STATUS.limits.includes(status)) return { status: 'failed', bound, chosen: null };
    return { status: 'limit', bound: finite(Number(model.info.get('mip_dual_bound'))) ?? bound, chosen };
  } finally {
    model.dispose();
  }
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
