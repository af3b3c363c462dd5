// Reads a check-vector file: `#` lines are its source, units and tolerance, then one header line, then rows.
import { readFileSync } from 'node:fs';

export type VectorRow = Readonly<Record<string, string>>;

export interface VectorFile {
  readonly notes: string;
  readonly rows: readonly VectorRow[];
}

export function readVectors(name: string): VectorFile {
  const text = readFileSync(new URL(`../fixtures/vectors/${name}`, import.meta.url), 'utf8');
  const lines = text.split(/\r?\n/).filter((line) => line.length > 0);
  const notes = lines.filter((line) => line.startsWith('#')).join('\n');
  const [header = '', ...rows] = lines.filter((line) => !line.startsWith('#'));
  const columns = header.split(',');
  return {
    notes,
    rows: rows.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
    }),
  };
}

/** The tolerance a file states ("Tolerance 0.001", "Tolerance for a correct implementation: 0.001"), or the given one. */
export function toleranceOf(file: VectorFile, otherwise: number): number {
  const stated = /[Tt]olerance[^0-9]*([0-9][0-9.e-]*)/.exec(file.notes)?.[1];
  return stated === undefined ? otherwise : Number(stated.replace(/\.$/, ''));
}

/** A cell as a number. Throws when it is empty or not a number. */
export function numberIn(row: VectorRow, column: string): number {
  const text = row[column];
  const value = Number(text);
  if (text === undefined || text === '' || Number.isNaN(value)) {
    throw new Error(`vector column ${column}: "${text}" is not a number`);
  }
  return value;
}

/** The largest difference over all rows with the row it occurs in, for a message that tells where to look. */
export function worstDifference(
  rows: readonly VectorRow[],
  difference: (row: VectorRow) => number,
): { size: number; row: string } {
  let worst = { size: -1, row: 'none' };
  for (const row of rows) {
    const size = Math.abs(difference(row));
    if (!(size <= worst.size)) worst = { size, row: Object.values(row).join(',') };
  }
  return worst;
}

/** Prints one line per vector file, so that a run shows how near the models are and not only that they pass. */
export function reportDifference(
  name: string,
  rows: number,
  largest: number,
  tolerance: number,
  unit = 'dB',
): void {
  const size = largest < 1e-9 ? '0' : largest.toPrecision(2);
  console.info(`${name}: ${rows} rows, largest difference ${size} ${unit} (tolerance ${tolerance})`);
}
