// The antenna file of a command: read by the same door as an upload, its warnings printed.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type AntennaPattern,
  type AntennaWarning,
  PlanningError,
  parseAntennaFile,
} from '../../engine/index.ts';
import { describeCode } from '../../server/errors.ts';
import { decodeText } from '../../server/import/decode-text.ts';
import { CommandError } from './options.ts';

/** Throws CommandError when the file is missing, in no known encoding, or no antenna file. */
export function readAntenna(path: string): AntennaPattern {
  const title = `--antenna ${basename(path)}`;
  const pattern = patternOf(path, title);
  for (const warning of pattern.warnings) printWarning(title, warning);
  return pattern;
}

function patternOf(path: string, title: string): AntennaPattern {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `--antenna ${path}: 读不到这个文件 / this file cannot be read`,
      '检查路径与权限 / check the path and its rights',
    );
  }
  const decoded = decodeText(bytes);
  if (!decoded) throw refused(title, 'IMPORT_ENCODING', {});
  try {
    return parseAntennaFile(decoded.text);
  } catch (error) {
    if (error instanceof PlanningError) throw refused(title, error.code, error.found);
    throw error;
  }
}

function refused(title: string, ...[code, found]: Parameters<typeof describeCode>): CommandError {
  const { message, hint } = describeCode(code, found);
  return new CommandError(code, `${title}: ${message.zh} / ${message.en}`, `${hint.zh} / ${hint.en}`);
}

function printWarning(title: string, { code, found }: AntennaWarning): void {
  const { message, hint } = describeCode(code, found);
  console.error(`${title}: warning ${code}: ${message.zh} / ${message.en}`);
  console.error(`    → ${hint.zh} / ${hint.en}`);
}
