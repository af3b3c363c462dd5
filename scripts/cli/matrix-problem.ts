// Coverage computed elsewhere as a selection problem: rows of site and bin become lists, sites and bins stand in the order of their names,
// so that the order of the rows changes nothing. Weights and costs are whole numbers of one unit each, decimals scaled exactly.
import { basename } from 'node:path';
import { coverLists, localZoneOf, type SelectionProblem } from '../../engine/index.ts';
import { ProductError } from '../../server/errors.ts';
import { type DecimalColumn, readDecimal, type ScaledColumn, scaleDecimals } from './matrix-decimals.ts';
import { type IdTable, makeIdTable } from './matrix-ids.ts';
import { type CsvRow, decodeUtf8, scanRows, textOf } from './matrix-rows.ts';

/** Columns of the table of sites that a quota may name. */
export const quotaColumns = ['district', 'town', 'owner', 'operator', 'form'] as const;
export type QuotaColumn = (typeof quotaColumns)[number];

export interface MatrixFile {
  readonly option: string;
  readonly fileName: string;
  readonly digest: string;
  readonly rows: number;
}

export interface MatrixProblem {
  readonly problem: SelectionProblem;
  /** Ones of the matrix. */
  readonly incidences: number;
  readonly totalWeight: number;
  /** One unit of the problem's weights and costs is `10 ** -digits` of the file's. */
  readonly weightDigits: number;
  readonly costDigits: number;
  /** `weight`, `cost`: columns that had more digits than exact sums can carry. */
  readonly rounded: readonly string[];
  /** Value of each column that is there, by site. */
  readonly labels: Readonly<Partial<Record<QuotaColumn, readonly string[]>>>;
  readonly files: readonly MatrixFile[];
}

const PIECE_PAIRS = 1 << 20;
const MOST_WEIGHT = 2 ** 31 - 1;
const MOST_SUM = 2 ** 52;

/** Throws ProductError SELECTION_MATRIX_* with file and line, CommandError for files that cannot be read. */
export function readMatrix(coveragePath: string, sitesPath: string | null): MatrixProblem {
  const listed = sitesPath === null ? null : readSites(sitesPath);
  const siteIds = listed?.ids ?? makeIdTable();
  const covered = readCoverage(coveragePath, siteIds, listed !== null);
  const { bins, pieces } = covered;
  const sites = orderIds(siteIds);
  const binOrder = orderIds(bins);
  renumber(pieces.sites, sites.rank, covered.rows);
  renumber(pieces.bins, binOrder.rank, covered.rows);
  const { cover, twice } = coverLists(pieces.sites, pieces.bins, covered.rows, siteIds.size(), bins.size());
  if (twice) {
    const pair = [
      siteIds.bytesOf(sites.order[twice.site]!),
      bins.bytesOf(binOrder.order[twice.bin]!),
    ] as const;
    throw repeatedPair(coveragePath, pair);
  }
  const weight = scaled('weight', covered.weight, MOST_WEIGHT);
  const cost = scaled('cost', listed?.cost ?? onesFor(siteIds.size()), MOST_SUM);
  const inOrder = <T>(values: readonly T[]): T[] => Array.from(sites.order, (site) => values[site]!);
  return {
    problem: {
      cover,
      targets: [{ id: 'all', weight: Int32Array.from(binOrder.order, (bin) => weight.whole[bin]!) }],
      cost: Float64Array.from(sites.order, (site) => cost.whole[site]!),
      siteIds: Array.from(sites.order, (site) => decodeUtf8(siteIds.bytesOf(site), basename(coveragePath))),
      places: listed?.places
        ? {
            eastM: Float64Array.from(sites.order, (site) => listed.places!.eastM[site]!),
            northM: Float64Array.from(sites.order, (site) => listed.places!.northM[site]!),
          }
        : null,
      fold: null,
    },
    incidences: covered.rows,
    totalWeight: weight.whole.reduce((sum, value) => sum + value, 0),
    weightDigits: weight.digits,
    costDigits: cost.digits,
    rounded: Object.entries({ weight, cost }).flatMap(([name, { isRounded }]) => (isRounded ? [name] : [])),
    labels: Object.fromEntries(
      Object.entries(listed?.labels ?? {}).map(([column, values]) => [column, inOrder(values)]),
    ),
    files: [covered.file, ...(listed ? [listed.file] : [])],
  };
}

function scaled(column: string, values: DecimalColumn, most: number): ScaledColumn {
  const found = scaleDecimals(values, most, MOST_SUM);
  if (!found) throw new ProductError('SELECTION_MATRIX_DIGITS', { column });
  return found;
}

const onesFor = (count: number): DecimalColumn => ({
  value: new Float64Array(count).fill(1),
  digits: new Uint8Array(count),
});

interface Coverage {
  readonly bins: IdTable;
  readonly pieces: { readonly sites: Uint32Array[]; readonly bins: Uint32Array[] };
  readonly rows: number;
  readonly weight: DecimalColumn;
  readonly file: MatrixFile;
}

function readCoverage(path: string, siteIds: IdTable, isClosed: boolean): Coverage {
  const file = basename(path);
  const bins = makeIdTable();
  const pieces: Coverage['pieces'] = { sites: [], bins: [] };
  let weights = growing();
  let count = 0;
  const { rows, digest } = scanRows('matrix', path, (names) => {
    const [siteAt, binAt, weightAt] = columnsOf(file, names, ['site', 'bin'], ['weight']);
    return (row) => {
      expectFields(file, row, names.length, [siteAt!, binAt!]);
      const { bytes, starts, ends } = row;
      const site = isClosed
        ? siteIds.find(bytes, starts[siteAt!]!, ends[siteAt!]!)
        : siteIds.add(bytes, starts[siteAt!]!, ends[siteAt!]!);
      if (site < 0)
        throw new ProductError('SELECTION_MATRIX_SITE', {
          file,
          line: row.line,
          site: textOf(row, siteAt!, file),
        });
      const known = bins.size();
      const bin = bins.add(bytes, starts[binAt!]!, ends[binAt!]!);
      if (bin === known && bin === weights.value.length) weights = grown(weights);
      const number = weightAt === null ? ONE : decimalAt(row, weightAt!, 'weight', file);
      if (bin === known) {
        weights.value[bin] = number.value;
        weights.digits[bin] = number.digits;
      } else if (weights.value[bin] !== number.value)
        throw new ProductError('SELECTION_MATRIX_WEIGHT', {
          file,
          line: row.line,
          bin: textOf(row, binAt!, file),
          found: textOf(row, weightAt!, file),
          expected: weights.value[bin]!,
        });
      const place = count % PIECE_PAIRS;
      if (place === 0) {
        pieces.sites.push(new Uint32Array(PIECE_PAIRS));
        pieces.bins.push(new Uint32Array(PIECE_PAIRS));
      }
      pieces.sites.at(-1)![place] = site;
      pieces.bins.at(-1)![place] = bin;
      count += 1;
    };
  });
  const weight = {
    value: weights.value.slice(0, bins.size()),
    digits: weights.digits.slice(0, bins.size()),
  };
  return { bins, pieces, rows, weight, file: { option: 'matrix', fileName: file, digest, rows } };
}

interface Sites {
  readonly ids: IdTable;
  readonly cost: DecimalColumn;
  readonly places: { readonly eastM: number[]; readonly northM: number[] } | null;
  readonly labels: Partial<Record<QuotaColumn, string[]>>;
  readonly file: MatrixFile;
}

function readSites(path: string): Sites {
  const file = basename(path);
  const ids = makeIdTable();
  const lines: number[] = [];
  const cost: { value: number; digits: number }[] = [];
  const first: number[] = [];
  const second: number[] = [];
  const labels: Partial<Record<QuotaColumn, string[]>> = {};
  let inDegrees: boolean | null = null;
  const { rows, digest } = scanRows('sites', path, (names) => {
    const optional = ['cost', 'east', 'north', 'lon', 'lat', ...quotaColumns];
    const [siteAt, costAt, eastAt, northAt, lonAt, latAt, ...labelAt] = columnsOf(
      file,
      names,
      ['site'],
      optional,
    );
    const isMetric = eastAt !== null && northAt !== null;
    const isPlaced = isMetric || (lonAt !== null && latAt !== null);
    if (isPlaced) inDegrees = !isMetric;
    const [x, y] = isMetric ? [eastAt!, northAt!] : [lonAt!, latAt!];
    return (row) => {
      expectFields(file, row, names.length, [siteAt!]);
      const known = ids.size();
      const site = ids.add(row.bytes, row.starts[siteAt!]!, row.ends[siteAt!]!);
      if (site < known)
        throw new ProductError('SELECTION_MATRIX_TWICE', {
          file,
          line: row.line,
          first: lines[site]!,
          found: textOf(row, siteAt!, file),
        });
      lines.push(row.line);
      cost.push(costAt === null ? ONE : { ...decimalAt(row, costAt!, 'cost', file) });
      if (isPlaced) {
        first.push(positionAt(row, x, names[x]!, file));
        second.push(positionAt(row, y, names[y]!, file));
        if (inDegrees && !(Math.abs(first.at(-1)!) <= 180 && Math.abs(second.at(-1)!) <= 85))
          throw numberError(row, Math.abs(first.at(-1)!) <= 180 ? y : x, 'lon,lat', file);
      }
      quotaColumns.forEach((column, index) => {
        const at = labelAt[index];
        if (at === null || at === undefined) return;
        const values = labels[column] ?? [];
        labels[column] = values;
        values.push(textOf(row, at, file));
      });
    };
  });
  return {
    ids,
    cost: {
      value: Float64Array.from(cost, ({ value }) => value),
      digits: Uint8Array.from(cost, ({ digits }) => digits),
    },
    places: inDegrees === null ? null : placesOf(first, second, inDegrees),
    labels,
    file: { option: 'sites', fileName: file, digest, rows },
  };
}

function placesOf(first: number[], second: number[], inDegrees: boolean): Sites['places'] {
  if (!inDegrees) return { eastM: first, northM: second };
  const zone = localZoneOf([first[0]!, second[0]!]);
  const metres = first.map((lon, index) => zone.toMetres([lon, second[index]!]));
  return { eastM: metres.map(([eastM]) => eastM), northM: metres.map(([, northM]) => northM) };
}

/** Places of the needed columns, then of the optional ones; null for what is not there. */
function columnsOf(
  file: string,
  names: readonly string[],
  needed: readonly string[],
  optional: readonly string[],
): (number | null)[] {
  const found = names.join(',');
  for (const column of needed)
    if (!names.includes(column)) throw new ProductError('SELECTION_MATRIX_COLUMNS', { file, column, found });
  return [...needed, ...optional].map((column) => {
    const at = names.indexOf(column);
    if (at !== names.lastIndexOf(column))
      throw new ProductError('SELECTION_MATRIX_COLUMNS', { file, column, found });
    return at < 0 ? null : at;
  });
}

function expectFields(file: string, row: CsvRow, fields: number, filled: readonly number[]): void {
  if (row.fields === fields && filled.every((field) => row.ends[field]! > row.starts[field]!)) return;
  const found = Array.from({ length: row.fields }, (_, field) => textOf(row, field, file)).join(',');
  throw new ProductError('SELECTION_MATRIX_ROW', { file, line: row.line, found: found.slice(0, 80) });
}

const ONE = { value: 1, digits: 0 };
const ZERO = 48;
const POINT = 46;
const QUICK_DIGITS = 15;
/** Reused for each row: millions of them are read. */
const quick = { value: 0, digits: 0 };

function decimalAt(
  row: CsvRow,
  field: number,
  column: string,
  file: string,
): { value: number; digits: number } {
  if (readQuickly(row.bytes, row.starts[field]!, row.ends[field]!)) return quick;
  const number = readDecimal(textOf(row, field, file));
  if (!number) throw numberError(row, field, column, file);
  return { value: number.value, digits: Math.min(255, number.digits) };
}

/** Up to fifteen plain digits: their quotient by a power of ten is the nearest double. */
function readQuickly(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > QUICK_DIGITS || end === start) return false;
  let whole = 0;
  let behind = -1;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      whole = 10 * whole + digit;
      if (behind >= 0) behind += 1;
    } else if (bytes[at] === POINT && behind < 0) behind = 0;
    else return false;
  }
  if (end - start === 1 && behind === 0) return false;
  while (behind > 0 && whole % 10 === 0) {
    whole /= 10;
    behind -= 1;
  }
  quick.value = behind > 0 ? whole / 10 ** behind : whole;
  quick.digits = Math.max(0, behind);
  return true;
}

function positionAt(row: CsvRow, field: number, column: string, file: string): number {
  const text = textOf(row, field, file);
  const number = /^[+-]?\d{1,12}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw numberError(row, field, column, file);
  return number;
}

function numberError(row: CsvRow, field: number, column: string, file: string): ProductError {
  return new ProductError('SELECTION_MATRIX_NUMBER', {
    file,
    line: row.line,
    column,
    found: textOf(row, field, file),
  });
}

const growing = (): { value: Float64Array; digits: Uint8Array } => ({
  value: new Float64Array(1 << 16),
  digits: new Uint8Array(1 << 16),
});

function grown({ value, digits }: { value: Float64Array; digits: Uint8Array }): ReturnType<typeof growing> {
  const more = { value: new Float64Array(2 * value.length), digits: new Uint8Array(2 * value.length) };
  more.value.set(value);
  more.digits.set(digits);
  return more;
}

const MOST_KEY_DIGITS = 15;

/** Names in order: as numbers when all of them are plain whole numbers, byte by byte otherwise. `rank` is the other way round. */
function orderIds(ids: IdTable): { order: Uint32Array; rank: Uint32Array } {
  const count = ids.size();
  const key = new Float64Array(count);
  let areNumbers = true;
  for (let id = 0; id < count && areNumbers; id++) {
    const bytes = ids.bytesOf(id);
    areNumbers = bytes.length <= MOST_KEY_DIGITS;
    for (const byte of bytes) {
      areNumbers &&= byte >= ZERO && byte <= ZERO + 9;
      key[id] = 10 * key[id]! + byte - ZERO;
    }
  }
  const order = Uint32Array.from(key, (_, id) => id);
  const byBytes = (a: number, b: number): number => Buffer.compare(ids.bytesOf(a), ids.bytesOf(b));
  order.sort(areNumbers ? (a, b) => key[a]! - key[b]! || byBytes(a, b) : byBytes);
  const rank = new Uint32Array(count);
  for (let place = 0; place < count; place++) rank[order[place]!] = place;
  return { order, rank };
}

function renumber(pieces: readonly Uint32Array[], rank: Uint32Array, pairs: number): void {
  let left = pairs;
  for (const piece of pieces) {
    const used = Math.min(left, piece.length);
    for (let at = 0; at < used; at++) piece[at] = rank[piece[at]!]!;
    left -= used;
  }
}

/** Reads the file once more for the two lines. */
function repeatedPair(path: string, [site, bin]: readonly [Uint8Array, Uint8Array]): ProductError {
  const file = basename(path);
  const lines: number[] = [];
  scanRows('matrix', path, (names) => {
    const [siteAt, binAt] = [names.indexOf('site'), names.indexOf('bin')];
    const same = ({ bytes, starts, ends }: CsvRow, field: number, id: Uint8Array): boolean =>
      Buffer.compare(bytes.subarray(starts[field], ends[field]), id) === 0;
    return (row) => {
      if (same(row, siteAt, site) && same(row, binAt, bin)) lines.push(row.line);
    };
  });
  return new ProductError('SELECTION_MATRIX_TWICE', {
    file,
    first: lines[0]!,
    line: lines[1]!,
    found: `${decodeUtf8(site, file)},${decodeUtf8(bin, file)}`,
  });
}
