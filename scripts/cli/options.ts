// Reads `--name value` arguments by a table that also prints the help, so a documented option is an option that works.
// Values may begin with a minus sign (`--threshold -105`).
import { findResourceType, resourceTypes } from '../../engine/index.ts';

export interface Option {
  readonly name: string;
  /** Shown in the help after the name; empty for a switch that takes no value. */
  readonly value: string;
  readonly zh: string;
  readonly en: string;
  /** May be given several times; read with `listOption`. */
  readonly isRepeatable?: true;
}

export type OptionValues = ReadonlyMap<string, string>;

/** A refusal of the command line: code, what was found, and the next move, in both languages. */
export class CommandError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.hint = hint;
  }
}

/** Between the values of an option that was given several times; no argument of a command holds it. */
const BETWEEN = '\0';

/** Throws CommandError for an unknown, repeated or incomplete option. A switch has the value ''. */
export function readOptions(args: readonly string[], options: readonly Option[]): OptionValues {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const [flag = '', ...inline] = args[index]!.split('=');
    const option = options.find((known) => `--${known.name}` === flag);
    if (!option) {
      throw new CommandError('COMMAND_OPTION_UNKNOWN', `没有选项 ${flag} / no option ${flag}`, '--help');
    }
    const before = values.get(option.name);
    if (before !== undefined && !option.isRepeatable) {
      throw new CommandError('COMMAND_OPTION_TWICE', `${flag} 出现两次 / ${flag} is given twice`, '--help');
    }
    const keep = (value: string): void => {
      values.set(option.name, before === undefined ? value : `${before}${BETWEEN}${value}`);
    };
    if (option.value === '') {
      keep('');
    } else if (inline.length > 0) {
      keep(inline.join('='));
    } else {
      const next = args[index + 1];
      if (next === undefined || next.startsWith('--')) {
        throw new CommandError(
          'COMMAND_OPTION_VALUE',
          `${flag} 缺少值 / ${flag} needs a value`,
          `${flag} ${option.value}`,
        );
      }
      keep(next);
      index += 1;
    }
  }
  return values;
}

/** The number behind an option, or `null` when it is not given. Both ends are allowed. */
export function numberOption(values: OptionValues, name: string, from: number, to: number): number | null {
  const text = values.get(name);
  if (text === undefined) return null;
  const number = /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isFinite(number) && number >= from && number <= to) return number;
  throw new CommandError(
    'COMMAND_OPTION_RANGE',
    `--${name} ${text}: 应为 ${from} 到 ${to} 的数 / must be a number from ${from} to ${to}`,
    '--help',
  );
}

/** The values of an option that may be given several times, in their order. */
export function listOption(values: OptionValues, name: string): string[] {
  return values.get(name)?.split(BETWEEN) ?? [];
}

/** One of some words, or `fallback` when the option is not given. */
export function wordOption<T extends string>(
  values: OptionValues,
  name: string,
  words: readonly T[],
  fallback: T,
): T {
  const text = values.get(name);
  if (text === undefined) return fallback;
  const word = words.find((known) => known === text);
  if (word) return word;
  throw new CommandError(
    'COMMAND_OPTION_WORD',
    `--${name} ${text}: 应为其中之一 / must be one of: ${words.join(', ')}`,
    '--help',
  );
}

/** A name of the resource type table, or null when the option is not given. */
export function resourceTypeOption(values: OptionValues, name: string): string | null {
  const text = values.get(name) ?? null;
  if (text === null || findResourceType(text)) return text;
  const words = resourceTypes.map(({ code }) => code).join('、');
  throw new CommandError(
    'COMMAND_OPTION_WORD',
    `--${name} ${text}: 应为其中之一 / must be one of: ${words}`,
    '--help',
  );
}

export function formatHelp(head: string, options: readonly Option[], tail: string): string {
  const left = options.map(({ name, value }) => `  --${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...left.map((text) => text.length)) + 2;
  const lines = options.map(
    ({ zh, en }, index) => `${left[index]!.padEnd(width)}${zh}\n${' '.repeat(width)}${en}`,
  );
  return `${head}\n\n${lines.join('\n')}\n\n${tail}\n`;
}
