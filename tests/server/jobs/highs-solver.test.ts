// The solver in a thread of its own: it answers, reports, and can be ended at any time with what it knows.
import { expect, test } from 'vitest';
import { makeHighsSolver } from '../../../server/jobs/highs-solver.ts';

/** Two of three corners cover a triangle; best 2. */
const TRIANGLE = `Minimize
 obj: + 1 x0 + 1 x1 + 1 x2
Subject To
 + 1 x0 + 1 x1 >= 1
 + 1 x1 + 1 x2 >= 1
 + 1 x0 + 1 x2 >= 1
Binaries
 x0
 x1
 x2
End
`;
const triangle = { seconds: 20, choices: 3, start: null, gap: 0.9 };

/** A Steiner triple system of 81 points: no solver proves its least cover of 61 within a test. */
function steinerModel(): string {
  const lines = Array.from({ length: 81 }, (_, point) => point);
  const rows: string[] = [];
  for (const a of lines)
    for (const b of lines) {
      const c = thirdPoint(a, b);
      if (a < b && b < c) rows.push(` + 1 x${a} + 1 x${b} + 1 x${c} >= 1`);
    }
  const terms = lines.map((point) => ` + 1 x${point}`).join('\n');
  return `Minimize\n obj:\n${terms}\nSubject To\n${rows.join('\n')}\nBinaries\n${lines.map((point) => ` x${point}`).join('\n')}\nEnd\n`;
}

/** The points of a line in the plane of four digits of three add up to 0, digit by digit. */
function thirdPoint(a: number, b: number): number {
  let third = 0;
  for (let digit = 1; digit < 81; digit *= 3) {
    const sum = (Math.floor(a / digit) % 3) + (Math.floor(b / digit) % 3);
    third += ((6 - sum) % 3) * digit;
  }
  return third;
}

test('a small model comes back proved', async () => {
  const answer = await makeHighsSolver()(TRIANGLE, triangle);
  expect(answer.status).toBe('optimal');
  expect(answer.bound).toBeGreaterThan(1);
  expect(answer.chosen).toHaveLength(2);
});

test('a model without any answer is told so', async () => {
  const answer = await makeHighsSolver()(TRIANGLE.replaceAll('x2 >= 1', 'x2 >= 3'), triangle);
  expect(answer).toEqual({ status: 'infeasible', bound: null, chosen: null });
});

test('a plan handed in is never lost, whatever little time there is', async () => {
  const names = Array.from({ length: 81 }, (_, point) => `x${point}`);
  const values = new Float64Array(81).fill(1);
  const answer = await makeHighsSolver()(steinerModel(), {
    seconds: 1,
    choices: 81,
    start: { names, values },
    gap: 0.9,
  });
  expect(answer.status).toBe('limit');
  expect(answer.chosen!.length).toBeLessThanOrEqual(81);
});

test('news can end it, and the best so far is the answer', async () => {
  let heard = 0;
  const answer = await makeHighsSolver()(steinerModel(), {
    seconds: 600,
    choices: 81,
    start: null,
    gap: 0.9,
    onNews: ({ objective }) => {
      heard++;
      return objective !== null;
    },
  });
  expect(heard).toBeGreaterThan(0);
  expect(answer.status).toBe('limit');
  const open = new Set(answer.chosen);
  expect(open.size).toBeGreaterThanOrEqual(61);
});

test('an aborted solve ends its thread at once and rejects with the reason', async () => {
  const controller = new AbortController();
  const run = makeHighsSolver(controller.signal)(steinerModel(), {
    seconds: 600,
    choices: 81,
    start: null,
    gap: 0.9,
    onNews: () => {
      controller.abort(new Error('somebody left'));
      return false;
    },
  });
  await expect(run).rejects.toThrow('somebody left');
  await expect(makeHighsSolver(controller.signal)(TRIANGLE, triangle)).rejects.toThrow('somebody left');
});

test('a text that is no model is an error, not an answer', async () => {
  await expect(makeHighsSolver()('nonsense', triangle)).rejects.toThrow();
});
