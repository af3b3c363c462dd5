// Issues of an import: every wrong place with what was found and what was expected. The list stops at 1 000, the count
// goes on; which rows are rejected is kept for all of them, so rows in = accepted + rejected however long the list is.
import type { ImportIssueJson } from '../contract/imports.ts';
import { describeCode, type ErrorCode, type ErrorValues } from '../errors.ts';
import { shownText } from './check-text.ts';

const LISTED_ISSUES = 1_000;
const SHOWN_CHARACTERS = 200;

export interface IssueFacts {
  /** 1-based data row or feature; null for the file itself. */
  readonly row: number | null;
  readonly field?: string | null;
  readonly found?: unknown;
  readonly expected?: string;
  readonly values?: ErrorValues;
}

export interface IssueList {
  readonly issues: ImportIssueJson[];
  /** Issues found beyond the listed ones. */
  readonly more: number;
  readonly rejectedRows: ReadonlySet<number>;
  /** True when the file itself cannot be used. */
  readonly fileRejected: boolean;
  /** An error rejects the row; without a row it rejects the file. */
  error(code: ErrorCode, facts: IssueFacts): void;
  /** A warning keeps the row. */
  warning(code: ErrorCode, facts: IssueFacts): void;
}

export function makeIssueList(): IssueList {
  const issues: ImportIssueJson[] = [];
  const rejectedRows = new Set<number>();
  let more = 0;
  let fileRejected = false;

  const add = (code: ErrorCode, facts: IssueFacts, severity: 'error' | 'warning'): void => {
    if (severity === 'error') {
      if (facts.row === null) fileRejected = true;
      else rejectedRows.add(facts.row);
    }
    if (issues.length >= LISTED_ISSUES) more += 1;
    else issues.push(makeIssue(code, facts, severity));
  };

  return {
    issues,
    rejectedRows,
    get more() {
      return more;
    },
    get fileRejected() {
      return fileRejected;
    },
    error: (code, facts) => add(code, facts, 'error'),
    warning: (code, facts) => add(code, facts, 'warning'),
  };
}

export function makeIssue(
  code: ErrorCode,
  facts: IssueFacts,
  severity: 'error' | 'warning',
): ImportIssueJson {
  const found = shown(facts.found);
  const field = facts.field == null ? null : shownText(facts.field, SHOWN_CHARACTERS);
  const { message, hint } = describeCode(code, { found, field: field ?? '', ...facts.values });
  return { code, row: facts.row, field, found, expected: facts.expected ?? '', message, hint, severity };
}

/** What stood in the file, short and printable. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `${shownText(text, SHOWN_CHARACTERS)}${text.length > SHOWN_CHARACTERS ? '…' : ''}`;
}
