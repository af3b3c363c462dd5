// The survey form: its fields with how each is typed, what is sent of it, and a late change put onto what somebody else wrote.
import { fibreStates, powerModes, structureChecks } from '../../../engine/index.ts';
import type { SurveyChangesJson, SurveyJson } from '../../../server/contract/cases.ts';

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

/** Every photo of the case belongs to its survey unless it is evidence of something later. */
export function withPhotos(
  draft: SurveyDraft,
  photos: readonly { readonly id: string; readonly kind: string }[],
): SurveyDraft {
  return { ...draft, photoIds: photos.filter(({ kind }) => kind !== '开通证据').map(({ id }) => id) };
}

/** What was typed stays, what somebody else changed comes in. */
export function surveyOnFresh(draft: SurveyDraft, before: SurveyJson, fresh: SurveyJson): SurveyDraft {
  const old = surveyDraftOf(before);
  const now = surveyDraftOf(fresh);
  const keys = Object.keys(now) as (keyof SurveyDraft)[];
  const touched = keys.filter((key) => JSON.stringify(draft[key]) !== JSON.stringify(old[key]));
  return { ...now, ...Object.fromEntries(touched.map((key) => [key, draft[key]])) };
}
