// Which keys belong to the screen and which to whoever is typing.
import { expect, test } from 'vitest';
import { keyCommand } from '../../client/parts/key-command.ts';
import { reviewKeys } from '../../client/screens/review/review-keys.tsx';

const plain = { ctrlKey: false, altKey: false, metaKey: false };
const free = { isTyping: false, isOnButton: false, isDialogOpen: false };

test('a letter means its command in either case', () => {
  expect(keyCommand(reviewKeys, { ...plain, key: 'a' }, free)).toBe('agree');
  expect(keyCommand(reviewKeys, { ...plain, key: 'A' }, free)).toBe('agree');
  expect(keyCommand(reviewKeys, { ...plain, key: 'Enter' }, free)).toBe('open');
});

test('a key without a command means nothing, also when its name is one of every object', () => {
  expect(keyCommand(reviewKeys, { ...plain, key: 'q' }, free)).toBeNull();
  expect(keyCommand(reviewKeys, { ...plain, key: 'constructor' }, free)).toBeNull();
});

test.each(['ctrlKey', 'altKey', 'metaKey'] as const)('with %s the key is the browser’s', (modifier) => {
  expect(keyCommand(reviewKeys, { ...plain, [modifier]: true, key: 'r' }, free)).toBeNull();
});

test('keys are text while someone is typing or composing, and wait while a dialog is open', () => {
  expect(keyCommand(reviewKeys, { ...plain, key: 'r' }, { ...free, isTyping: true })).toBeNull();
  expect(keyCommand(reviewKeys, { ...plain, key: 'r', isComposing: true }, free)).toBeNull();
  expect(keyCommand(reviewKeys, { ...plain, key: 'r' }, { ...free, isDialogOpen: true })).toBeNull();
});

test('Enter on a button presses the button; a letter there is still a command', () => {
  expect(keyCommand(reviewKeys, { ...plain, key: 'Enter' }, { ...free, isOnButton: true })).toBeNull();
  expect(keyCommand(reviewKeys, { ...plain, key: 'j' }, { ...free, isOnButton: true })).toBe('next');
});

test('a key held down walks on and decides nothing', () => {
  expect(keyCommand(reviewKeys, { ...plain, key: 'j', repeat: true }, free)).toBe('next');
  for (const key of ['a', 'A', 'b', 'r', 'Enter', '?'])
    expect(keyCommand(reviewKeys, { ...plain, key, repeat: true }, free)).toBeNull();
});
