// From SQLSTATE (PostgreSQL 18, appendix A) to the store's own codes.
import { StoreError, type StoreErrorCode } from './store.ts';

const byState: Readonly<Record<string, StoreErrorCode>> = {
  '21000': 'STORE_CONFLICT',
  '23505': 'STORE_CONFLICT',
  '23P01': 'STORE_CONFLICT',
  '40001': 'STORE_RETRY',
  '40P01': 'STORE_RETRY',
  '55P03': 'STORE_RETRY',
  '57014': 'STORE_DEADLINE',
  '53100': 'STORE_FULL',
  '58030': 'STORE_FULL',
  '42501': 'STORE_FORBIDDEN',
  '28000': 'STORE_UNREACHABLE',
  '28P01': 'STORE_UNREACHABLE',
  '3D000': 'STORE_UNREACHABLE',
  '53300': 'STORE_UNREACHABLE',
  '2201B': 'STORE_VALUE',
  // raised by migration 021
  ZZR01: 'STORE_ROLES_MISSING',
};

const byClass: Readonly<Record<string, StoreErrorCode>> = {
  '08': 'STORE_UNREACHABLE',
  '22': 'STORE_VALUE',
  '23': 'STORE_CONSTRAINT',
  '25': 'STORE_SQL',
  '42': 'STORE_SQL',
  '53': 'STORE_LIMIT',
  '54': 'STORE_LIMIT',
  '57': 'STORE_UNREACHABLE',
};

export interface SqlFailure {
  readonly message: string;
  readonly sqlState: string | null;
  readonly constraint: string | null;
}

/** The store's error for what the database said. PostGIS and GEOS report under XX000: told apart by their words. */
export function sqlError(failure: SqlFailure): StoreError {
  const { message, sqlState, constraint } = failure;
  return new StoreError(codeOf(message, sqlState), message, sqlState, constraint);
}

function codeOf(message: string, sqlState: string | null): StoreErrorCode {
  if (sqlState === null) return 'STORE_INTERNAL';
  if (
    sqlState.startsWith('XX') &&
    /geos|topology|geom|geojson|antipodal|wkb|coordinate|spatial|polygon|linestring|ring|point/i.test(message)
  ) {
    return 'STORE_GEOMETRY';
  }
  return byState[sqlState] ?? byClass[sqlState.slice(0, 2)] ?? 'STORE_INTERNAL';
}
