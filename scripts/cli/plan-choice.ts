// From the options of `npm run plan` and the layers it read to the choice the engine is asked for: areas and sites by their names, lists and
// phases from files. The plan and its check build the same choice here.
import { existsSync, readFileSync } from 'node:fs';
import {
  type AreaShare,
  findEquipmentProfile,
  nameOfConfigured,
  type PlanChoice,
  type PlanInput,
  PlanningError,
  productSpacing,
  type Spacing,
  scenarioOfKind,
  spacingOf,
  spacingScenarios,
} from '../../engine/index.ts';
import { type KeptPlan, readKeptPlan } from './kept-plan.ts';
import { CommandError } from './options.ts';
import type { PlanOptions } from './plan-options.ts';
import { readPhases } from './read-phases.ts';
import type { RuleOptions } from './rule-options.ts';

export interface AskedPlan {
  readonly choice: PlanChoice;
  /** The plan behind `--keep`, or null. */
  readonly kept: KeptPlan | null;
}

/** Throws CommandError, and PlanningError SELECTION_AREA_UNKNOWN. */
export function planChoiceOf(options: PlanOptions, input: PlanInput): AskedPlan {
  const { rule, rules, budgetCny, maxSites } = options;
  const kept = rules.keep === null ? null : readKeptPlan(rules.keep);
  const shareOf = ({ area, share }: RuleOptions['areaShares'][number]): AreaShare => ({
    areaId: areaIdOf(area, input),
    share,
  });
  return {
    kept,
    choice: {
      rule,
      targetShare: rule.targetShare,
      budgetCny,
      maxSites,
      refusedSiteIds: siteIdsOf('refuse', rules.refuse, input),
      lockedSiteIds: lockedIdsOf(rules.lock, input),
      areaShares: rules.areaShares.map(shareOf),
      quotas: rules.quotas,
      spacing: rules.spacing === 'usual' ? usualSpacing(input) : rules.spacing,
      siteOrder: rules.siteOrder,
      servers: rules.servers,
      corridorShares: rules.corridors,
      scenarios: rules.robust,
      phases:
        rules.phases === null
          ? []
          : readPhases(rules.phases).map((phase) => ({
              ...phase,
              areaShares: phase.areaShares.map(shareOf),
            })),
      effort: rules.effort,
      keepSiteIds:
        kept?.sites.map(({ siteId, configurationId }) => nameOfConfigured(siteId, configurationId)) ?? null,
    },
  };
}

function areaIdOf(text: string, { areas }: PlanInput): string {
  const [found, second] = areas
    .filter(({ id }) => id === text)
    .concat(areas.filter(({ name }) => name === text));
  if (!found) throw new PlanningError('SELECTION_AREA_UNKNOWN', { areaId: text });
  if (second && second.id !== found.id && found.id !== text)
    throw new CommandError(
      'COMMAND_NAME_TWICE',
      `${text}: 有几个区域叫这个名称 / several areas have this name`,
      `改用编号 / use the id: ${found.id}, ${second.id}, …`,
    );
  return found.id;
}

/** By id first, then by code. A list that names a site nobody knows is refused: a strike that does nothing would go unseen. */
export function siteIdsOf(
  option: 'refuse' | 'lock' | 'operators',
  texts: readonly string[],
  { sites }: PlanInput,
): string[] {
  const words = texts.flatMap((text) => (existsSync(text) ? readList(text) : splitList(text)));
  if (words.length === 0) return [];
  const byId = new Set(sites.map(({ id }) => id));
  const byCode = new Map<string, string[]>();
  for (const { id, code } of sites) byCode.set(code, [...(byCode.get(code) ?? []), id]);
  return [...new Set(words)].flatMap((word) => {
    const found = byId.has(word) ? [word] : byCode.get(word);
    if (found) return found;
    throw new CommandError(
      'COMMAND_SITE_UNKNOWN',
      `--${option} ${word}: 没有这个站址，也没有这个文件 / no such site and no such file`,
      '用站址表中的编号或编码 / use an id or code of the table of sites',
    );
  });
}

/** What the list calls unavailable cannot be chosen; a lock on it would go unseen. */
function lockedIdsOf(texts: readonly string[], input: PlanInput): string[] {
  const ids = siteIdsOf('lock', texts, input);
  const idle = new Set(input.sites.filter(({ status }) => status === 'unavailable').map(({ id }) => id));
  const wrong = ids.find((id) => idle.has(id));
  if (wrong === undefined) return ids;
  throw new CommandError(
    'COMMAND_SITE_UNAVAILABLE',
    `--lock ${wrong}: 该站址不可用 / this site is unavailable`,
    '改变站址表中的状态，或去掉这个锁定 / change its status in the table of sites, or unlock it',
  );
}

/** A GeoJSON of sites (such as a plan), or a text with ids or codes between commas and line ends. */
function readList(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return text.trimStart().startsWith('{')
    ? readKeptPlan(path).sites.map(({ siteId }) => siteId)
    : splitList(text);
}

const splitList = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/[,\r\n]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** The densest of the areas says how near sites may stand. */
function usualSpacing({ areas, profileId }: PlanInput): Spacing {
  const frequencyGhz = findEquipmentProfile(profileId)!.frequencyGhz; // the option knows only profiles that exist
  const scenarios = areas.map(({ kind }) => scenarioOfKind(kind));
  const scenario = spacingScenarios.find((one) => scenarios.includes(one)) ?? '一般城区';
  const usual = (structure: 'pole' | 'roof' | 'tower') =>
    spacingOf(productSpacing, frequencyGhz, scenario, structure);
  return { poleM: usual('pole'), roofM: usual('roof'), towerM: usual('tower') };
}
