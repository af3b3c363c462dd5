// Rows of a plan for tests of the review screen.
import type { PlanItemJson, PlanJson, PlanSummaryJson, ReviewJson } from '../../server/contract/plans.ts';

type Change = Partial<Omit<PlanItemJson, 'site'>> & { readonly site?: Partial<PlanItemJson['site']> };

/** The row of site `s<rank>`, 1 km east of the one before, with nothing a hint would name. */
export function planRow(rank: number, { site, ...item }: Change = {}): PlanItemJson {
  const position = [121.4 + rank * 0.01, 31.2];
  return {
    rank,
    status: 'new',
    placedBy: 'target-gain',
    costCny: 35_000,
    gainBins: 100,
    gainWeightShare: 0.01,
    gainPeople: null,
    shareAfter: 0.5,
    uniqueWeightShare: 0.01,
    uniquePeople: null,
    uniqueBins: 4,
    replacement: null,
    displaced: [],
    phase: 0,
    configuration: null,
    review: null,
    ...item,
    site: {
      id: `s${rank}`,
      code: `C${rank}`,
      name: `灯杆 ${rank}`,
      resourceType: '路灯杆',
      structure: 'pole',
      position,
      originalPosition: position,
      datum: 'CGCS2000',
      heightM: 8,
      status: 'candidate',
      costCny: 35_000,
      owner: '路灯所',
      freeStatus: '必须免费',
      powerMode: '直供',
      buildMode: '直接利用',
      districtCode: '310115',
      townCode: '',
      azimuthsDeg: null,
      electricalTiltDeg: null,
      mechanicalTiltDeg: null,
      origin: 'import',
      sourceFile: null,
      sourceRow: null,
      ...site,
    },
  };
}

export function judgement(siteId: string, decision: ReviewJson['decision']): ReviewJson {
  const isAgreed = decision === '同意';
  return {
    planId: 'p1',
    siteId,
    decision,
    reasonCode: isAgreed ? null : '居民投诉风险',
    reasonText: isAgreed ? '' : '小区出入口',
    reviewer: '张工',
    at: '2025-06-03T06:05:00Z',
  };
}

export function planSummary(change: Partial<PlanSummaryJson> = {}): PlanSummaryJson {
  return {
    status: 'reached',
    reach: null,
    certificate: {
      kind: 'cost',
      bound: 100_000,
      gap: 0.05,
      method: 'prices',
      optimal: false,
      priceSteps: 600,
      lastPointCny: 4_000,
    },
    phases: [],
    duties: [],
    corridors: [],
    servers: null,
    scenarios: [],
    candidates: 100,
    existingSites: 0,
    bins: 1000,
    indoorBins: 0,
    areaKm2: 1,
    sites: 3,
    costCny: 105_000,
    targetShare: 0.95,
    coveredShare: 0.951,
    coveredShareBinary: 0.96,
    existingShare: 0,
    bestShare: 0.99,
    people: null,
    coveredPeople: null,
    assumedHeights: 0,
    insideBuildings: 0,
    ground: 'flat',
    groundHoles: 0,
    leftOut: [],
    quality: null,
    outOfRange: [],
    lineOfSight: 'buildings',
    epsg: 4549,
    ruleWord: '连续覆盖',
    thresholdDbm: -105,
    profileId: 'n78',
    weightBy: 'area',
    ...change,
  };
}

export function planOf(change: Partial<PlanJson> = {}): PlanJson {
  return {
    id: 'p1',
    name: '北城',
    state: 'done',
    progress: null,
    error: null,
    request: { name: '北城', areaIds: ['a1'], ruleWord: '连续覆盖', profileId: 'n78' },
    basedOnPlanId: null,
    fingerprint: 'f',
    summary: planSummary(),
    seconds: 1,
    peakMb: 100,
    createdAt: '2025-06-03T06:05:00Z',
    finishedAt: '2025-06-03T06:05:01Z',
    office: {
      type: '情景方案',
      state: '草稿',
      since: '2026-01-01T00:00:00Z',
      documentNo: null,
      effectiveOn: null,
      version: 1,
      windowTo: null,
      isReturned: false,
    },
    ...change,
  };
}
