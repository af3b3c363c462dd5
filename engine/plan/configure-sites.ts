// From sites to what may be chosen: every candidate once per configuration that its structure can carry, as it is where there is none.
// A configured site keeps the id, so a person's refusals, locks and reviews go by site; its own name tells it from the others.
import { findEquipmentProfile } from '../model/equipment-profile.ts';
import { PlanningError } from '../model/planning-error.ts';
import type { Site } from '../model/site.ts';
import {
  type ChosenConfiguration,
  MOST_CONFIGURATIONS,
  type SiteConfiguration,
} from '../model/site-configuration.ts';

export interface ConfiguredSite {
  /** With height, directions and price of the configuration. */
  readonly site: Site;
  /** null: as listed. */
  readonly configuration: SiteConfiguration | null;
}

/** In the order of the list, and of the configurations. */
export function configureSites(
  sites: readonly Site[],
  configurations: readonly SiteConfiguration[],
): ConfiguredSite[] {
  if (configurations.length === 0) return sites.map((site) => ({ site, configuration: null }));
  return sites.flatMap((site): ConfiguredSite[] => {
    const own =
      site.status === 'existing'
        ? []
        : configurations.filter(({ structures }) => structures.includes(site.structure));
    return own.length === 0
      ? [{ site, configuration: null }]
      : own.map((configuration) => ({ site: configured(site, configuration), configuration }));
  });
}

function configured(site: Site, configuration: SiteConfiguration): Site {
  const { heightM, heightDeltaM, azimuthsDeg, costFactor, extraCostCny } = configuration;
  return {
    ...site,
    heightM: heightM ?? site.heightM + (heightDeltaM ?? 0),
    azimuthsDeg: azimuthsDeg ?? site.azimuthsDeg,
    costCny: Math.max(0, Math.round(site.costCny * costFactor) + extraCostCny),
  };
}

/** Names a candidate among all; of a site as it is listed its id. */
export function nameOfConfigured(siteId: string, configurationId: string | null): string {
  return configurationId === null ? siteId : `${siteId}#${configurationId}`;
}

export function chosenConfiguration(
  { site, configuration }: ConfiguredSite,
  profileId: string,
): ChosenConfiguration | null {
  return (
    configuration && {
      id: configuration.id,
      name: configuration.name,
      profileId: configuration.profileId ?? profileId,
      heightM: site.heightM,
      azimuthsDeg: site.azimuthsDeg,
    }
  );
}

const ID = /^[A-Za-z0-9._-]{1,40}$/;
const MOST_HEIGHT_M = 1000;
const MOST_AZIMUTHS = 12;
const MOST_FACTOR = 100;
const MOST_EXTRA_CNY = 1e9;

/** Throws PLAN_CONFIGURATION_* and COVERAGE_PROFILE_UNKNOWN. */
export function checkConfigurations(configurations: readonly SiteConfiguration[]): void {
  if (configurations.length > MOST_CONFIGURATIONS)
    throw new PlanningError('PLAN_CONFIGURATIONS_MANY', {
      configurations: configurations.length,
      most: MOST_CONFIGURATIONS,
    });
  const ids = new Set<string>();
  for (const configuration of configurations) {
    const { id, structures, profileId } = configuration;
    if (!ID.test(id)) throw new PlanningError('PLAN_CONFIGURATION_ID', { id });
    if (ids.has(id)) throw new PlanningError('PLAN_CONFIGURATION_TWICE', { id });
    ids.add(id);
    if (structures.length === 0) throw new PlanningError('PLAN_CONFIGURATION_STRUCTURES', { id });
    if (profileId !== null && !findEquipmentProfile(profileId))
      throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId });
    const field = wrongField(configuration);
    if (field) throw new PlanningError('PLAN_CONFIGURATION_RANGE', { id, ...field });
  }
}

function wrongField(configuration: SiteConfiguration): { field: string; value: string | number } | null {
  const { heightM, heightDeltaM, azimuthsDeg, costFactor, extraCostCny } = configuration;
  const isWithin = (value: number, from: number, to: number) => value >= from && value <= to;
  if (heightM !== null && !(isWithin(heightM, 0, MOST_HEIGHT_M) && heightM > 0))
    return { field: 'heightM', value: heightM };
  if (heightDeltaM !== null && (heightM !== null || !isWithin(heightDeltaM, -MOST_HEIGHT_M, MOST_HEIGHT_M)))
    return { field: 'heightDeltaM', value: heightDeltaM };
  const isWrong = (azimuthDeg: number) => !isWithin(azimuthDeg, 0, 360);
  if (azimuthsDeg !== null && (azimuthsDeg.length > MOST_AZIMUTHS || azimuthsDeg.some(isWrong)))
    return { field: 'azimuthsDeg', value: azimuthsDeg.join('/') };
  if (!isWithin(costFactor, 0, MOST_FACTOR)) return { field: 'costFactor', value: costFactor };
  if (!Number.isSafeInteger(extraCostCny) || !isWithin(extraCostCny, -MOST_EXTRA_CNY, MOST_EXTRA_CNY))
    return { field: 'extraCostCny', value: extraCostCny };
  return null;
}
