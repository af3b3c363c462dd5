// The issues of a report: counted by code, filtered, written as CSV; and the sentence that says how an import ended.
import type { ImportIssueJson, ImportReportJson } from '../../../server/contract/imports.ts';
import { inLanguage, type Language } from '../../format/language.ts';
import { makeCsv } from '../../format/make-csv.ts';

export interface IssueFilter {
  readonly code: string | null;
  readonly severity: ImportIssueJson['severity'] | null;
}

export interface CodeCount {
  readonly code: string;
  readonly severity: ImportIssueJson['severity'];
  readonly count: number;
}

/** Codes with how often they occur, the most frequent first; ties by code. */
export function countByCode(issues: readonly ImportIssueJson[]): CodeCount[] {
  const counts = new Map<string, CodeCount>();
  for (const { code, severity } of issues) {
    const before = counts.get(code);
    counts.set(code, {
      code,
      severity: before?.severity === 'error' ? 'error' : severity,
      count: (before?.count ?? 0) + 1,
    });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}

export function filterIssues(issues: readonly ImportIssueJson[], filter: IssueFilter): ImportIssueJson[] {
  return issues.filter(
    (issue) =>
      (filter.code === null || issue.code === filter.code) &&
      (filter.severity === null || issue.severity === filter.severity),
  );
}

/** The issues as a file for whoever mends the list. `headers`: row, field, severity, message, found, expected, hint, code. */
export function issuesToCsv(
  issues: readonly ImportIssueJson[],
  headers: readonly string[],
  words: { readonly severity: (value: string) => string; readonly field: (value: string | null) => string },
  language: Language,
): string {
  return makeCsv(
    headers,
    issues.map((issue) => [
      issue.row,
      words.field(issue.field),
      words.severity(issue.severity),
      inLanguage(issue.message, language),
      issue.found,
      issue.expected,
      inLanguage(issue.hint, language),
      issue.code,
    ]),
  );
}

export interface OutcomeWords {
  /** Key under `import.outcome`. */
  readonly key: string;
  /** Key under `import.outcomeHint`, or null. */
  readonly hintKey: string | null;
  readonly severity: 'success' | 'info' | 'warning' | 'error';
}

/** Which sentence tells how the import ended. */
export function outcomeWords(report: ImportReportJson): OutcomeWords {
  if (report.raster && (report.outcome === 'checked' || report.outcome === 'stored')) {
    // a raster is taken whole or not at all: rows mean nothing to a person here
    const severity = report.issues.length === 0 ? 'success' : 'warning';
    return { key: report.outcome === 'stored' ? 'storedRaster' : 'checkedRaster', hintKey: null, severity };
  }
  switch (report.outcome) {
    case 'checked':
      if (report.accepted === 0) return rejectedWords(report);
      return report.rejected === 0
        ? { key: 'checkedClean', hintKey: null, severity: 'success' }
        : { key: 'checked', hintKey: null, severity: 'warning' };
    case 'stored':
      return report.rejected === 0
        ? { key: 'stored', hintKey: null, severity: 'success' }
        : { key: 'storedPartly', hintKey: null, severity: 'warning' };
    case 'repeated':
      return { key: 'repeated', hintKey: 'repeated', severity: 'info' };
    case 'rejected':
      return rejectedWords(report);
  }
}

function rejectedWords(report: ImportReportJson): OutcomeWords {
  const isFile =
    report.rows === 0 || report.issues.some((issue) => issue.row === null && issue.severity === 'error');
  const key = isFile ? 'rejectedFile' : 'rejected';
  return { key, hintKey: key, severity: 'error' };
}
