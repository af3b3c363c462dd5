// Whether a certificate proves what it claims: prices in their box, terms that add up, a bound no stronger than the prices allow over the
// full list of candidates, a plan that does not pass its own bound, the gap, and `optimal` only where bound and plan meet.
// What a complete search proved cannot be recomputed in one pass; `takenOnTrust` says so.
import type { BinPrices, Certificate } from '../certificate.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import type { Find } from './plan-finding.ts';
import { makeSiteReader } from './recount.ts';
import { fullPrices, neededAt, type RecountedBound, recountBound } from './recount-bound.ts';

/** What the plan was found to be. */
export interface CountedPlan {
  readonly reached: boolean;
  /** Yuan of the new sites. */
  readonly cost: number;
  /** Weight times worth, one per target. */
  readonly covered: Float64Array;
  readonly ceiling: Float64Array;
}

/** Single precision may round a price up by this share of it. */
const PRICE_ROUNDING = 1e-6;
/** Terms and gaps are compared to this share of their size. */
const SAME = 1e-7;
/** More prices out of their box than this are not listed one by one. */
const MOST_BIN_FINDINGS = 5;

export function checkCertificate(
  problem: SelectionProblem,
  choice: SelectionChoice,
  { certificate }: Selection,
  plan: CountedPlan,
  find: Find,
): void {
  const kind = plan.reached ? 'cost' : 'covered';
  if (certificate.kind !== kind) find('CERTIFICATE_KIND', '', certificate.kind, kind);
  if (!(Number.isInteger(certificate.steps) && certificate.steps >= 0))
    find('CERTIFICATE_STEPS', '', certificate.steps, 0);
  const value = certificate.kind === 'cost' ? plan.cost : plan.covered[0]!;
  checkClaims(certificate, value, find);

  const pricesHold = certificate.prices === null || checkPrices(problem, certificate.prices, find);
  if (!pricesHold) return;
  const reader = makeSiteReader(problem);
  const trivial = recountBound(problem, choice, certificate.kind, noPrices(problem), reader);
  const priced =
    certificate.prices && recountBound(problem, choice, certificate.kind, certificate.prices, reader);
  if (priced) checkParts(certificate, priced, find);
  checkBound(certificate, provedBy(certificate.kind, trivial, priced, plan.ceiling), priced !== null, find);
}

/** What had to be believed of a plan that passed: the part of an exact bound that no prices prove. null: everything was recomputed. */
export function takenOnTrust(
  problem: SelectionProblem,
  choice: SelectionChoice,
  { certificate, ceiling }: Selection,
): { readonly claimed: number; readonly proved: number } | null {
  const { kind, bound, method } = certificate;
  if (method !== 'exact') return null;
  const reader = makeSiteReader(problem);
  const trivial = recountBound(problem, choice, kind, noPrices(problem), reader);
  const priced = certificate.prices && recountBound(problem, choice, kind, certificate.prices, reader);
  const proved = provedBy(kind, trivial, priced, ceiling);
  return (kind === 'cost' ? bound <= proved : bound >= proved) ? null : { claimed: bound, proved };
}

/** What needs no prices: the plan against its bound, the gap, the word optimal. */
function checkClaims({ kind, bound, gap, optimal }: Certificate, value: number, find: Find): void {
  if (kind === 'cost' ? bound > value : bound < value || Number.isNaN(bound))
    find('CERTIFICATE_BOUND_PASSED', '', bound, value);
  const expected = gapOf(kind, bound, value);
  const same = gap === expected || Math.abs(gap - expected) <= SAME * Math.max(1, expected);
  if (!same) find('CERTIFICATE_GAP', '', gap, expected);
  if (optimal !== (bound === value))
    find('CERTIFICATE_OPTIMAL', '', String(optimal), String(bound === value));
}

function gapOf(kind: Certificate['kind'], bound: number, value: number): number {
  if (bound === value) return 0;
  return kind === 'cost' ? (value - bound) / bound : (bound - value) / value;
}

/** False when a price lies out of its box: then the bound proves nothing. */
function checkPrices(problem: SelectionProblem, { perTarget, perBin }: BinPrices, find: Find): boolean {
  const before = { holds: true };
  const wrong: Find = (...facts) => {
    before.holds = false;
    find(...facts);
  };
  if (perTarget.length !== problem.targets.length)
    wrong('CERTIFICATE_TARGET_PRICE', 'all', perTarget.length, problem.targets.length);
  perTarget.forEach((price, target) => {
    if (!(price >= 0 && price < Infinity))
      wrong('CERTIFICATE_TARGET_PRICE', problem.targets[target]?.id ?? String(target), price, '>= 0');
  });
  if (perBin.length !== problem.cover.binCount)
    wrong('CERTIFICATE_BIN_PRICE', 'all', perBin.length, problem.cover.binCount);
  if (!before.holds) return false;
  const full = fullPrices(problem, perTarget);
  let told = 0;
  for (let bin = 0; bin < full.length && told < MOST_BIN_FINDINGS; bin++) {
    const cap = full[bin]! / neededAt(problem, bin);
    const price = perBin[bin]!;
    if (price >= 0 && price <= cap * (1 + PRICE_ROUNDING)) continue;
    wrong('CERTIFICATE_BIN_PRICE', String(bin), price, `0..${cap}`);
    told++;
  }
  return before.holds;
}

/** A bound of a share names the limit it is counted in; without limits it is the ceiling, and its terms say nothing. */
function checkParts({ parts }: Certificate, { ledgers, bins, scale }: RecountedBound, find: Find): void {
  if (parts.required === Infinity) return;
  const isNear = (found: number, expected: number): boolean =>
    Math.abs(found - expected) <= SAME * (scale + Math.abs(expected));
  const ledger = ledgers.find(({ required }) => isNear(parts.required, required));
  if (!ledger) find('CERTIFICATE_PART_REQUIRED', '', parts.required, ledgers[0]!.required);
  if (!isNear(parts.bins, bins)) find('CERTIFICATE_PART_BINS', '', parts.bins, bins);
  const sites = Math.max(...(ledger ? [ledger] : ledgers).map((one) => one.sites));
  if (!(parts.sites <= sites + SAME * (scale + Math.abs(sites))))
    find('CERTIFICATE_PART_SITES', '', parts.sites, sites);
}

/** The strongest that follows from the prices, from no prices, and from the ceiling. */
function provedBy(
  kind: Certificate['kind'],
  trivial: RecountedBound,
  priced: RecountedBound | null,
  ceiling: ArrayLike<number>,
): number {
  const bounds = [trivial.bound, priced?.bound ?? trivial.bound];
  return kind === 'cost' ? Math.max(...bounds) : Math.min(ceiling[0]!, ...bounds);
}

/** A complete search may prove more than prices do: what it says is taken on trust. Counting proves what needs no prices. */
function checkBound(
  { kind, bound, method }: Certificate,
  proved: number,
  hasPrices: boolean,
  find: Find,
): void {
  if (method === 'exact') return;
  if (kind === 'cost' ? bound <= proved : bound >= proved) return;
  if (method === 'counted') find('CERTIFICATE_METHOD', method, bound, proved);
  else find(hasPrices ? 'CERTIFICATE_BOUND' : 'CERTIFICATE_PRICES_MISSING', '', bound, proved);
}

function noPrices({ targets, cover }: SelectionProblem): BinPrices {
  return { perTarget: new Float64Array(targets.length), perBin: new Float32Array(cover.binCount) };
}
