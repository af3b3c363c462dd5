// A plan as GeoJSON (RFC 7946): one point per chosen or existing site with all its figures; totals as the foreign member
// `summary`. Shares are fractions 0..1, money whole yuan.
import type { OperatorsItem, SharingTotals } from '../model/operator-plan.ts';
import type { AreaTotal, PlanItem, PlanResult, PlanSummary } from '../model/plan.ts';
import type { Site } from '../model/site.ts';

export interface PlanFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: Site['position'] };
  /** `configurationId`, `configurationName` and `profileId` of sites that have one; height and directions are then those of it. */
  readonly properties: Omit<Site, 'id' | 'position' | 'status' | 'costCny'> &
    Omit<PlanItem, 'configuration' | 'sharing'> & {
      readonly configurationId?: string;
      readonly configurationName?: string;
      readonly profileId?: string;
    } & Partial<
      Pick<OperatorsItem, 'operatorIds' | 'besideIds' | 'paymentsCny' | 'listPriceCny' | 'gainShare'>
    >;
}

/** In a plan for several operators: a station that stands, told apart from the row of those who join it. */
export interface StandingFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: PlanFeature['geometry'];
  readonly properties: Pick<
    PlanFeature['properties'],
    | 'code'
    | 'name'
    | 'resourceType'
    | 'structure'
    | 'heightM'
    | 'owner'
    | 'configurationId'
    | 'configurationName'
    | 'profileId'
  > &
    OperatorsItem;
}

/** Plans of versions that did not compute quality or a bound have none. */
type ToldSummary = Omit<PlanSummary, 'quality' | 'certificate'> & {
  readonly quality: PlanSummary['quality'] | null;
  readonly certificate: PlanSummary['certificate'] | null;
};

/** A plan for several operators tells them beside its own totals, as the command writes them. */
type ExportedSummary = Omit<ToldSummary, 'sharing'> & Partial<SharingTotals>;

export interface PlanFeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly (PlanFeature | StandingFeature)[];
  readonly summary: ExportedSummary & {
    readonly fingerprint: string;
    readonly engineVersion: string;
    readonly areas: readonly AreaTotal[];
    readonly districts: readonly AreaTotal[];
  };
}

/** `sites` must hold every site of the plan; others are ignored. Throws RangeError when one is missing. */
export function planToGeoJson(
  result: Pick<PlanResult, 'fingerprint' | 'engineVersion' | 'items' | 'areas' | 'districts'> & {
    readonly summary: ToldSummary;
  },
  sites: readonly Site[],
): PlanFeatureCollection {
  const byId = new Map(sites.map((site) => [site.id, site]));
  const { fingerprint, engineVersion, areas, districts } = result;
  const { sharing, ...summary } = result.summary;
  return {
    type: 'FeatureCollection',
    features: result.items.flatMap((item) => {
      const site = siteOfItem(byId, item);
      return [...standingFeatures(item, site), planFeature(item, site)];
    }),
    summary: { ...summary, ...sharing, fingerprint, engineVersion, areas, districts },
  };
}

/** Rows are told as the command tells them: a station and those who join it apart. */
function standingFeatures(
  { siteId, sharing }: PlanItem,
  { code, name, resourceType, structure, heightM, owner, position }: Site,
): StandingFeature[] {
  if (!sharing || sharing.besideIds.length === 0) return [];
  const { besideIds, besideGainShare } = sharing;
  const properties = {
    ...{ code, name, resourceType, structure, heightM, owner },
    siteId,
    rank: 0,
    status: 'existing' as const,
    operatorIds: besideIds,
    besideIds: [],
    paymentsCny: besideIds.map(() => 0),
    costCny: 0,
    listPriceCny: 0,
    gainShare: besideGainShare ?? 0,
  };
  return [
    { type: 'Feature', id: `${siteId}=`, geometry: { type: 'Point', coordinates: position }, properties },
  ];
}

/** The site of a row; shared by the exports. */
export function siteOfItem(byId: ReadonlyMap<string, Site>, item: PlanItem): Site {
  const site = byId.get(item.siteId);
  if (!site) throw new RangeError(`the plan has a site ${item.siteId} that was not given`);
  return site;
}

function planFeature({ configuration, sharing, ...item }: PlanItem, site: Site): PlanFeature {
  return {
    type: 'Feature',
    id: item.siteId,
    geometry: { type: 'Point', coordinates: site.position },
    properties: {
      code: site.code,
      name: site.name,
      resourceType: site.resourceType,
      structure: site.structure,
      heightM: configuration?.heightM ?? site.heightM,
      owner: site.owner,
      freeStatus: site.freeStatus,
      powerMode: site.powerMode,
      buildMode: site.buildMode,
      districtCode: site.districtCode,
      townCode: site.townCode,
      azimuthsDeg: configuration ? configuration.azimuthsDeg : site.azimuthsDeg,
      electricalTiltDeg: site.electricalTiltDeg,
      mechanicalTiltDeg: site.mechanicalTiltDeg,
      ...item,
      ...(configuration && {
        configurationId: configuration.id,
        configurationName: configuration.name,
        profileId: configuration.profileId,
      }),
      ...(sharing && {
        operatorIds: sharing.operatorIds,
        besideIds: sharing.besideIds,
        paymentsCny: sharing.paymentsCny,
        listPriceCny: sharing.listPriceCny,
        gainShare: sharing.gainShare,
      }),
    },
  };
}
