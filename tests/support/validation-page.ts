// The generated parts of docs/validation.md: the table of check vectors and the table of ranges, between their marks.
import { modelRanges, type ValidityQuantity } from '../../engine/index.ts';
import { allChecks } from './vector-checks/all-checks.ts';
import { formatDifference } from './vector-checks/vector-check.ts';

/** The page with its generated parts made anew. Throws when a mark is missing. */
export function renewPage(page: string): string {
  return replacePart(replacePart(page, 'vectors', vectorTable()), 'ranges', rangeTable());
}

function replacePart(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/validation.md has no part ${name}`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}

function vectorTable(): string {
  const rows = allChecks.map((check) => {
    const { rows: count, tolerance, largest } = check.compare();
    const size = `${formatDifference(largest)} ${check.unit}`;
    return [check.what, check.clause, check.edition, check.file, String(count), String(tolerance), size];
  });
  return table(
    ['model', 'clause', 'edition', 'vector file', 'rows', 'tolerance', 'largest difference'],
    rows,
  );
}

const COLUMNS: readonly (readonly [title: string, quantity: ValidityQuantity])[] = [
  ['frequency, GHz', 'frequency'],
  ['distance, m', 'distance'],
  ['antenna height, m', 'baseHeight'],
  ['receiver height, m', 'userHeight'],
  ['building height, m', 'buildingHeight'],
  ['street width, m', 'streetWidth'],
];

function rangeTable(): string {
  const rows = Object.entries(modelRanges).map(([model, ranges]) => [
    model,
    ...COLUMNS.map(([, quantity]) => formatRange(ranges[quantity])),
  ]);
  return table(['model', ...COLUMNS.map(([title]) => title)], rows);
}

function formatRange(range: readonly [number, number] | undefined): string {
  if (!range) return '';
  const [least, most] = range;
  if (most === Number.POSITIVE_INFINITY) return `from ${least}`;
  return least === most ? String(least) : `${least} to ${most}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
