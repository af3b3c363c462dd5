// Operators of `npm run plan`: `--operator NAME=PROFILE=SHARE`, several times, or a file with stations and sharing terms. What the values
// mean together is checked by the engine; here only their shape.
import { readFileSync } from 'node:fs';
import { agreedDiscounts, type PlanOperator, type SharingTerms } from '../../engine/index.ts';
import { CommandError, listOption, type Option, type OptionValues } from './options.ts';

export interface OperatorOptions {
  /** `existingSiteIds` may hold codes. */
  readonly operators: readonly PlanOperator[];
  readonly terms: SharingTerms;
}

const ONE = '移动=n41=0.9';
const FORM =
  '{"operators":[{"id":"A","name":"移动","profileId":"n41","targetShare":0.9,"existing":["编码"]}],"percentOff":[0,30,40],"anchorPercentOff":5,"anchorId":null,"joinCostCny":null}';

export const operatorOptions: readonly Option[] = [
  {
    name: 'operator',
    value: 'NAME=PROFILE=0..1',
    zh: `同时为多家运营商选址，可重复，如 ${ONE}；两家共址各减 30 %，三家 40 %`,
    en: `plan for several operators at once, may be repeated, such as ${ONE}; 30 % off for each where two share a site, 40 % for three`,
    isRepeatable: true,
  },
  {
    name: 'operators',
    value: 'FILE',
    zh: '运营商与共享条件（JSON：operators 各有 id、name、profileId、targetShare、existing；percentOff、anchorPercentOff、anchorId、joinCostCny）',
    en: 'operators and sharing terms (JSON: operators with id, name, profileId, targetShare, existing; percentOff, anchorPercentOff, anchorId, joinCostCny)',
  },
];

/** What a plan for operators does not look at: an option that does nothing would go unseen. */
const notTogether = [
  'configurations',
  'profile',
  'share',
  'max-sites',
  'area-share',
  'quota',
  'servers',
  'corridor',
  'robust',
  'sensitivity',
  'scenarios',
  'site-order',
  'phases',
  'keep',
  'seconds',
];

/** Null without operators. Throws CommandError COMMAND_OPTION_WORD, COMMAND_OPTION_TOGETHER, COMMAND_FILE_MISSING or COMMAND_OPERATORS. */
export function readOperatorOptions(values: OptionValues): OperatorOptions | null {
  const path = values.get('operators');
  const given = listOption(values, 'operator');
  if (path === undefined && given.length === 0) return null;
  const other = [...notTogether, ...(path !== undefined && given.length > 0 ? ['operator'] : [])].find(
    (name) => values.has(name),
  );
  if (other !== undefined)
    throw new CommandError(
      'COMMAND_OPTION_TOGETHER',
      `--${other} 不能与多家运营商一起使用 / --${other} does not go with operators`,
      `去掉 / leave out --${other}`,
    );
  const terms = { ...agreedDiscounts, anchorId: null, joinCostCny: null };
  return path === undefined ? { operators: given.map(readOne), terms } : readFile(path);
}

function readOne(text: string): PlanOperator {
  const parts = /^([^=]+)=([^=]+)=([01]|[01]?\.\d{1,12})$/.exec(text.trim());
  if (!parts)
    throw new CommandError(
      'COMMAND_OPTION_WORD',
      `--operator ${text}: 应为 名称=设备=0 到 1 的数 / must be NAME=PROFILE=a number from 0 to 1`,
      `--operator ${ONE}`,
    );
  const name = parts[1]!.trim();
  return { id: name, name, profileId: parts[2]!.trim(), targetShare: Number(parts[3]), existingSiteIds: [] };
}

function readFile(path: string): OperatorOptions {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `--operators ${path}: 读不到这个文件 / this file cannot be read`,
      '检查路径与权限 / check the path and its rights',
    );
  }
  const file = fieldsOf(parse(text), path, [
    'operators',
    'percentOff',
    'anchorPercentOff',
    'anchorId',
    'joinCostCny',
  ]);
  const { operators, percentOff = agreedDiscounts.percentOff } = file;
  if (!Array.isArray(operators)) throw refusal(path, 'operators');
  if (!isList(percentOff, 'number')) throw refusal(path, 'percentOff');
  const anchorPercentOff = file.anchorPercentOff ?? agreedDiscounts.anchorPercentOff;
  const { anchorId = null, joinCostCny = null } = file;
  if (typeof anchorPercentOff !== 'number') throw refusal(path, 'anchorPercentOff');
  if (anchorId !== null && typeof anchorId !== 'string') throw refusal(path, 'anchorId');
  if (joinCostCny !== null && typeof joinCostCny !== 'number') throw refusal(path, 'joinCostCny');
  return {
    operators: operators.map((one: unknown, index) => operatorOf(one, `${path} [${index}]`)),
    terms: { percentOff, anchorPercentOff, anchorId, joinCostCny },
  };
}

function operatorOf(one: unknown, where: string): PlanOperator {
  const {
    id,
    name = id,
    profileId,
    targetShare,
    existing = [],
  } = fieldsOf(one, where, ['id', 'name', 'profileId', 'targetShare', 'existing']);
  if (typeof id !== 'string') throw refusal(where, 'id');
  if (typeof name !== 'string') throw refusal(where, 'name');
  if (typeof profileId !== 'string') throw refusal(where, 'profileId');
  if (typeof targetShare !== 'number') throw refusal(where, 'targetShare');
  if (!isList(existing, 'string')) throw refusal(where, 'existing');
  return { id, name, profileId, targetShare, existingSiteIds: existing };
}

function fieldsOf(
  value: unknown,
  where: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw refusal(where, 'JSON');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw refusal(where, unknown);
  return value as Readonly<Record<string, unknown>>; // every field is looked at
}

function isList(value: unknown, kind: 'number'): value is number[];
function isList(value: unknown, kind: 'string'): value is string[];
function isList(value: unknown, kind: 'number' | 'string'): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === kind);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

function refusal(where: string, what: string): CommandError {
  return new CommandError(
    'COMMAND_OPERATORS',
    `--operators ${where}: ${what} 不合法 / ${what} does not fit`,
    `应为 / must look like ${FORM}`,
  );
}
