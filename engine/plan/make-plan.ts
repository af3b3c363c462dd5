// A plan: the selection with what each site added, what it displaced, what is missing and why, and all totals.
// Every figure comes from whole-number weights and probability grades per bin, so it can be recounted from raster and grid.
import { computeQuality } from '../coverage/compute-quality.ts';
import { FULL_GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import type {
  CoverageQuality,
  CoverageRaster,
  OnProgress,
  PlanChoice,
  PlanInput,
  PlanItem,
  PlanResult,
  PlanSummary,
} from '../model/plan.ts';
import { selectSites } from '../selection/select-sites.ts';
import type { Selection } from '../selection/selection-problem.ts';
import { checkChoice, targetWeightOf } from './check-choice.ts';
import { type Credits, creditSteps } from './credit-steps.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { findDisplaced } from './find-displaced.ts';
import { findUncovered } from './find-uncovered.ts';
import { fingerprintWith } from './fingerprint.ts';
import { makeRaster, siteLevelsOf } from './make-raster.ts';
import { countInsideBuildings, markRanges } from './mark-ranges.ts';
import { type PreparedCoverage, prepareCoverage } from './prepare-coverage.ts';
import { summarizeQuality } from './summarize-quality.ts';
import { zoneTotal } from './zone-totals.ts';

const PROGRESS_EVERY_SITES = 5;

/** Coverage and plan in one. */
export function computePlan(input: PlanInput, choice: PlanChoice, onProgress?: OnProgress): PlanResult {
  checkChoice(choice);
  return makePlan(prepareCoverage(input, onProgress), choice, onProgress);
}

/**
 * Plans on coverage that is prepared: a fraction of a second for a district. Refused and locked ids that are no candidates
 * in reach of the areas have nothing to say here. Throws SELECTION_*; reports `selection` and `plan`.
 */
export function makePlan(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  onProgress?: OnProgress,
): PlanResult {
  checkChoice(choice);
  const { grid, sites } = prepared;
  const refused = candidateIndexes(prepared, choice.refusedSiteIds);
  const totalWeight = grid.totalWeight * FULL_GRADE_VALUE;
  const targetWeight = targetWeightOf(choice.targetShare, totalWeight);
  onProgress?.({ step: 'selection', done: 0, total: targetWeight });
  const selection = selectSites(
    prepared.problem,
    {
      targetWeight,
      budget: choice.budgetCny,
      maxSites: choice.maxSites,
      existing: prepared.existing,
      locked: candidateIndexes(prepared, choice.lockedSiteIds),
      refused,
    },
    onProgress,
  );
  onProgress?.({ step: 'selection', done: targetWeight, total: targetWeight });

  const open = selection.steps.map((step) => step.site);
  computeLevels(prepared, open, onProgress);
  const quality = qualityOf(prepared, open, onProgress);
  const credits = creditSteps(prepared, selection);
  const refusedSet = new Set(refused);
  const { patches, codes } = findUncovered(prepared, selection, refusedSet);
  const raster = makeRaster(prepared, open, selection.best, codes, quality);
  const items = itemsOf(prepared, selection, credits, totalWeight, refusedSet);

  const openSites = {
    existing: prepared.existing.map((site) => sites[site]!),
    chosen: open.slice(prepared.existing.length).map((site) => sites[site]!),
  };
  const result: PlanResult = {
    fingerprint: fingerprintWith(prepared.inputDigest(), choice),
    engineVersion: ENGINE_VERSION,
    summary: summaryOf(prepared, choice, selection, credits, totalWeight, open, raster, quality),
    items,
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
  };
  onProgress?.({ step: 'plan', done: 2 * open.length, total: 2 * open.length });
  return result;
}

/** Indexes of the named sites that are candidates in reach, by id, each once. */
function candidateIndexes(prepared: PreparedCoverage, ids: readonly string[]): number[] {
  return [...new Set(ids)].sort().flatMap((id) => {
    const index = prepared.siteIndexes.get(id);
    return index === undefined || prepared.sites[index]!.status === 'existing' ? [] : [index];
  });
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
  selection: Selection,
  credits: Credits,
  totalWeight: number,
  refused: ReadonlySet<number>,
): PlanItem[] {
  const displaced = findDisplaced(prepared, selection, refused);
  const existing = prepared.existing.length;
  return selection.steps.map(({ site, placedBy, gain, coveredAfter }, index) => {
    const { gainBins, gainPeople, uniqueWeight, uniquePeople } = credits.steps[index]!;
    const isExisting = placedBy === 'existing';
    return {
      siteId: prepared.sites[site]!.id,
      rank: isExisting ? 0 : index - existing + 1,
      status: isExisting ? 'existing' : 'new',
      placedBy,
      costCny: isExisting ? 0 : prepared.sites[site]!.costCny,
      gainBins,
      gainWeightShare: shareOf(gain, totalWeight),
      gainPeople,
      shareAfter: shareOf(coveredAfter, totalWeight),
      uniqueWeightShare: shareOf(uniqueWeight, totalWeight),
      uniquePeople,
      displaced: displaced[index]!,
    };
  });
}

function summaryOf(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  selection: Selection,
  credits: Credits,
  totalWeight: number,
  open: readonly number[],
  raster: CoverageRaster,
  quality: CoverageQuality,
): PlanSummary {
  const { grid, input, sites, surface, existing } = prepared;
  let groundM2 = 0;
  let coveredBinary = 0;
  let people = 0;
  for (let bin = 0; bin < grid.binCount; bin++) {
    groundM2 += grid.areaM2[bin]!;
    if (grid.indoor[bin] === 1) continue;
    if (selection.best[bin]! >= HALF_GRADE) coveredBinary += grid.weight[bin]!;
    if (grid.people) people += grid.people[bin]!;
  }
  const coveredPeople = credits.steps.reduce((sum, step) => sum + (step.gainPeople ?? 0), 0);
  const lastExisting = selection.steps[existing.length - 1];
  return {
    status: selection.status,
    candidates: sites.length - existing.length,
    existingSites: existing.length,
    bins: grid.bins,
    indoorBins: grid.indoorBins,
    areaKm2: groundM2 / 1e6,
    sites: selection.steps.length - existing.length,
    costCny: selection.cost,
    targetShare: choice.targetShare,
    coveredShare: shareOf(selection.covered, totalWeight),
    coveredShareBinary: shareOf(coveredBinary, grid.totalWeight),
    existingShare: existing.length > 0 ? shareOf(lastExisting!.coveredAfter, totalWeight) : 0,
    bestShare: shareOf(selection.ceiling, totalWeight),
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

function shareOf(part: number, total: number): number {
  return total > 0 ? part / total : 0;
}
