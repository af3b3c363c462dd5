// The survey form: its fields with how each is typed, what is sent of it, and a late change put onto what somebody else wrote.
import { fibreStates, powerModes, structureChecks } from '../../../engine/index.ts';
import type { SurveyChangesJson, SurveyJson } from '../../../server/contract/cases.ts';
import { formatDate } from '../../format/dates.ts';
import { formatNumber } from '../../format/numbers.ts';
import type { CaseWords } from './use-case-words.ts';

export type SurveyField = Exclude<keyof SurveyChangesJson, 'position' | 'photoIds'>;

type SurveyKind =
  | { readonly kind: 'number'; readonly unit: string; readonly largest: number; readonly digits: number }
  | { readonly kind: 'choice'; readonly words: readonly string[]; readonly isNeeded: boolean }
  | { readonly kind: 'day' }
  | { readonly kind: 'text'; readonly longest: number };

const number = (unit: string, largest: number, digits = 1): SurveyKind => ({
  kind: 'number',
  unit,
  largest,
  digits,
});

export const surveyFields: readonly (readonly [SurveyField, SurveyKind])[] = [
  ['surveyedOn', { kind: 'day' }],
  ['surveyor', { kind: 'text', longest: 100 }],
  ['accuracyM', number('m', 10_000)],
  ['mountHeightM', number('m', 1000)],
  ['structureCheck', { kind: 'choice', words: structureChecks, isNeeded: true }],
  ['powerMode', { kind: 'choice', words: powerModes, isNeeded: false }],
  ['powerDistanceM', number('m', 1e5)],
  ['powerKva', number('kVA', 1e5)],
  ['fibre', { kind: 'choice', words: fibreStates, isNeeded: false }],
  ['ductDistanceM', number('m', 1e5)],
  ['room', { kind: 'text', longest: 200 }],
  ['remark', { kind: 'text', longest: 1000 }],
];

export interface SurveyDraft extends Omit<SurveyChangesJson, 'position'> {
  /** As typed. */
  readonly positionText: string;
}

export function surveyDraftOf(survey: SurveyJson): SurveyDraft {
  const {
    caseId: _caseId,
    updatedAt: _at,
    version: _version,
    missingFields: _fields,
    missingPhotoKinds: _kinds,
    position,
    ...rest
  } = survey;
  return { ...rest, positionText: position === null ? '' : positionText(position) };
}

const positionText = (position: readonly number[]) => position.map((degree) => degree.toFixed(6)).join(', ');

/** `position`: what the text was read as; null: unknown. */
export function surveyChangesOf(draft: SurveyDraft, position: readonly number[] | null): SurveyChangesJson {
  const { positionText: _text, ...rest } = draft;
  return { ...rest, position: position === null ? null : [...position], photoIds: [...rest.photoIds] };
}

/** One field of the form in one line. */
export function surveyFieldText(draft: SurveyDraft, key: keyof SurveyDraft, words: CaseWords): string {
  const value = draft[key];
  const kind = surveyFields.find(([field]) => field === key)?.[1];
  if (value === null || value === '') return '—';
  if (kind?.kind === 'number' && typeof value === 'number')
    return `${formatNumber(value, words.language, kind.digits)} ${kind.unit}`;
  if (kind?.kind === 'day' && typeof value === 'string') return formatDate(value, words.language);
  return words.library.value(key, value);
}

/** Every photo of the case belongs to its survey unless it is evidence of something later. */
export function withPhotos(
  draft: SurveyDraft,
  photos: readonly { readonly id: string; readonly kind: string }[],
): SurveyDraft {
  return { ...draft, photoIds: photos.filter(({ kind }) => kind !== '开通证据').map(({ id }) => id) };
}
