// Whose turn it is in the preview worker: clicks before pictures, pictures before what nobody waits for, never two at a time.
import { expect, test } from 'vitest';
import { makeTurns } from '../../client/preview/make-turns.ts';

/** Turns whose pauses end when the test says so. */
function turnsByHand() {
  const pauses: (() => void)[] = [];
  const turns = makeTurns((then) => pauses.push(then));
  const pause = async () => {
    pauses.shift()?.();
    // the work of the next turn may have been waited for
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { turns, pause, pauses };
}

test('the first piece of work starts at once, the others one after the other', async () => {
  const { turns, pause, pauses } = turnsByHand();
  const done: string[] = [];
  for (const name of ['a', 'b', 'c']) turns.take('picture', () => void done.push(name));
  expect(done).toEqual(['a']);
  await Promise.resolve();
  await pause();
  expect(done).toEqual(['a', 'b']);
  await pause();
  await pause();
  expect([done, pauses.length]).toEqual([['a', 'b', 'c'], 0]);
  turns.take('idle', () => void done.push('d'));
  expect(done).toEqual(['a', 'b', 'c', 'd']);
});

test('a click that comes between two pictures is next', async () => {
  const { turns, pause } = turnsByHand();
  const done: string[] = [];
  const take = (urgency: Parameters<typeof turns.take>[0], name: string) =>
    turns.take(urgency, () => void done.push(name));
  take('picture', 'tile 1');
  take('idle', 'foresight');
  take('picture', 'tile 2');
  take('click', 'strike');
  take('click', 'undo');
  await Promise.resolve();
  for (let turn = 0; turn < 5; turn++) await pause();
  expect(done).toEqual(['tile 1', 'strike', 'undo', 'tile 2', 'foresight']);
});

test('work that waits for a crew holds everybody else back, clicks too', async () => {
  const { turns, pause } = turnsByHand();
  const done: string[] = [];
  let arrive: () => void = () => undefined;
  turns.take('click', async () => {
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
    done.push('coverage');
  });
  turns.take('click', () => void done.push('strike'));
  await pause();
  expect(done).toEqual([]);
  arrive();
  await pause();
  await pause();
  expect(done).toEqual(['coverage', 'strike']);
});
