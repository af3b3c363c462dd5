// A plan as GeoJSON (RFC 7946): one point per chosen or existing site with all its figures; totals as the foreign member
// `summary`. Shares are fractions 0..1, money whole yuan.
import type { AreaTotal, PlanItem, PlanResult, PlanSummary } from '../model/plan.ts';
import type { Site } from '../model/site.ts';

export interface PlanFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: Site['position'] };
  /** `configurationId`, `configurationName` and `profileId` of sites that have one; height and directions are then those of it. */
  readonly properties: Omit<Site, 'id' | 'position' | 'status' | 'costCny'> &
    Omit<PlanItem, 'configuration'> & {
      readonly configurationId?: string;
      readonly configurationName?: string;
      readonly profileId?: string;
    };
}

/** Plans of versions that did not compute quality or a bound have none. */
type ExportedSummary = Omit<PlanSummary, 'quality' | 'certificate'> & {
  readonly quality: PlanSummary['quality'] | null;
  readonly certificate: PlanSummary['certificate'] | null;
};

export interface PlanFeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly PlanFeature[];
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
    readonly summary: ExportedSummary;
  },
  sites: readonly Site[],
): PlanFeatureCollection {
  const byId = new Map(sites.map((site) => [site.id, site]));
  const { fingerprint, engineVersion, areas, districts } = result;
  return {
    type: 'FeatureCollection',
    features: result.items.map((item) => planFeature(item, siteOfItem(byId, item))),
    summary: { ...result.summary, fingerprint, engineVersion, areas, districts },
  };
}

/** The site of a row; shared by the exports. */
export function siteOfItem(byId: ReadonlyMap<string, Site>, item: PlanItem): Site {
  const site = byId.get(item.siteId);
  if (!site) throw new RangeError(`the plan has a site ${item.siteId} that was not given`);
  return site;
}

function planFeature({ configuration, ...item }: PlanItem, site: Site): PlanFeature {
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
    },
  };
}
