// The file behind `--configurations`: a JSON list of ways to equip a site, of which a plan opens one per site at the most. What is left out
// stays as the site has it; wrong fields are named with their place. What the values mean together is checked by the engine.
import { readFileSync } from 'node:fs';
import { type SiteConfiguration, type SiteStructure, siteStructures } from '../../engine/index.ts';
import { CommandError } from './options.ts';

const fields = [
  'id',
  'name',
  'structures',
  'profileId',
  'heightM',
  'heightDeltaM',
  'azimuthsDeg',
  'costFactor',
  'extraCostCny',
];
const FORM =
  '[{"id":"p8","name":"杆站 8 m","structures":["pole"],"heightM":8,"extraCostCny":3000},{"id":"n28","name":"700 MHz","structures":["roof","tower"],"profileId":"n28","costFactor":0.8}]';

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_CONFIGURATIONS. */
export function readConfigurations(path: string): SiteConfiguration[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `--configurations ${path}: 读不到这个文件 / this file cannot be read`,
      '检查路径与权限 / check the path and its rights',
    );
  }
  const list = parse(text);
  if (!Array.isArray(list) || list.length === 0) throw refusal(path, 'JSON');
  return list.map((one: unknown, index) => configurationOf(one, `${path} [${index}]`));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

function configurationOf(one: unknown, where: string): SiteConfiguration {
  if (typeof one !== 'object' || one === null) throw refusal(where, String(one));
  const given = one as Readonly<Record<string, unknown>>; // every field is looked at
  const unknown = Object.keys(given).find((key) => !fields.includes(key));
  if (unknown !== undefined) throw refusal(where, unknown);
  const text = (field: 'id' | 'name' | 'profileId', fallback: string | null): string | null => {
    const value = given[field] ?? fallback;
    if (value === null || (typeof value === 'string' && value !== '')) return value;
    throw refusal(where, field);
  };
  const number = <F>(field: 'heightM' | 'heightDeltaM' | 'costFactor' | 'extraCostCny', fallback: F) => {
    const value = given[field] ?? null;
    if (value === null) return fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw refusal(where, field);
  };
  const id = text('id', null);
  if (id === null) throw refusal(where, 'id');
  return {
    id,
    name: text('name', id) ?? id,
    structures: structuresOf(given.structures, where),
    profileId: text('profileId', null),
    heightM: number('heightM', null),
    heightDeltaM: number('heightDeltaM', null),
    azimuthsDeg: azimuthsOf(given.azimuthsDeg ?? null, where),
    costFactor: number('costFactor', 1),
    extraCostCny: number('extraCostCny', 0),
  };
}

function structuresOf(value: unknown, where: string): SiteStructure[] {
  if (!Array.isArray(value)) throw refusal(where, 'structures');
  return value.map((word: unknown) => {
    const known = siteStructures.find((structure) => structure === word);
    if (known) return known;
    throw refusal(where, `structures: ${String(word)}`);
  });
}

function azimuthsOf(value: unknown, where: string): number[] | null {
  if (value === null) return null;
  if (!Array.isArray(value) || !value.every((one): one is number => typeof one === 'number'))
    throw refusal(where, 'azimuthsDeg');
  return value;
}

function refusal(where: string, what: string): CommandError {
  return new CommandError(
    'COMMAND_CONFIGURATIONS',
    `--configurations ${where}: ${what} 不合法 / ${what} does not fit`,
    `应为 / must look like ${FORM}`,
  );
}
