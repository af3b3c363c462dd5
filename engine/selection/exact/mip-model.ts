// The compact covering model as text in CPLEX LP format, which every solver reads (selection reference, section 1): `x` per free
// site, `z` per covering row, shares, limits, groups, and spacing as cliques. Written in chunks of short lines; some readers end
// a line after 560 characters.
import { greatestDivisor } from '../greatest-divisor.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import type { ReducedProblem } from './reduce-problem.ts';
import { ruleRows } from './rule-rows.ts';

export interface MipModel {
  readonly text: string;
  readonly columns: readonly string[];
  /** What one unit of the objective stands for: yuan, or weight times worth. The objective takes whole numbers. */
  readonly unit: number;
  readonly nonzeros: number;
}

const TERMS_PER_LINE = 8;
/** Large shares are written in larger units, so that the tolerance of a solver stays far below one step of any share. */
const LARGEST_NUMBER = 65_536;
/** Every share is a whole number of steps: half a step less lets no plan in and keeps rounding from shutting one out. */
const HALF_STEP = 0.5;

/** Minimises yuan, or for `covered` the first target's worth with its sign turned; what is open already is left out of both. */
export function writeMipModel(
  problem: SelectionProblem,
  choice: SelectionChoice,
  reduced: ReducedProblem,
): MipModel {
  const { sites, rows, duties, kind } = reduced;
  const targetCount = duties.length;
  const lines: string[] = [];
  let nonzeros = 0;
  const sum = (terms: readonly string[]) => {
    for (let at = 0; at < terms.length; at += TERMS_PER_LINE)
      lines.push(` ${terms.slice(at, at + TERMS_PER_LINE).join(' ')}`);
    nonzeros += terms.length;
  };
  const row = (terms: readonly string[], sense: '<=' | '>=', right: number) => {
    if (terms.length === 0) {
      // no free site can mend it: a row that says so
      if (sense === '<=' ? right >= 0 : right <= 0) return;
      sum(['0 x0']);
    } else sum(terms);
    lines.push(` ${sense} ${right}`);
  };

  const costs = sites.map((site) => problem.cost[site]!);
  const worthOf = (target: number) =>
    Array.from({ length: rows.count }, (_, index) => rows.worth[index * targetCount + target]!);
  const objective = kind === 'cost' ? costs : worthOf(0);
  const unit = Math.max(1, objective.reduce(greatestDivisor, 0));
  const zNames = Array.from({ length: rows.count }, (_, index) => `z${index}`);

  lines.push('Minimize', ' obj:');
  sum(sites.map((_, position) => term(kind === 'cost' ? costs[position]! / unit : 0, `x${position}`)));
  sum(zNames.map((name, index) => term(kind === 'cost' ? 0 : -objective[index]! / unit, name)));
  if (sites.length === 0) lines.push(' 0 x0');
  lines.push('Subject To');
  writeRows(reduced, row);
  duties.forEach((duty, target) => {
    if (duty === 0) return;
    const worth = worthOf(target);
    const step = Math.max(1, worth.reduce(greatestDivisor, 0));
    const scale = scaleOf(Math.ceil(duty / step));
    const terms = zNames.flatMap((name, index) =>
      worth[index] === 0 ? [] : [term(worth[index]! / step / scale, name)],
    );
    row(terms, '>=', (Math.ceil(duty / step) - HALF_STEP) / scale);
  });
  for (const { positions, factors, least, most } of ruleRows(problem, choice, reduced)) {
    const terms = positions.map((position, at) => term(factors[at]!, `x${position}`));
    if (least === -Infinity) row(terms, '<=', most);
    else row(terms, '>=', least);
  }
  lines.push('Bounds');
  zNames.forEach((name, index) => {
    lines.push(` ${name} <= ${rows.most[index]}`);
  });
  lines.push('Binaries');
  for (let position = 0; position < Math.max(1, sites.length); position++) lines.push(` x${position}`);
  zNames.forEach((name, index) => {
    if (rows.need[index]! > 1) lines.push(` ${name}`);
  });
  lines.push('End', '');
  const columns = [...(sites.length === 0 ? ['x0'] : sites.map((_, position) => `x${position}`)), ...zNames];
  return { text: lines.join('\n'), columns, unit, nonzeros };
}

type WriteRow = (terms: readonly string[], sense: '<=' | '>=', right: number) => void;

function writeRows({ rows }: ReducedProblem, row: WriteRow): void {
  for (let index = 0; index < rows.count; index++) {
    const terms: string[] = [];
    for (let at = rows.starts[index]!; at < rows.starts[index + 1]!; at++)
      terms.push(term(1, `x${rows.sites[at]!}`));
    terms.push(term(-rows.need[index]!, `z${index}`));
    row(terms, '>=', 0);
  }
}

function term(factor: number, name: string): string {
  return factor < 0 ? `- ${-factor} ${name}` : `+ ${factor} ${name}`;
}

/** A power of two, so that no digit is lost. */
function scaleOf(largest: number): number {
  let scale = 1;
  while (largest / scale > LARGEST_NUMBER) scale *= 2;
  return scale;
}
