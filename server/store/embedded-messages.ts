// What the store and its database process say to each other.
import type { SqlFailure } from './sql-errors.ts';
import type { Parameter } from './values.ts';

export interface Statement {
  readonly id: number;
  readonly sql: string;
  /** `null`: a script without parameters, possibly several statements. */
  readonly values: readonly Parameter[] | null;
  /** Only with values. */
  readonly keepPlan: boolean;
}

/** Last result of the statement; all values as the text PostgreSQL wrote. */
export interface RawResult {
  readonly fields: readonly { readonly name: string; readonly typeId: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly command: string;
  readonly rowCount: number;
}

export type ChildMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open-failed'; readonly message: string }
  | { readonly kind: 'result'; readonly id: number; readonly result: RawResult }
  | { readonly kind: 'error'; readonly id: number; readonly failure: SqlFailure }
  /** The database neither answered nor complained. */
  | { readonly kind: 'silence'; readonly id: number };

export type ParentMessage =
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'close' };
