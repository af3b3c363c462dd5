// The same plan in every engine: what the language leaves to each engine's own rounding is taken from
// engine/geo/steady-math.ts instead. Math.sqrt, abs, floor, round, min, max and the like are exact and stay.
import { expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './support/house-files.ts';

const UNSTEADY =
  /\bMath\.(sin|cos|tan|asin|acos|atan|atan2|exp|log|log10|log2|log1p|expm1|pow|hypot|cbrt|sinh|cosh|tanh|asinh|acosh|atanh)\b/;
const POWER = /\*\*=?(?!\/)/;

const engine = sourceFiles('engine').filter(({ path }) => path !== 'engine/geo/steady-math.ts');

test('the engine takes sines, logarithms and powers from steady-math', () => {
  expect(engine.flatMap((file) => linesWith(file, UNSTEADY))).toEqual([]);
});

test('the engine has no power operator: x * x, or pow of steady-math', () => {
  expect(engine.flatMap((file) => linesWith(file, POWER))).toEqual([]);
});

test('the search finds what it is for and nothing in remarks', () => {
  const text =
    '/** Math.sin */\nconst a = Math.sin(1);\n// b ** 2\nconst c = b ** 2;\nconst d = Math.sqrt(2);\n';
  expect(linesWith({ path: 'a.ts', text }, UNSTEADY)).toEqual(['a.ts:2 const a = Math.sin(1);']);
  expect(linesWith({ path: 'a.ts', text }, POWER)).toEqual(['a.ts:4 const c = b ** 2;']);
});

/** `file:line code`; remarks are blanked, not removed, so that line numbers stay. */
function linesWith({ path, text }: SourceFile, wanted: RegExp): string[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, (remark) => remark.replace(/[^\n]/g, ''))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
  return code
    .split('\n')
    .flatMap((line, index) => (wanted.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : []));
}
