// The fields a move of a case may ask for: how each is typed, and which need of the machine each of them meets.
import {
  type CaseNeed,
  type CaseState,
  caseMachine,
  caseStates,
  lastCaseStates,
} from '../../../engine/index.ts';
import type { CaseChangesJson, CaseDetailJson, CaseJson } from '../../../server/contract/cases.ts';
import type { MeJson } from '../../../server/contract/people.ts';
import { formatDate } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';

export type CaseField = keyof CaseChangesJson;

const fieldKinds = {
  siteId: 'site',
  planId: 'plan',
  agreedOn: 'day',
  agreement: 'text',
  filingNumber: 'text',
  filedOn: 'day',
  startedOn: 'day',
  completedOn: 'day',
  onAirOn: 'day',
  onAirEvidence: 'text',
  acceptedOn: 'day',
  remark: 'text',
} as const satisfies Readonly<Record<CaseField, 'site' | 'plan' | 'day' | 'text'>>;

export type CaseFieldKind = (typeof fieldKinds)[CaseField];

export function kindOfCaseField(field: string): CaseFieldKind | null {
  return Object.hasOwn(fieldKinds, field) ? fieldKinds[field as CaseField] : null;
}

const fieldsOfNeed: Readonly<Partial<Record<CaseNeed, readonly CaseField[]>>> = {
  site: ['siteId'],
  plan: ['planId'],
  agreement: ['agreedOn', 'agreement'],
  filing: ['filingNumber', 'filedOn'],
  completed: ['completedOn'],
  onAir: ['onAirOn'],
  evidence: ['onAirEvidence'],
  accepted: ['acceptedOn'],
};

export interface BulkCaseTarget {
  readonly to: CaseState;
  readonly asksReason: boolean;
  /** What may be given to all of them at once; a site is each one's own. */
  readonly fields: readonly CaseField[];
}

/** States many cases can be moved into by this person's hand, whatever each of them may lack. */
export function bulkCaseTargets({ permissions }: Pick<MeJson, 'permissions'>): readonly BulkCaseTarget[] {
  const held = new Set(Object.keys(permissions));
  return caseStates.flatMap((to): BulkCaseTarget[] => {
    const moves = caseMachine.moves.filter(
      (move) => move.to === to && move.desk === null && move.permissions.some((one) => held.has(one)),
    );
    if (moves.length === 0) return [];
    const needs = new Set(moves.flatMap((move) => move.needs));
    const fields = (Object.keys(fieldsOfNeed) as CaseNeed[]).flatMap((need) =>
      needs.has(need) ? (fieldsOfNeed[need] ?? []) : [],
    );
    return [
      {
        to,
        asksReason: moves.some(({ reasonNeeded }) => reasonNeeded),
        fields: fields.filter((field) => field !== 'siteId'),
      },
    ];
  });
}

export type CaseFieldValues = Readonly<Partial<Record<CaseField, string | null>>>;

/** What was filled in; an empty field is not sent, so that what stands there stays. */
export function changesOf(values: CaseFieldValues): CaseChangesJson {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) =>
      value === null || value === undefined || value.trim() === '' ? [] : [[field, value.trim()]],
    ),
  );
}

/** A field in one line; site and plan by name. */
export function caseFieldText(
  read: Pick<CaseDetailJson, CaseField | 'siteName' | 'siteCode' | 'planName'>,
  field: CaseField,
  language: Language,
): string {
  switch (fieldKinds[field]) {
    case 'site':
      return read.siteName || read.siteCode || '—';
    case 'plan':
      return read.planName ?? '—';
    case 'day':
      return formatDate(read[field], language);
    case 'text':
      return read[field] || '—';
  }
}

/** Whose a field is to write; the service asks again. A site is chosen with the move that needs it. */
const writers: readonly (readonly [permissions: readonly string[], fields: readonly CaseField[]])[] = [
  [
    ['case:create', 'case:update'],
    ['planId', 'remark'],
  ],
  [['case:update'], ['agreedOn', 'agreement', 'filingNumber', 'filedOn', 'startedOn', 'completedOn']],
  [['case:confirm'], ['onAirOn', 'onAirEvidence']],
  [['case:verify'], ['acceptedOn']],
];

/** The fields this person may mend in this case: a station is its operator's, a building site its company's. */
export function editableFields(
  { permissions, organisation, role }: Pick<MeJson, 'permissions' | 'organisation' | 'role'>,
  { state, operator, company }: Pick<CaseJson, 'state' | 'operator' | 'company'>,
): readonly CaseField[] {
  const isTheirs =
    (role === 'operator' && operator !== '' && operator !== organisation) ||
    (role === 'tower' && company !== '' && company !== organisation);
  if (lastCaseStates.includes(state) || isTheirs) return [];
  const held = new Set(Object.keys(permissions));
  return writers.flatMap(([words, fields]) => (words.some((word) => held.has(word)) ? fields : []));
}

/** What differs from what was read; an emptied day is sent as unknown, an emptied text as nothing written. */
export function editedFields(read: CaseChangesJson, values: CaseFieldValues): CaseChangesJson {
  return Object.fromEntries(
    (Object.keys(values) as CaseField[]).flatMap((field) => {
      const isText = fieldKinds[field] === 'text';
      const value = values[field]?.trim() || (isText ? '' : null);
      return value === (read[field] ?? (isText ? '' : null)) ? [] : [[field, value]];
    }),
  );
}
