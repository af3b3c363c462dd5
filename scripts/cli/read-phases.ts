// The file behind `--phases`: a JSON list of phases in their order, everything cumulative. Wrong fields are named with their phase.
import { readFileSync } from 'node:fs';
import type { PlanPhase } from '../../engine/index.ts';
import { CommandError } from './options.ts';

/** Areas by their id or name. */
export interface NamedPhase extends Omit<PlanPhase, 'areaShares'> {
  readonly areaShares: readonly { readonly area: string; readonly share: number }[];
}

const fields = ['name', 'targetShare', 'areaShares', 'budgetCny', 'maxSites'];
const FORM =
  '[{"name":"2026","targetShare":0.7,"areaShares":{"核心区":0.9},"budgetCny":1000000,"maxSites":20}]';

/** A share holds from its phase on: a later phase that says nothing repeats it. Throws CommandError COMMAND_FILE_MISSING or COMMAND_PHASES. */
export function readPhases(path: string): NamedPhase[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `--phases ${path}: 读不到这个文件 / this file cannot be read`,
      '检查路径与权限 / check the path and its rights',
    );
  }
  const list = parse(text);
  if (!Array.isArray(list) || list.length === 0) throw refusal(path, 'JSON');
  let share: number | null = null;
  const shares = new Map<string, number>();
  return list.map((one: unknown, index) => {
    const where = `${path} [${index}]`;
    if (typeof one !== 'object' || one === null) throw refusal(where, String(one));
    const phase = one as Readonly<Record<string, unknown>>;
    const unknown = Object.keys(phase).find((key) => !fields.includes(key));
    if (unknown !== undefined) throw refusal(where, unknown);
    if (typeof phase.name !== 'string' || phase.name === '') throw refusal(where, 'name');
    const number = (field: 'targetShare' | 'budgetCny' | 'maxSites', isGood: (value: number) => boolean) => {
      const value = phase[field] ?? null;
      if (value === null || (typeof value === 'number' && isGood(value))) return value;
      throw refusal(where, field);
    };
    share = number('targetShare', isShare) ?? share;
    for (const own of areaSharesOf(phase.areaShares ?? {}, where)) shares.set(own.area, own.share);
    return {
      name: phase.name,
      targetShare: share,
      areaShares: [...shares].map(([area, held]) => ({ area, share: held })),
      budgetCny: number('budgetCny', isWhole),
      maxSites: number('maxSites', isWhole),
    };
  });
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;
const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** `{"AREA": share}`, or `[{"areaId": …, "share": …}]` as the service writes it. */
function areaSharesOf(value: unknown, where: string): NamedPhase['areaShares'] {
  if (typeof value !== 'object' || value === null) throw refusal(where, 'areaShares');
  const pairs: [unknown, unknown][] = Array.isArray(value)
    ? value.map((one: { areaId?: unknown; share?: unknown } | null) => [one?.areaId, one?.share])
    : Object.entries(value);
  return pairs.map(([area, share]) => {
    if (typeof area !== 'string' || typeof share !== 'number' || !isShare(share))
      throw refusal(where, 'areaShares');
    return { area, share };
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(where: string, what: string): CommandError {
  return new CommandError(
    'COMMAND_PHASES',
    `--phases ${where}: ${what} 不合法 / ${what} does not fit`,
    `应为 / must look like ${FORM}`,
  );
}
