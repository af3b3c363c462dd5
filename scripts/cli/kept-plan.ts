// An earlier plan by its plan.geojson: the new sites it has, what they cost there, and what became of them in a later plan.
import { readFileSync } from 'node:fs';
import type { PlanItem, Site } from '../../engine/index.ts';
import { CommandError } from './options.ts';

export interface KeptPlan {
  /** New sites only; `costCny` 0 where the file does not say. */
  readonly sites: readonly KeptSite[];
}

interface KeptSite {
  readonly siteId: string;
  /** What it was equipped with; null: as listed. */
  readonly configurationId: string | null;
  readonly costCny: number;
}

export interface PlanDifference {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** Yuan more than the kept sites cost, at the prices of now where they are known. */
  readonly extraCostCny: number;
}

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readKeptPlan(path: string): KeptPlan {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `${path}: 读不到这个文件 / this file cannot be read`,
      '检查路径与权限 / check the path and its rights',
    );
  }
  const features = featuresOf(text);
  if (features === null)
    throw new CommandError(
      'COMMAND_FILE_REFUSED',
      `${path}: 不是站址的 GeoJSON / not a GeoJSON of sites`,
      'npm run plan 写出的 plan.geojson / a plan.geojson that npm run plan wrote',
    );
  return {
    sites: features.flatMap(({ id, properties }) => {
      const { siteId = id, status, costCny, configurationId } = properties ?? {};
      if (typeof siteId !== 'string' || status === 'existing') return [];
      return [
        {
          siteId,
          configurationId: typeof configurationId === 'string' ? configurationId : null,
          costCny: typeof costCny === 'number' ? costCny : 0,
        },
      ];
    }),
  };
}

/** What changed from the kept plan to these rows. */
export function differenceTo(
  { sites: before }: KeptPlan,
  items: readonly PlanItem[],
  sites: readonly Site[],
): PlanDifference {
  const now = items.filter(({ status }) => status === 'new');
  const nowIds = new Set(now.map(({ siteId }) => siteId));
  const wereIds = new Set(before.map(({ siteId }) => siteId));
  const prices = new Map(sites.map(({ id, costCny }) => [id, costCny]));
  // of a configuration the price of then is all that is known
  const wereCny = before.reduce(
    (total, { siteId, configurationId, costCny }) =>
      total + (configurationId === null ? (prices.get(siteId) ?? costCny) : costCny),
    0,
  );
  return {
    opened: now.map(({ siteId }) => siteId).filter((id) => !wereIds.has(id)),
    closed: [...wereIds].filter((id) => !nowIds.has(id)),
    extraCostCny: now.reduce((total, { costCny }) => total + costCny, 0) - wereCny,
  };
}

interface KeptFeature {
  readonly id?: unknown;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

function featuresOf(text: string): readonly KeptFeature[] | null {
  try {
    const { features } = JSON.parse(text) as { features?: unknown };
    return Array.isArray(features) && features.every((one) => typeof one === 'object' && one !== null)
      ? (features as KeptFeature[]) // every field is looked at before it is used
      : null;
  } catch {
    return null;
  }
}
