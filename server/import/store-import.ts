// From a parsed file to the register: shapes judged by PostGIS, the same file known again, then rows and report in ONE
// transaction. Nothing is ever half saved, and the report says what became of every row.
import { randomUUID } from 'node:crypto';
import type { ImportIssueJson, ImportMode, ImportReportJson } from '../contract/imports.ts';
import { loadAreasByIds, saveAreas } from '../store/areas.ts';
import { saveBuildings } from '../store/buildings.ts';
import { saveDemand } from '../store/demand.ts';
import { saveDistricts } from '../store/districts.ts';
import { checkGeometries } from '../store/geometry-check.ts';
import { findImportByDigest, saveImport } from '../store/imports.ts';
import { vacuumAnalyze } from '../store/maintenance.ts';
import { savePipes } from '../store/pipes.ts';
import { saveRoads } from '../store/roads.ts';
import { saveSites } from '../store/sites.ts';
import type { Queryable, Store } from '../store/store.ts';
import { makeIssue } from './import-issue.ts';
import type { ImportRecords, Numbered, ParsedImport } from './import-types.ts';

const CHECKED_AT_ONCE = 500;
const LISTED_ISSUES = 1_000;
const STORE_DEADLINE_MS = 600_000;
/** Small imports do not move the planner's statistics enough to matter. */
const VACUUM_FROM_ROWS = 500;

/**
 * Stores a parsed file by mode and says what happened. `usable` keeps the good rows, `all` keeps all or nothing, `check`
 * only looks. Throws StoreError when the database fails; then nothing is stored.
 */
export async function storeImport(
  store: Store,
  parsed: ParsedImport,
  mode: ImportMode,
): Promise<ImportReportJson> {
  const earlier = mode === 'check' ? null : await findEarlier(store, parsed);
  if (earlier) return { ...earlier, mode, outcome: 'repeated', stored: 0 };
  const judged = await judgeShapes(store, parsed);
  const report = reportOf(judged, mode);
  if (mode === 'check') return report;
  const usable = judged.records.rows.length;
  if (usable === 0 || (mode === 'all' && judged.rejected > 0)) return { ...report, outcome: 'rejected' };
  const id = `import-${randomUUID()}`;
  const settings = settingsOf(parsed);
  const saved = await store.transaction(
    async (tx) => {
      const kept = await saveImport(tx, { ...report, id, outcome: 'stored', stored: usable }, settings);
      await saveRecords(tx, judged.records, id);
      return kept;
    },
    { deadlineMs: STORE_DEADLINE_MS },
  );
  if (usable >= VACUUM_FROM_ROWS) await vacuumAnalyze(store);
  return saved;
}

/** What changes the rows that come out of the same bytes. */
const settingsOf = ({ defaults }: ParsedImport) => ({
  resourceType: defaults.resourceType ?? null,
  status: defaults.status ?? null,
  heightM: defaults.heightM ?? null,
  areaKind: defaults.areaKind ?? null,
});

/** The report of the same file stored before, unless areas it brought were deleted since: then they come back. */
async function findEarlier(store: Store, parsed: ParsedImport): Promise<ImportReportJson | null> {
  const { digest, datum, records } = parsed;
  const settings = settingsOf(parsed);
  const earlier = await findImportByDigest(store, { kind: records.kind, digest, datum, settings });
  if (!earlier || records.kind !== 'areas') return earlier;
  const ids = records.rows.map(({ value }) => value.id);
  const standing = await loadAreasByIds(store, ids);
  return standing.length === ids.length ? earlier : null;
}

/** Rows whose shape PostGIS finds invalid move to the rejected ones, with its reason. */
async function judgeShapes(store: Store, parsed: ParsedImport): Promise<ParsedImport> {
  const { records } = parsed;
  if (records.kind !== 'areas' && records.kind !== 'buildings' && records.kind !== 'districts') return parsed;
  const issues: ImportIssueJson[] = [];
  const invalid = new Set<number>();
  for (let from = 0; from < records.rows.length; from += CHECKED_AT_ONCE) {
    const rows = records.rows.slice(from, from + CHECKED_AT_ONCE);
    const reasons = await checkGeometries(
      store,
      rows.map(({ value }) => value.geometry),
    );
    rows.forEach(({ row }, index) => {
      const reason = reasons[index];
      if (!reason) return;
      invalid.add(row);
      const facts = { row, field: 'geometry', found: reason, expected: 'ST_IsValid', values: { reason } };
      issues.push(makeIssue('IMPORT_GEOMETRY_INVALID', facts, 'error'));
    });
  }
  if (invalid.size === 0) return parsed;
  const all = [...parsed.issues, ...issues];
  return {
    ...parsed,
    records: withoutRows(records, invalid),
    rejected: parsed.rejected + invalid.size,
    issues: all.slice(0, LISTED_ISSUES),
    moreIssues: parsed.moreIssues + Math.max(0, all.length - LISTED_ISSUES),
  };
}

function withoutRows(records: ImportRecords, rows: ReadonlySet<number>): ImportRecords {
  const keep = ({ row }: Numbered<unknown>): boolean => !rows.has(row);
  return { kind: records.kind, rows: records.rows.filter(keep) } as ImportRecords; // filtering keeps kind and rows together
}

async function saveRecords(tx: Queryable, records: ImportRecords, importId: string): Promise<void> {
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
    case 'demand':
      await saveDemand(tx, valuesOf(records.rows), importId);
      return;
  }
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
    createdAt: null,
  };
}
