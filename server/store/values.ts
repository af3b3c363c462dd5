// Values going in and coming out, by one rule for both stores: in goes text (or bytes), out comes what the type's
// number says. So a query cannot answer differently because another database happens to run it.
import pg from 'pg';

const { types } = pg;

/** What travels to the database for one `$n`: text, bytes or NULL. */
export type Parameter = string | Buffer | null;

/** Arrays become PostgreSQL arrays, plain objects JSON, bytes stay bytes. */
export function toParameter(value: unknown): Parameter {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return arrayLiteral(value);
  return JSON.stringify(value);
}

function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map(arrayElement).join(',')}}`;
}

function arrayElement(value: unknown): string {
  if (Array.isArray(value)) return arrayLiteral(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const parameter = toParameter(value);
  if (parameter === null) return 'NULL';
  const text = typeof parameter === 'string' ? parameter : `\\x${parameter.toString('hex')}`;
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

type Parse = (text: string) => unknown;

/** pg_type.oid of text[]; missing in the list of pg's type declarations, not in pg. */
const TEXT_ARRAY = 1009;

const isoTime: Parse = (text) => {
  const time = parseTime(text);
  return time instanceof Date ? time.toISOString() : text;
};
const parseTime = types.getTypeParser(1184, 'text') as Parse;
const textArray = types.getTypeParser(TEXT_ARRAY as never, 'text') as Parse;
const arrayOf =
  (parse: Parse): Parse =>
  (text) =>
    mapDeep(textArray(text), parse);
const asText: Parse = (text) => text;

// Numbers of the types that differ from pg's own habits; everything else is parsed as pg does.
const ownParsers = new Map<number, Parse>([
  [20, Number], // int8
  [1016, arrayOf(Number)],
  [1700, Number], // numeric
  [1231, arrayOf(Number)],
  [1082, asText], // date
  [1182, arrayOf(asText)],
  [1114, asText], // timestamp without zone
  [1115, arrayOf(asText)],
  [1184, isoTime], // timestamptz
  [1185, arrayOf(isoTime)],
  [1186, asText], // interval
  [1187, arrayOf(asText)],
  [600, asText], // point
  [718, asText], // circle
]);

function mapDeep(value: unknown, parse: Parse): unknown {
  if (Array.isArray(value)) return value.map((item) => mapDeep(item, parse));
  return typeof value === 'string' ? parse(value) : value;
}

/** The parser of a type's text form, by the type's number (pg_type.oid). */
export function valueParser(typeId: number): Parse {
  return ownParsers.get(typeId) ?? (types.getTypeParser(typeId, 'text') as Parse);
}
