// A plan: the selection with what each site added, what it displaced, what is missing and why, and all totals.
// Every figure comes from whole-number weights and probability grades per bin, so it can be recounted from raster and grid.
import { computeQuality } from '../coverage/compute-quality.ts';
import { GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import type {
  CoverageQuality,
  CoverageRaster,
  OnProgress,
  PlanCertificate,
  PlanChoice,
  PlanInput,
  PlanItem,
  PlanResult,
  PlanSummary,
} from '../model/plan.ts';
import type { Site } from '../model/site.ts';
import type { BinPrices } from '../selection/certificate.ts';
import { type CertificateFile, encodeCertificate } from '../selection/certificate-file.ts';
import { bestGrades } from '../selection/cover/best-grades.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import type { MipSolver } from '../selection/exact/mip-solver.ts';
import type { PartsPlan } from '../selection/parts/solve-in-parts.ts';
import { encodePhases, type PhasesFile } from '../selection/phases-file.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';
import { addReplacements } from './add-replacements.ts';
import { checkChoice } from './check-choice.ts';
import { chooseExactlyOrKeep } from './choose-exactly.ts';
import { type ChosenSites, chooseSites, chooseSitesInParts } from './choose-sites.ts';
import { chosenConfiguration } from './configure-sites.ts';
import { creditServers } from './credit-servers.ts';
import { type Credits, creditSteps, type StepCredit } from './credit-steps.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { explainPlanReach } from './explain-plan-reach.ts';
import { findDisplaced } from './find-displaced.ts';
import { findUncovered } from './find-uncovered.ts';
import { fingerprintWith } from './fingerprint.ts';
import { makeRaster, siteLevelsOf } from './make-raster.ts';
import { countInsideBuildings, markRanges } from './mark-ranges.ts';
import { type PreparedCoverage, prepareCoverage } from './prepare-coverage.ts';
import { addAloneCosts, scenarioTotals, wholeOf } from './scenario-totals.ts';
import { requestOf, type SelectionRequest, watchOf } from './selection-request.ts';
import { areaDutiesOf, corridorDutiesOf, oneServerShares, serverTotalOf } from './sum-duties.ts';
import { summarizeQuality } from './summarize-quality.ts';
import { zoneTotal } from './zone-totals.ts';

const PROGRESS_EVERY_SITES = 5;

/**
 * What proves the bound of a plan: `certificate.json` and `prices.bin` (selection/certificate-file.ts), and with phases `phases.json` and
 * `phase-prices.bin` (selection/phases-file.ts).
 */
export interface PlanProof {
  readonly file: CertificateFile;
  readonly prices: Uint8Array | null;
  readonly phases: { readonly file: PhasesFile; readonly prices: Uint8Array } | null;
}

export interface ProvenPlan extends PlanResult {
  readonly proof: PlanProof;
}

/** Coverage and plan in one. */
export function computePlan(input: PlanInput, choice: PlanChoice, onProgress?: OnProgress): ProvenPlan {
  checkChoice(choice);
  return makePlan(prepareCoverage(input, onProgress), choice, onProgress);
}

/**
 * Plans on coverage that is prepared, with what could replace each site: seconds for a district and a quick effort. Refused and locked ids that are no
 * candidates in reach of the areas have nothing to say here. Throws SELECTION_*; reports `selection` and `plan`. When `shouldStop`
 * says true the search ends with the best plan found so far.
 */
export function makePlan(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  onProgress?: OnProgress,
  shouldStop?: () => boolean,
): ProvenPlan {
  checkChoice(choice);
  const chosen = chooseSites(requestOf(prepared, choice), watchOf(onProgress, shouldStop));
  return completePlan(prepared, choice, chosen, onProgress, shouldStop);
}

/** A plan that is kept: described, with what could replace each site, why it falls short and what its scenarios cost. Reports `plan`. */
export function completePlan(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  chosen: ChosenSites,
  onProgress?: OnProgress,
  shouldStop?: () => boolean,
): ProvenPlan {
  const plan = describePlan(prepared, choice, chosen, onProgress);
  const { scenarios } = plan.summary;
  return {
    ...plan,
    summary: {
      ...plan.summary,
      reach: explainPlanReach(prepared, chosen),
      scenarios: addAloneCosts(prepared, choice, scenarios, onProgress, shouldStop),
    },
    items: addReplacements(prepared, chosen, plan.items),
  };
}

/**
 * `makePlan` with large selections in parts, and a complete search where one is asked for and a solver is at hand; any other plan of few
 * candidates is that of `makePlan`, byte by byte.
 */
export async function makePlanInParts(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  parts: PartsPlan & { readonly solveMip?: MipSolver },
  onProgress?: OnProgress,
  shouldStop?: () => boolean,
): Promise<ProvenPlan> {
  checkChoice(choice);
  const request = requestOf(prepared, choice);
  const watch = watchOf(onProgress, shouldStop);
  const searched = await chooseSitesInParts(request, parts, watch);
  const isWanted = parts.solveMip !== undefined && shouldStop?.() !== true;
  const chosen = isWanted ? await chooseExactlyOrKeep(searched, parts.solveMip, watch) : searched;
  return completePlan(prepared, choice, chosen, onProgress, shouldStop);
}

/** Rows, totals, reasons, raster and fingerprint of sites that are chosen; what could replace them and `reach` are left open. Reports `plan`. */
export function describePlan(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  chosen: ChosenSites,
  onProgress?: OnProgress,
): ProvenPlan {
  const { grid, sites, footprints } = prepared;
  const { selection } = chosen;
  const refused = new Set(chosen.request.choice.refused);
  const open = selection.steps.map((step) => step.site);
  computeLevels(prepared, open, onProgress);
  const quality = qualityOf(prepared, open, onProgress);
  const { binCount, siteCount } = footprints;
  const served = bestGrades(
    { kind: 'grades', binCount, siteCount, footprints, gradeValue: GRADE_VALUE },
    open,
  );
  const credits = creditSteps(prepared, selection, served);
  const rowCredits = choice.servers ? creditServers(prepared, selection, choice.servers) : credits.steps;
  const { patches, codes } = findUncovered(prepared, selection, served.best, refused);
  const raster = makeRaster(prepared, open, served.best, codes, quality);

  const openSites = {
    existing: prepared.existing.map((site) => sites[site]!),
    chosen: open.slice(prepared.existing.length).map((site) => sites[site]!),
  };
  const result: ProvenPlan = {
    fingerprint: fingerprintWith(prepared.inputDigest(), choice),
    engineVersion: ENGINE_VERSION,
    summary: {
      ...summaryOf(prepared, choice, chosen, credits, open, raster, quality),
      corridors: corridorDutiesOf(prepared, choice, chosen, served),
    },
    items: itemsOf(prepared, choice, chosen, rowCredits, refused),
    areas: prepared.areas.map(({ area, share }) =>
      zoneTotal({ id: area.id, name: area.name, geometry: area.geometry, share }, grid, credits, openSites),
    ),
    districts: prepared.districts.map(({ district, share }) =>
      zoneTotal(
        { id: district.code, name: district.name, geometry: district.geometry, share },
        grid,
        credits,
        openSites,
      ),
    ),
    uncovered: patches,
    raster,
    proof: proofOf(chosen),
  };
  onProgress?.({ step: 'plan', done: 2 * open.length, total: 2 * open.length });
  return result;
}

function proofOf({ request, selection, phased }: ChosenSites): PlanProof {
  const { problem, choice } = request;
  return {
    ...encodeCertificate(problem, choice, selection, ENGINE_VERSION),
    phases: phased && encodePhases(problem, phased),
  };
}

/** The first half of the step `plan`. */
function computeLevels(
  prepared: PreparedCoverage,
  open: readonly number[],
  onProgress: OnProgress | undefined,
): void {
  const total = 2 * open.length;
  for (const [index, site] of open.entries()) {
    if (index % PROGRESS_EVERY_SITES === 0) onProgress?.({ step: 'plan', done: index, total });
    siteLevelsOf(prepared, site);
  }
}

/** The second half. */
function qualityOf(
  { model, sites, places, input }: PreparedCoverage,
  open: readonly number[],
  onProgress: OnProgress | undefined,
): CoverageQuality {
  const stations = open.map((site) => ({ siteId: sites[site]!.id, place: places[site]! }));
  return computeQuality(model, stations, input.radio, (done, total) =>
    onProgress?.({ step: 'plan', done: open.length + done, total: open.length + total }),
  );
}

function itemsOf(
  prepared: PreparedCoverage,
  { lockedSiteIds }: PlanChoice,
  { request, selection, phaseOf }: ChosenSites,
  credits: readonly StepCredit[],
  refused: ReadonlySet<number>,
): PlanItem[] {
  const totalWeight = wholeWeight(prepared, request.problem);
  const displaced = findDisplaced(prepared, request.problem, selection, refused);
  const existing = prepared.existing.length;
  const locked = new Set(lockedSiteIds);
  return selection.steps.map(({ site, placedBy, gain, coveredAfter }, index) => {
    const { gainBins, gainPeople, uniqueWeight, uniquePeople, uniqueBins } = credits[index]!;
    const isExisting = placedBy === 'existing';
    const own = prepared.sites[site]!;
    return {
      siteId: own.id,
      rank: isExisting ? 0 : index - existing + 1,
      status: isExisting ? 'existing' : 'new',
      // with configurations a lock is a group of which one opens, whatever opened it
      placedBy: !isExisting && locked.has(own.id) ? 'locked' : placedBy,
      costCny: isExisting ? 0 : own.costCny,
      gainBins,
      gainWeightShare: shareOf(gain, totalWeight),
      gainPeople,
      shareAfter: shareOf(coveredAfter, totalWeight),
      uniqueWeightShare: shareOf(uniqueWeight, totalWeight),
      uniquePeople,
      uniqueBins,
      replacement: null,
      displaced: displaced[index]!,
      phase: phaseOf.get(site) ?? 0,
      configuration: chosenConfiguration(
        { site: own, configuration: prepared.configurationOf[site]! },
        prepared.profile.id,
      ),
    };
  });
}

function summaryOf(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  chosen: ChosenSites,
  credits: Credits,
  open: readonly number[],
  raster: CoverageRaster,
  quality: CoverageQuality,
): PlanSummary {
  const { grid, input, sites, surface, existing } = prepared;
  const { selection } = chosen;
  const totalWeight = wholeWeight(prepared, chosen.request.problem);
  let groundM2 = 0;
  let coveredBinary = 0;
  let people = 0;
  for (let bin = 0; bin < grid.binCount; bin++) {
    groundM2 += grid.areaM2[bin]!;
    if (grid.indoor[bin] === 1) continue;
    if (credits.best[bin]! >= HALF_GRADE) coveredBinary += grid.weight[bin]!;
    if (grid.people) people += grid.people[bin]!;
  }
  const coveredPeople = credits.steps.reduce((sum, step) => sum + (step.gainPeople ?? 0), 0);
  const lastExisting = selection.steps[existing.length - 1];
  return {
    status: selection.status,
    reach: null,
    certificate: certificateOf(chosen, totalWeight),
    phases: chosen.phases,
    duties: areaDutiesOf(choice, chosen),
    corridors: [],
    scenarios: scenarioTotals(prepared, choice, chosen),
    servers: serverTotalOf(prepared, choice, chosen),
    candidates: countCandidates(sites),
    existingSites: existing.length,
    bins: grid.bins,
    indoorBins: grid.indoorBins,
    areaKm2: groundM2 / 1e6,
    sites: selection.steps.length - existing.length,
    costCny: selection.cost,
    targetShare: choice.targetShare,
    coveredShare: shareOf(selection.covered[0]!, totalWeight),
    coveredShareBinary: shareOf(coveredBinary, grid.totalWeight),
    existingShare: existing.length > 0 ? shareOf(lastExisting!.coveredAfter, totalWeight) : 0,
    bestShare: shareOf(selection.ceiling[0]!, totalWeight),
    ...(choice.servers && oneServerShares(prepared, chosen.request.choice.refused, credits)),
    people: grid.people ? people : null,
    coveredPeople: grid.people ? coveredPeople : null,
    assumedHeights: surface?.assumedHeights ?? 0,
    insideBuildings: countInsideBuildings(prepared, open),
    ground: surface?.groundM ? 'terrain' : 'flat',
    groundHoles: surface?.groundHoles ?? 0,
    leftOut: prepared.leftOut,
    quality: summarizeQuality(prepared, quality, input.radio),
    outOfRange: markRanges(prepared, open, raster),
    lineOfSight: surface?.hasBuildings ? 'buildings' : 'probability',
    epsg: grid.epsg,
    ruleWord: choice.rule.word,
    thresholdDbm: input.thresholdDbm,
    profileId: input.profileId,
    weightBy: input.weightBy,
  };
}

/** Shares for a person, yuan as they are. */
function certificateOf({ request, selection }: ChosenSites, totalWeight: number): PlanCertificate {
  const { kind, bound, gap, method, optimal, prices, steps } = selection.certificate;
  return {
    kind,
    bound: kind === 'cost' ? bound : shareOf(bound, totalWeight),
    gap: Number.isFinite(gap) ? gap : null,
    method,
    optimal,
    priceSteps: steps,
    lastPointCny: kind === 'cost' && prices ? lastPointOf(request, prices) : null,
  };
}

/** A point more of the whole is a point more in every scenario. */
function lastPointOf({ problem, scenarios }: SelectionRequest, { perTarget }: BinPrices): number {
  const wholes = new Set([0, ...scenarios.map(({ targets }) => targets[0]!)]);
  let points = 0;
  for (const target of wholes) points += perTarget[target]! * wholeOf(problem, target);
  return Math.round(points / 100);
}

/** Each site once, however many configurations it has. */
function countCandidates(sites: readonly Site[]): number {
  const ids = new Set(sites.map(({ id }) => id));
  return ids.size - sites.filter(({ status }) => status === 'existing').length;
}

/** Everything fully covered. */
function wholeWeight({ grid }: PreparedCoverage, problem: SelectionProblem): number {
  return grid.totalWeight * fullWorth(problem);
}

function shareOf(part: number, total: number): number {
  return total > 0 ? part / total : 0;
}
