// Requests against their schemas with TypeBox itself: bodies as they come, addresses with strict numbers ("3.5" is no
// integer, "" is no number). Fastify's own validator would drop unknown fields and bend types in silence.

import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { App } from './app-types.ts';
import { tellingRemarks } from './schema-sentence.ts';

const MOST_REMARKS = 20;

export function registerValidation(app: App): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator = Compile(schema);
    const numbers = httpPart === 'body' ? [] : numberKeysOf(schema);
    return (value: unknown) => {
      const converted = numbers.length > 0 ? withNumbers(value, numbers) : value;
      if (validator.Check(converted)) return { value: converted };
      const all = validator.Errors(converted);
      // an unknown field is told twice; the clearer sentence names it
      const remarks = tellingRemarks(all.filter((each) => each.keyword !== 'boolean')).slice(0, MOST_REMARKS);
      return {
        error: remarks.map((each) => ({ ...each, message: sentenceOf(each) })) as never,
      };
    };
  });
}

interface Remark {
  readonly keyword: string;
  readonly message?: string;
  readonly params?: object;
}

/** Names the field or the words in question, which the short message leaves out. */
function sentenceOf({ keyword, message = 'does not fit', params = {} }: Remark): string {
  const named = Object.entries(params).find(
    ([key]) => key === 'additionalProperties' || key === 'allowedValues',
  );
  return named && (keyword === 'additionalProperties' || keyword === 'enum')
    ? `${message}: ${[named[1]].flat().slice(0, 20).join(', ')}`
    : message;
}

function numberKeysOf(schema: TSchema): string[] {
  const properties: unknown = 'properties' in schema ? schema.properties : {};
  return Object.entries(properties ?? {}).flatMap(([key, property]: [string, { type?: unknown }]) =>
    property.type === 'integer' || property.type === 'number' ? [key] : [],
  );
}

function withNumbers(value: unknown, keys: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const converted: Record<string, unknown> = { ...value };
  for (const key of keys) {
    const text = converted[key];
    if (typeof text === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) converted[key] = Number(text);
  }
  return converted;
}
