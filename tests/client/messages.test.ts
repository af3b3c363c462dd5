// Both languages say the same things: same files, same keys, same placeholders, nothing empty, no Chinese left in English.
import { expect, test } from 'vitest';
import { messageFiles } from '../../client/format/i18n.ts';
import {
  buildModes,
  freeStatuses,
  powerModes,
  reviewDecisions,
  reviewReasonCodes,
  siteStatuses,
  siteStructures,
} from '../../engine/index.ts';
import { importKinds } from '../../server/contract/imports.ts';
import { errors } from '../../server/errors.ts';

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  );
}

const chinese = new Map(leaves(messageFiles['zh-CN']));
const english = new Map(leaves(messageFiles.en));
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();

test('there are messages', () => {
  expect(chinese.size).toBeGreaterThan(100);
});

test('both languages hold the same keys', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
});

test('a sentence has the same placeholders in both languages', () => {
  const different = [...chinese].filter(
    ([key, text]) => String(placeholders(text)) !== String(placeholders(english.get(key) ?? '')),
  );
  expect(different).toEqual([]);
});

test('no message is empty', () => {
  expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('English messages hold no Chinese but the values of the data they name', () => {
  const allowed = new Set(['shell.language', 'import.kindNote.areas']);
  const left = [...english].filter(([key, text]) => /\p{Script=Han}/u.test(text) && !allowed.has(key));
  expect(left).toEqual([]);
});

test.each([
  ['structure', siteStructures],
  ['status', siteStatuses],
  ['freeStatus', freeStatuses],
  ['powerMode', powerModes],
  ['buildMode', buildModes],
  ['decision', reviewDecisions],
  ['reason', reviewReasonCodes],
  ['kind', importKinds],
] as const)('every %s of the data has a word in both languages', (list, values) => {
  for (const value of values) {
    expect(chinese.has(`terms.${list}.${value}`), value).toBe(true);
    expect(english.has(`terms.${list}.${value}`), value).toBe(true);
  }
});

test('every error of the service speaks both languages', () => {
  for (const [code, { message, hint }] of Object.entries(errors)) {
    for (const text of [message.zh, message.en, hint.zh, hint.en]) expect(text.trim(), code).not.toBe('');
    expect(message.en, code).not.toMatch(/\p{Script=Han}/u);
  }
});
