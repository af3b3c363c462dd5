// What a schema found wrong with a field, in both languages. TypeBox speaks English only, and tells of a union every branch that failed.
import type { Sentence } from '../errors.ts';

export interface SchemaRemark {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params?: object | undefined;
}

/** Chinese for the keywords of JSON schema that the contract uses; others keep the English words. */
const words: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  type: ({ type }) => `应为${typeWords[String(type)] ?? String(type)}`,
  required: ({ requiredProperties }) => `缺少 ${listed(requiredProperties)}`,
  additionalProperties: ({ additionalProperties }) => `不认识的字段 ${listed(additionalProperties)}`,
  enum: ({ allowedValues }) => `应为其中之一：${listed(allowedValues)}`,
  const: ({ allowedValue }) => `应为 ${String(allowedValue)}`,
  minimum: ({ limit }) => `应不小于 ${String(limit)}`,
  maximum: ({ limit }) => `应不大于 ${String(limit)}`,
  exclusiveMinimum: ({ limit }) => `应大于 ${String(limit)}`,
  exclusiveMaximum: ({ limit }) => `应小于 ${String(limit)}`,
  minLength: ({ limit }) => `至少 ${String(limit)} 个字符`,
  maxLength: ({ limit }) => `至多 ${String(limit)} 个字符`,
  minItems: ({ limit }) => `至少 ${String(limit)} 项`,
  maxItems: ({ limit }) => `至多 ${String(limit)} 项`,
  uniqueItems: () => '有重复的项',
  pattern: ({ pattern }) => (String(pattern) === '\\S' ? '不能为空白' : `应符合 ${String(pattern)}`),
};

const typeWords: Readonly<Record<string, string>> = {
  array: '列表',
  object: '对象',
  string: '文字',
  number: '数',
  integer: '整数',
  boolean: '是或否（true、false）',
  null: '空（null）',
};

const MOST_LISTED = 20;

function listed(value: unknown): string {
  return [value].flat().slice(0, MOST_LISTED).map(String).join('、');
}

/** `place` and what is wrong there. */
export function schemaSentence(
  place: string,
  { keyword, message = 'does not fit', params = {} }: SchemaRemark,
): Sentence {
  const zh = words[keyword]?.({ ...params }) ?? message;
  return { zh: `${place} ${zh}`, en: `${place} ${message}` };
}

/** Without what only says that a field may also be null, or that no branch fits: the other remarks say what does not. */
export function tellingRemarks<Remark extends SchemaRemark>(remarks: readonly Remark[]): Remark[] {
  const telling = remarks.filter(
    ({ keyword, params }) =>
      keyword !== 'anyOf' &&
      !(keyword === 'type' && (params as { type?: unknown } | undefined)?.type === 'null'),
  );
  return telling.length > 0 ? telling : [...remarks];
}
