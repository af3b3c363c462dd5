// The proof of a plan beside the plan: `certificate.json`, and `prices.bin` packed with gzip. Read packed or not.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { PlanProof } from '../../engine/index.ts';
import { CommandError } from './options.ts';

const CERTIFICATE = 'certificate.json';
const PRICES = 'prices.bin';
const GZIP_MARK = 0x8b1f;

/** Replaces the proof of an earlier plan in this folder. */
export function writeProof(folder: string, { file, prices }: PlanProof): void {
  writeFileSync(join(folder, CERTIFICATE), `${JSON.stringify(file)}\n`);
  if (prices) writeFileSync(join(folder, PRICES), gzipSync(prices));
  else rmSync(join(folder, PRICES), { force: true });
}

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readProof(folder: string): { readonly file: unknown; readonly prices: Uint8Array | null } {
  const file = readJson(join(folder, CERTIFICATE));
  const path = join(folder, PRICES);
  if (!existsSync(path)) return { file, prices: null };
  const bytes = readFileSync(path);
  try {
    const isPacked = bytes.length > 1 && bytes.readUInt16LE(0) === GZIP_MARK;
    return { file, prices: isPacked ? gunzipSync(bytes) : bytes };
  } catch {
    throw refusal(path);
  }
}

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `${path}: 读不到这个文件 / this file cannot be read`,
      '先用 npm run plan 写出方案 / write the plan with npm run plan first',
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(path);
  }
}

function refusal(path: string): CommandError {
  return new CommandError(
    'COMMAND_FILE_REFUSED',
    `${path}: 文件已损坏 / the file is damaged`,
    '重新写出方案 / write the plan again',
  );
}
