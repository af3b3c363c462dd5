// From a parsed file to the register: shapes judged by PostGIS, the same file known again, then rows and report in ONE
// transaction. Nothing is ever half saved, and the report says what became of every row.
import { randomUUID } from 'node:crypto';
import { type MultiPolygon, spreadDemand } from '../../engine/index.ts';
import type { ImportIssueJson, ImportMode, ImportReportJson } from '../contract/imports.ts';
import { loadAreasByIds, saveAreas } from '../store/areas.ts';
import { saveBuildings } from '../store/buildings.ts';
import { type StoredDemandPoint, saveDemand } from '../store/demand.ts';
import { saveDistricts } from '../store/districts.ts';
import { checkGeometries } from '../store/geometry-check.ts';
import { repairGeometry } from '../store/geometry-repair.ts';
import { saveImportedDemands } from '../store/imported-demands.ts';
import {
  codesOfLibrarySites,
  codesOfOpenWithOtherOwner,
  type ImportedResource,
  mayKeepContacts,
  saveImportedResources,
} from '../store/imported-resources.ts';
import { findImportByDigest, lockImport, saveImport } from '../store/imports.ts';
import { vacuumAnalyze } from '../store/maintenance.ts';
import {
  areasOutOfReach,
  demandsOutOfReach,
  resourcesOutOfReach,
  sitesOutOfReach,
} from '../store/out-of-reach.ts';
import { savePipes } from '../store/pipes.ts';
import { loadRaster, type NewRasterPiece, saveRaster } from '../store/rasters.ts';
import { saveRoads } from '../store/roads.ts';
import { type StoredSite, saveSites } from '../store/sites.ts';
import type { Queryable, QueryOptions, Store } from '../store/store.ts';
import { makeIssue } from './import-issue.ts';
import type { DemandRow, ImportRecords, Numbered, ParsedImport } from './import-types.ts';
import { stableId } from './kinds/kind-context.ts';

const CHECKED_AT_ONCE = 500;
const LISTED_ISSUES = 1_000;
/** Mending costs a query each; a file with more flaws than this needs a drawing program. */
const MOST_MENDINGS = 500;
/** One ten-thousandth of the area: flaws of real boundary files are below a millionth, a bow tie is 1. */
const MOST_CHANGED_SHARE = 1e-4;
const STORE_DEADLINE_MS = 600_000;
/** Small imports do not move the planner's statistics enough to matter. */
const VACUUM_FROM_ROWS = 500;

export interface StoreImportParts {
  /** The system's own store, for the vacuum afterwards, when the other one is somebody's. */
  readonly upkeep?: Store;
  /** Runs the one transaction that decides and stores; whoever asks twice may answer from the first time here. */
  readonly run?: (
    work: (tx: Queryable) => Promise<ImportReportJson>,
    options: QueryOptions,
  ) => Promise<ImportReportJson>;
}

/**
 * Stores a parsed file by mode and says what happened. `usable` keeps the good rows, `all` keeps all or nothing, `check`
 * only looks. Throws StoreError when the database fails; then nothing is stored.
 */
export async function storeImport(
  store: Store,
  parsed: ParsedImport,
  mode: ImportMode,
  { upkeep = store, run = (work, options) => store.transaction(work, options) }: StoreImportParts = {},
): Promise<ImportReportJson> {
  const decide = (work: (tx: Queryable) => Promise<ImportReportJson>): Promise<ImportReportJson> =>
    run(work, { deadlineMs: STORE_DEADLINE_MS });
  const earlier = mode === 'check' ? null : await findEarlier(store, parsed);
  if (earlier && isAsAsked(earlier, mode)) return decide(async () => repeatedReport(earlier, mode));
  const judged = await judgeReach(store, await judgeShapes(store, parsed));
  const report = reportOf(judged, mode);
  if (mode === 'check') return report;
  const usable = judged.records.rows.length;
  if (usable === 0 || (mode === 'all' && judged.rejected > 0))
    return decide(async () => ({ ...report, outcome: 'rejected' }));
  const id = `import-${randomUUID()}`;
  const settings = settingsOf(parsed);
  const saved = await decide(async (tx) => {
    await lockImport(tx, keyOf(parsed));
    // the same file may have been stored since the first look
    const meanwhile = await findEarlier(tx, parsed);
    if (meanwhile && isAsAsked(meanwhile, mode)) return repeatedReport(meanwhile, mode);
    const kept = await saveImport(tx, { ...report, id, outcome: 'stored', stored: usable }, settings);
    await saveRecords(tx, judged, id);
    return kept;
  });
  if (saved.id === id && usable >= VACUUM_FROM_ROWS) await vacuumAnalyze(upkeep);
  return saved;
}

/** Only the usable rows of a file with faults are stored: whoever asks for all or nothing is told of the faults again. */
const isAsAsked = ({ rejected }: ImportReportJson, mode: ImportMode): boolean =>
  mode !== 'all' || rejected === 0;

const repeatedReport = (earlier: ImportReportJson, mode: ImportMode): ImportReportJson => ({
  ...earlier,
  mode,
  outcome: 'repeated',
  stored: 0,
});

const keyOf = (parsed: ParsedImport) => ({
  kind: parsed.records.kind,
  digest: parsed.digest,
  datum: parsed.datum,
  settings: settingsOf(parsed),
});

/** What changes the rows that come out of the same bytes. */
const settingsOf = ({ defaults }: ParsedImport) => ({
  resourceType: defaults.resourceType ?? null,
  status: defaults.status ?? null,
  heightM: defaults.heightM ?? null,
  areaKind: defaults.areaKind ?? null,
});

/** The report of the same file stored before, unless what it brought was deleted since: then it comes back. */
async function findEarlier(db: Queryable, parsed: ParsedImport): Promise<ImportReportJson | null> {
  const { records } = parsed;
  const earlier = await findImportByDigest(db, keyOf(parsed));
  if (!earlier) return null;
  if (records.kind === 'terrain' || records.kind === 'clutter') {
    return (await loadRaster(db, rasterIdOf(parsed))) ? earlier : null;
  }
  if (records.kind !== 'areas') return earlier;
  const ids = records.rows.map(({ value }) => value.id);
  const standing = await loadAreasByIds(db, ids);
  return standing.length === ids.length ? earlier : null;
}

/**
 * Areas that PostGIS finds invalid: spikes and touching rings are mended with a remark, as long as the area stays the same;
 * anything larger (a bow tie) is rejected with PostGIS's reason. Looking only shows the same remarks before a row is stored.
 */
async function judgeShapes(store: Store, parsed: ParsedImport): Promise<ParsedImport> {
  const { records } = parsed;
  switch (records.kind) {
    case 'areas': {
      const judged = await judgeRows(store, records.rows);
      return withJudged(parsed, { kind: records.kind, rows: judged.rows }, judged);
    }
    case 'buildings': {
      const judged = await judgeRows(store, records.rows);
      return withJudged(parsed, { kind: records.kind, rows: judged.rows }, judged);
    }
    case 'districts': {
      const judged = await judgeRows(store, records.rows);
      return withJudged(parsed, { kind: records.kind, rows: judged.rows }, judged);
    }
    default:
      return parsed;
  }
}

/** Rows the person may not write are issues of their own; the rest of the file stays usable. */
async function judgeReach(store: Store, parsed: ParsedImport): Promise<ParsedImport> {
  const { records } = parsed;
  switch (records.kind) {
    case 'sites': {
      const outside = await sitesOutOfReach(store, valuesOf(records.rows));
      const judged = withoutOutside(records.rows, outside, (site) => site.code);
      return judgeLibrary(
        store,
        withJudged(parsed, { kind: records.kind, rows: judged.rows }, judged),
        judged.rows,
      );
    }
    case 'resources': {
      const outside = await resourcesOutOfReach(store, valuesOf(records.rows));
      const judged = withoutOutside(records.rows, outside, (resource) => resource.code);
      return judgeOwners(
        store,
        withJudged(parsed, { kind: records.kind, rows: judged.rows }, judged),
        judged.rows,
      );
    }
    case 'demands': {
      const outside = await demandsOutOfReach(store, valuesOf(records.rows));
      const judged = withoutOutside(records.rows, outside, (demand) => demand.code);
      return withJudged(parsed, { kind: records.kind, rows: judged.rows }, judged);
    }
    case 'areas': {
      const outside = await areasOutOfReach(store, valuesOf(records.rows));
      const judged = withoutOutside(records.rows, outside, (area) => area.name);
      return withJudged(parsed, { kind: records.kind, rows: judged.rows }, judged);
    }
    default:
      return parsed;
  }
}

/** Sites made of resources follow those: a list of sites does not open what nobody opened. */
async function judgeLibrary(
  store: Store,
  parsed: ParsedImport,
  rows: readonly Numbered<StoredSite>[],
): Promise<ParsedImport> {
  const held = await codesOfLibrarySites(
    store,
    rows.map(({ value }) => value.code),
  );
  const kept = rows.filter(({ value }) => !held.has(value.code));
  const issues = rows
    .filter(({ value }) => held.has(value.code))
    .map(({ row, value }) => makeIssue('IMPORT_SITE_OF_LIBRARY', { row, found: value.code }, 'error'));
  const judged = { rows: kept, issues, rejected: rows.length - kept.length };
  return withJudged(parsed, { kind: 'sites', rows: kept }, judged);
}

/** What is open stays with the owner who consented, and contacts are kept only by those who may. */
async function judgeOwners(
  store: Store,
  parsed: ParsedImport,
  rows: readonly Numbered<ImportedResource>[],
): Promise<ParsedImport> {
  const sold = await codesOfOpenWithOtherOwner(store, valuesOf(rows));
  const kept = rows.filter(({ value }) => !sold.has(value.code));
  const issues = rows
    .filter(({ value }) => sold.has(value.code))
    .map(({ row, value }) => makeIssue('IMPORT_OWNER_OF_OPEN', { row, found: value.code }, 'error'));
  const named = kept.filter(({ value }) => value.contacts.length > 0).length;
  const denied = named > 0 && !(await mayKeepContacts(store));
  if (denied) issues.push(makeIssue('IMPORT_CONTACTS_DENIED', { row: null, found: named }, 'warning'));
  const final = denied ? kept.map(({ row, value }) => ({ row, value: { ...value, contacts: [] } })) : kept;
  const judged = { rows: final, issues, rejected: rows.length - kept.length };
  return withJudged(parsed, { kind: 'resources', rows: final }, judged);
}

function withoutOutside<T>(
  rows: readonly Numbered<T>[],
  outside: ReadonlySet<number>,
  nameOf: (value: T) => string,
): Judged<Numbered<T>> {
  const issues = [...outside]
    .sort((a, b) => a - b)
    .map((index) => {
      const { row, value } = rows[index]!;
      return makeIssue('IMPORT_OUTSIDE_TERRITORY', { row, found: nameOf(value) }, 'error');
    });
  return { rows: rows.filter((_, index) => !outside.has(index)), issues, rejected: outside.size };
}

interface Judged<Row> {
  readonly rows: Row[];
  readonly issues: ImportIssueJson[];
  readonly rejected: number;
}

async function judgeRows<T extends { readonly geometry: MultiPolygon }>(
  store: Store,
  rows: readonly Numbered<T>[],
): Promise<Judged<Numbered<T>>> {
  const kept: Numbered<T>[] = [];
  const issues: ImportIssueJson[] = [];
  let mendings = 0;
  for (let from = 0; from < rows.length; from += CHECKED_AT_ONCE) {
    const chunk = rows.slice(from, from + CHECKED_AT_ONCE);
    const geometries = chunk.map(({ value }) => value.geometry);
    const reasons = await checkGeometries(store, geometries);
    for (const [index, record] of chunk.entries()) {
      const reason = reasons[index] ?? null;
      if (reason === null) {
        kept.push(record);
        continue;
      }
      mendings += 1;
      const mended = mendings <= MOST_MENDINGS ? await repairGeometry(store, record.value.geometry) : null;
      const facts = { row: record.row, field: 'geometry', found: reason, expected: 'ST_IsValid' };
      if (mended && mended.changedShare <= MOST_CHANGED_SHARE) {
        const changed = `${(100 * mended.changedShare).toPrecision(2)} %`;
        const values = { reason, changed };
        issues.push(makeIssue('IMPORT_GEOMETRY_REPAIRED', { ...facts, values }, 'warning'));
        kept.push({ row: record.row, value: { ...record.value, geometry: mended.geometry } });
      } else {
        issues.push(makeIssue('IMPORT_GEOMETRY_INVALID', { ...facts, values: { reason } }, 'error'));
      }
    }
  }
  return { rows: kept, issues, rejected: rows.length - kept.length };
}

function withJudged(parsed: ParsedImport, records: ImportRecords, judged: Judged<unknown>): ParsedImport {
  const all = [...parsed.issues, ...judged.issues];
  return {
    ...parsed,
    records,
    rejected: parsed.rejected + judged.rejected,
    issues: all.slice(0, LISTED_ISSUES),
    moreIssues: parsed.moreIssues + Math.max(0, all.length - LISTED_ISSUES),
  };
}

async function saveRecords(tx: Queryable, parsed: ParsedImport, importId: string): Promise<void> {
  const { records } = parsed;
  switch (records.kind) {
    case 'sites':
      await saveSites(tx, valuesOf(records.rows), importId);
      return;
    case 'pipes':
      await savePipes(tx, valuesOf(records.rows), importId);
      return;
    case 'buildings':
      await saveBuildings(tx, valuesOf(records.rows), importId);
      return;
    case 'roads':
      await saveRoads(tx, valuesOf(records.rows), importId);
      return;
    case 'districts':
      await saveDistricts(tx, valuesOf(records.rows), importId);
      return;
    case 'areas':
      await saveAreas(tx, valuesOf(records.rows), importId);
      return;
    case 'resources':
      await saveImportedResources(tx, valuesOf(records.rows), importId, () => `resource-${randomUUID()}`);
      return;
    case 'demands':
      await saveImportedDemands(tx, valuesOf(records.rows), importId, () => `demand-${randomUUID()}`);
      return;
    case 'terrain':
    case 'clutter':
      await saveRasterOf(tx, parsed, records.kind, valuesOf(records.rows), importId);
      return;
    case 'demand':
    case 'population':
      await saveDemand(tx, valuesOf(records.rows).flatMap(pointsOf), importId);
      return;
  }
}

/** The same file is the same raster, on every machine. */
export const rasterIdOf = ({ records, digest }: ParsedImport): string => stableId(records.kind, digest);

async function saveRasterOf(
  tx: Queryable,
  parsed: ParsedImport,
  kind: 'terrain' | 'clutter',
  pieces: readonly NewRasterPiece[],
  importId: string,
): Promise<void> {
  const { raster, fileName, digest } = parsed;
  // pieces without a frame would be a mistake of our own reader
  if (!raster?.frame)
    throw new RangeError(`saveRasterOf: expected a frame with the pieces of ${kind}, got none`);
  const { crs, resolutionM, holes, lowestM, highestM } = raster.facts;
  const name = fileName.replace(/\.\w+$/, '') || fileName;
  const facts = { crs, resolutionM, holes, lowestM, highestM };
  const row = { id: rasterIdOf(parsed), kind, name, sourceFile: fileName, digest, ...raster.frame, ...facts };
  await saveRaster(tx, row, pieces, importId);
}

/** A cell is stored as the points it spreads over. */
function pointsOf({ id, position, weight, cell }: DemandRow): StoredDemandPoint[] {
  if (!cell) return [{ id, position, weight }];
  return spreadDemand(cell, weight).map((point, index) => ({ ...point, id: `${id}/${index}` }));
}

const valuesOf = <T>(rows: readonly Numbered<T>[]): T[] => rows.map(({ value }) => value);

/** The report of a file that was only looked at. Issues in the order of their rows, the file's own first. */
export function reportOf(parsed: ParsedImport, mode: ImportMode): ImportReportJson {
  return {
    id: null,
    kind: parsed.records.kind,
    fileName: parsed.fileName,
    format: parsed.format,
    digest: parsed.digest,
    datum: parsed.datum,
    mode,
    outcome: 'checked',
    rows: parsed.rowCount,
    accepted: parsed.records.rows.length,
    rejected: parsed.rejected,
    stored: 0,
    issues: [...parsed.issues].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    moreIssues: parsed.moreIssues,
    columns: parsed.columns.map(({ header, field }) => ({ header, field })),
    ...(parsed.raster && { raster: parsed.raster.facts }),
    createdAt: null,
  };
}
