// A certificate written and read again is the same question, the same plan and the same proof, whatever the order of the candidates.
import { expect, test } from 'vitest';
import { PlanningError } from '../../../engine/index.ts';
import {
  type CertificateFile,
  decodeCertificate,
  encodeCertificate,
} from '../../../engine/selection/certificate-file.ts';
import { checkPlan } from '../../../engine/selection/check-plan.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { type RandomCase, randomCase } from './random-case.ts';
import { problemOfTable } from './table-problem.ts';

const EFFORT = { priceSteps: 60, improveSteps: 0, seed: 1 };

function written({ problem, choice }: RandomCase): {
  file: CertificateFile;
  prices: Uint8Array | null;
} {
  const { file, prices } = encodeCertificate(
    problem,
    choice,
    solveSelection(problem, choice, EFFORT),
    '1.2.3',
  );
  return { file: JSON.parse(JSON.stringify(file)) as CertificateFile, prices };
}

test('question, plan and proof come back as they were written', () => {
  let withPrices = 0;
  for (let seed = 0; seed < 120; seed++) {
    const { problem, choice } = randomCase(seed);
    const selection = solveSelection(problem, choice, EFFORT);
    const { file, prices } = written(randomCase(seed));
    const read = decodeCertificate(problem, file, prices);
    expect(read, `seed ${seed}`).toEqual({ choice, selection, engineVersion: '1.2.3' });
    if (prices) withPrices++;
  }
  expect(withPrices).toBeGreaterThan(60);
});

test('candidates in another order change nothing', () => {
  for (let seed = 0; seed < 60; seed++) {
    const example = randomCase(seed);
    const { file, prices } = written(example);
    const { table, kind } = example;
    const turned = problemOfTable(
      { ...table, sites: table.sites.toReversed(), places: table.places!.toReversed() },
      kind,
      5,
    );
    const { choice, selection } = decodeCertificate(turned, file, prices);
    expect(checkPlan(turned, choice, selection), `seed ${seed}`).toEqual([]);
  }
});

const SEED = Array.from({ length: 100 }, (_, seed) => seed).find((seed) => written(randomCase(seed)).prices)!;

test.each<
  [
    string,
    (given: { file: CertificateFile; prices: Uint8Array | null }) => {
      file: unknown;
      prices: Uint8Array | null;
    },
  ]
>([
  ['no object', ({ prices }) => ({ file: 'text', prices })],
  ['another format', ({ file, prices }) => ({ file: { ...file, format: 'other' }, prices })],
  ['no choice', ({ file: { choice: _, ...file }, prices }) => ({ file, prices })],
  ['another list of candidates', ({ file, prices }) => ({ file: { ...file, siteCount: 99 }, prices })],
  ['other bins', ({ file, prices }) => ({ file: { ...file, binCount: 99 }, prices })],
  [
    'an unknown site',
    ({ file, prices }) => ({ file: { ...file, choice: { ...file.choice, refused: ['nobody'] } }, prices }),
  ],
  [
    'an unknown target',
    ({ file, prices }) => ({ file: { ...file, choice: { ...file.choice, required: { other: 1 } } }, prices }),
  ],
  ['prices left out', ({ file }) => ({ file, prices: null })],
  ['prices cut short', ({ file, prices }) => ({ file, prices: prices!.subarray(0, -4) })],
  ['bytes of another kind', ({ file, prices }) => ({ file, prices: prices!.map((byte) => byte ^ 1) })],
])('%s is refused as SELECTION_CERTIFICATE', (_, spoil) => {
  const { file, prices } = spoil(written(randomCase(SEED)));
  const refusal = () => decodeCertificate(randomCase(SEED).problem, file, prices);
  expect(refusal).toThrow(PlanningError);
  expect(refusal).toThrow('SELECTION_CERTIFICATE');
});

test('every part of the file, of another type or gone, is refused by its path and never used', () => {
  const { problem } = randomCase(SEED);
  const { file, prices } = written(randomCase(SEED));
  let tried = 0;
  for (const path of pathsOf(file)) {
    for (const other of [undefined, null, 'x', [], {}, [null], true]) {
      const spoilt = withPart(file, path, other);
      tried++;
      try {
        decodeCertificate(problem, spoilt, prices);
      } catch (error) {
        expect(error, `${path.join('.')}: ${JSON.stringify(other)}`).toBeInstanceOf(PlanningError);
      }
    }
  }
  expect(tried).toBeGreaterThan(200);
  const broken = withPart(file, ['certificate', 'bound'], '5');
  expect(() => decodeCertificate(problem, broken, prices)).toThrow('certificate.bound');
});

/** Of all parts, from the outermost to single numbers. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    [name],
    ...pathsOf(part).map((rest) => [name, ...rest]),
  ]);
}

function withPart(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
  if (name === undefined) return other;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  (copy as Record<string, unknown>)[name] = withPart((copy as Record<string, unknown>)[name], rest, other);
  return copy;
}
