// The proof of a plan beside the plan: `certificate.json`, and `prices.bin` packed with gzip. Read packed or not.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { PlanProof } from '../../engine/index.ts';
import { CommandError } from './options.ts';

const CERTIFICATE = 'certificate.json';
const PRICES = 'prices.bin';
const GZIP_MARK = 0x8b1f;
/** More than the prices of any city; a small file that unpacks to more is a trap. */
const MOST_BYTES = 2 ** 31 - 1;

/** Replaces the proof of an earlier plan in this folder. */
export function writeProof(folder: string, { file, prices }: Pick<PlanProof, 'file' | 'prices'>): void {
  writeFileSync(join(folder, CERTIFICATE), `${JSON.stringify(file)}\n`);
  if (prices) writeFileSync(join(folder, PRICES), gzipSync(prices));
  else rmSync(join(folder, PRICES), { force: true });
}

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readProof(folder: string): { readonly file: unknown; readonly prices: Uint8Array | null } {
  const file = readJson(join(folder, CERTIFICATE));
  const path = join(folder, PRICES);
  return { file, prices: existsSync(path) ? readPrices(path) : null };
}

/** Prices as this command packed them, or plain as a browser saved them. Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readPrices(path: string): Uint8Array {
  const bytes = readWhole(path);
  try {
    const isPacked = bytes.length > 1 && bytes.readUInt16LE(0) === GZIP_MARK;
    return isPacked ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
  } catch {
    throw refusal(path);
  }
}

/** Throws CommandError COMMAND_FILE_MISSING or COMMAND_FILE_REFUSED. */
export function readJson(path: string): unknown {
  const bytes = readWhole(path);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw refusal(path);
  }
}

function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `${path}: 读不到这个文件 / this file cannot be read`,
      '先用 npm run plan 写出方案，或下载方案的证明包 / write the plan with npm run plan first, or download its proof archive',
    );
  }
}

function refusal(path: string): CommandError {
  return new CommandError(
    'COMMAND_FILE_REFUSED',
    `${path}: 文件已损坏 / the file is damaged`,
    '重新写出方案 / write the plan again',
  );
}
