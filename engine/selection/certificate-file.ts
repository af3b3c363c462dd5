// A certified plan as two files, so that anyone with the same candidates can check it later: `certificate.json` with every number and
// every site by its id, and `prices.bin` with the price of each bin (single precision, little-endian, behind a header of 12 bytes).
// The order of the candidates may change between writing and reading; ids may not.
import { PlanningError } from '../model/planning-error.ts';
import type { BinPrices, Certificate } from './certificate.ts';
import { aNumber, aWord, listOf, orNull, partsOf, tableOf, yesOrNo } from './file-shape.ts';
import type {
  Selection,
  SelectionChoice,
  SelectionProblem,
  SelectionStep,
  SiteGroup,
} from './selection-problem.ts';

/** What a reader finds in `certificate.json`. */
export interface CertificateFile {
  readonly format: typeof FORMAT;
  readonly engineVersion: string;
  readonly siteCount: number;
  readonly binCount: number;
  readonly choice: Omit<SelectionChoice, 'required' | 'existing' | 'locked' | 'refused' | 'rules'> & {
    /** Weight times worth by target id. */
    readonly required: Readonly<Record<string, number>>;
    readonly existing: readonly string[];
    readonly locked: readonly string[];
    readonly refused: readonly string[];
    /** Metres of most sites, and of those that differ. */
    readonly spacing: { readonly metres: number; readonly others: Readonly<Record<string, number>> } | null;
    readonly groups: readonly (Omit<SiteGroup, 'sites'> & { readonly sites: readonly string[] })[];
  };
  readonly selection: Omit<Selection, 'steps' | 'covered' | 'ceiling' | 'certificate'> & {
    readonly steps: readonly (Omit<SelectionStep, 'site'> & { readonly site: string })[];
    readonly covered: Readonly<Record<string, number>>;
    readonly ceiling: Readonly<Record<string, number>>;
  };
  /** `gap` null: the bound is 0 and the plan is not. `required` null: the bound is counted in no limit. */
  readonly certificate: Omit<Certificate, 'prices' | 'gap' | 'parts'> & {
    readonly gap: number | null;
    readonly parts: { readonly required: number | null; readonly bins: number; readonly sites: number };
    /** Yuan (or sites) per unit of weight times worth by target id; null: no prices, and no second file. */
    readonly perTarget: Readonly<Record<string, number>> | null;
  };
}

const FORMAT = 'zhanzhi-certificate-1';
const KIND = 0x425a5a31; // "1ZZB" read as a little-endian number
const HEADER_BYTES = 12;

export function encodeCertificate(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
  engineVersion: string,
): { readonly file: CertificateFile; readonly prices: Uint8Array | null } {
  const idsOf = (sites: readonly number[]): string[] => sites.map((site) => problem.siteIds[site]!);
  const byTarget = (values: ArrayLike<number>): Record<string, number> =>
    Object.fromEntries(problem.targets.map(({ id }, at) => [id, values[at]!]));
  const { required, budget, maxSites, existing, locked, refused, rules } = choice;
  const { steps, covered, ceiling, certificate, status, cost } = selection;
  const { prices, gap, parts, ...rest } = certificate;
  const file: CertificateFile = {
    format: FORMAT,
    engineVersion,
    siteCount: problem.cover.siteCount,
    binCount: problem.cover.binCount,
    choice: {
      required: byTarget(required),
      budget,
      maxSites,
      existing: idsOf(existing),
      locked: idsOf(locked),
      refused: idsOf(refused),
      spacing: rules.spacingM && encodeSpacing(problem, rules.spacingM),
      groups: rules.groups.map((group) => ({ ...group, sites: idsOf(group.sites) })),
    },
    selection: {
      status,
      cost,
      covered: byTarget(covered),
      ceiling: byTarget(ceiling),
      steps: steps.map((step) => ({ ...step, site: problem.siteIds[step.site]! })),
    },
    certificate: {
      ...rest,
      gap: finiteOrNull(gap),
      parts: { ...parts, required: finiteOrNull(parts.required) },
      perTarget: prices && byTarget(prices.perTarget),
    },
  };
  return { file, prices: prices && encodePrices(prices.perBin) };
}

/**
 * The choice and the selection of a certificate, in the indexes of `problem`. Throws PlanningError SELECTION_CERTIFICATE when the
 * file is none, names a site or target the problem does not know, or belongs to other bins or another list of candidates.
 */
export function decodeCertificate(
  problem: SelectionProblem,
  file: unknown,
  prices: Uint8Array | null,
): { readonly choice: SelectionChoice; readonly selection: Selection; readonly engineVersion: string } {
  const { choice, selection, certificate, engineVersion, siteCount, binCount } = trusted(file);
  expectSame('siteCount', siteCount, problem.cover.siteCount);
  expectSame('binCount', binCount, problem.cover.binCount);
  const indexes = new Map(problem.siteIds.map((id, index) => [id, index]));
  const indexOf = (id: string): number =>
    indexes.get(id) ?? refuse('site', typeof id === 'string' ? id : String(id));
  const perTarget = (values: Readonly<Record<string, number>>): number[] =>
    problem.targets.map(({ id }) => values[id] ?? refuse('target', id));
  const { spacing, groups, required, existing, locked, refused, budget, maxSites } = choice;
  const { gap, parts, perTarget: targetPrices, ...rest } = certificate;
  return {
    engineVersion,
    choice: {
      required: perTarget(required),
      budget,
      maxSites,
      existing: existing.map(indexOf),
      locked: locked.map(indexOf),
      refused: refused.map(indexOf),
      rules: {
        spacingM: spacing && decodeSpacing(problem, spacing, indexOf),
        groups: groups.map((group) => ({ ...group, sites: group.sites.map(indexOf) })),
      },
    },
    selection: {
      status: selection.status,
      cost: selection.cost,
      covered: perTarget(selection.covered),
      ceiling: perTarget(selection.ceiling),
      steps: selection.steps.map((step) => ({ ...step, site: indexOf(step.site) })),
      certificate: {
        ...rest,
        gap: gap ?? Infinity,
        parts: { ...parts, required: parts.required ?? Infinity },
        prices: targetPrices && decodePrices(perTarget(targetPrices), prices, binCount),
      },
    },
  };
}

/** 12 bytes (kind, bins, 0), then one little-endian float per bin. */
function encodePrices(perBin: Float32Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + 4 * perBin.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, KIND, true);
  view.setUint32(4, perBin.length, true);
  for (let bin = 0; bin < perBin.length; bin++) view.setFloat32(HEADER_BYTES + 4 * bin, perBin[bin]!, true);
  return bytes;
}

function decodePrices(perTarget: readonly number[], bytes: Uint8Array | null, binCount: number): BinPrices {
  if (bytes === null) return refuse('prices', 'absent');
  if (bytes.length !== HEADER_BYTES + 4 * binCount) refuse('priceBytes', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== KIND) refuse('priceKind', view.getUint32(0, true));
  expectSame('priceBins', view.getUint32(4, true), binCount);
  const perBin = Float32Array.from({ length: binCount }, (_, bin) =>
    view.getFloat32(HEADER_BYTES + 4 * bin, true),
  );
  return { perTarget: Float64Array.from(perTarget), perBin };
}

function encodeSpacing(
  { siteIds }: SelectionProblem,
  spacingM: Float64Array,
): { metres: number; others: Record<string, number> } {
  const times = new Map<number, number>();
  for (const metres of spacingM) times.set(metres, (times.get(metres) ?? 0) + 1);
  const [metres = 0] = [...times].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  const others: Record<string, number> = {};
  spacingM.forEach((own, site) => {
    if (own !== metres) others[siteIds[site]!] = own;
  });
  return { metres, others };
}

function decodeSpacing(
  { cost }: SelectionProblem,
  { metres, others }: { readonly metres: number; readonly others: Readonly<Record<string, number>> },
  indexOf: (id: string) => number,
): Float64Array {
  const spacingM = new Float64Array(cost.length).fill(metres);
  for (const [id, own] of Object.entries(others)) spacingM[indexOf(id)] = own;
  return spacingM;
}

const shape = partsOf({
  siteCount: aNumber,
  binCount: aNumber,
  choice: partsOf({
    required: tableOf(aNumber),
    budget: orNull(aNumber),
    maxSites: orNull(aNumber),
    existing: listOf(aWord),
    locked: listOf(aWord),
    refused: listOf(aWord),
    spacing: orNull(partsOf({ metres: aNumber, others: tableOf(aNumber) })),
    groups: listOf(
      partsOf({
        id: aWord,
        sites: listOf(aWord),
        leastSites: orNull(aNumber),
        mostSites: orNull(aNumber),
        mostCost: orNull(aNumber),
      }),
    ),
  }),
  selection: partsOf({
    status: aWord,
    cost: aNumber,
    covered: tableOf(aNumber),
    ceiling: tableOf(aNumber),
    steps: listOf(partsOf({ site: aWord, placedBy: aWord, gain: aNumber, coveredAfter: aNumber })),
  }),
  certificate: partsOf({
    kind: aWord,
    bound: aNumber,
    gap: orNull(aNumber),
    method: aWord,
    optimal: yesOrNo,
    steps: aNumber,
    parts: partsOf({ required: orNull(aNumber), bins: aNumber, sites: aNumber }),
    perTarget: orNull(tableOf(aNumber)),
  }),
});

/** What numbers and words mean is checked against the recount; here each only has to be one. */
function trusted(file: unknown): CertificateFile {
  if (typeof file !== 'object' || file === null) return refuse('file', JSON.stringify(file) ?? typeof file);
  if (!('format' in file) || file.format !== FORMAT)
    return refuse('format', 'format' in file ? String(file.format) : 'absent');
  const wrong = shape(file, '');
  if (wrong !== null) return refuse(wrong, '?');
  return file as CertificateFile; // looked at part by part
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function expectSame(what: string, found: number, expected: number): void {
  if (found !== expected) throw new PlanningError('SELECTION_CERTIFICATE', { what, found, expected });
}

function refuse(what: string, found: string | number): never {
  throw new PlanningError('SELECTION_CERTIFICATE', { what, found });
}
