// Objects, actions, fields and values of audit records as people read them; what has no word stands as it is recorded.
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRecordJson } from '../../../server/contract/audit.ts';
import { commaOf } from '../../format/comma.ts';
import { formatDateTime } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';
import { useLanguage } from '../../format/use-language.ts';
import { usePeopleWords } from '../people/use-people-words.ts';
import { type ValueWords, valueText } from './audit-changes.ts';

export interface AuditWords {
  readonly t: TFunction;
  readonly language: Language;
  role(role: string): string;
  object(object: string): string;
  action(action: string): string;
  field(field: string): string;
  /** `object`: the kind of thing the field is of; states of each kind have their own words. */
  value(field: string, value: unknown, object?: string): string;
  person(record: Pick<AuditRecordJson, 'accountId' | 'accountName'>): string;
}

/** Lists of words other screens keep for the values of a field. */
const listOfField: Readonly<Record<string, string>> = {
  role: 'people.role',
  state: 'plan.state',
  status: 'terms.status',
  decision: 'terms.decision',
  reasonCode: 'terms.reason',
  outcome: 'import.outcomeWord',
  by: 'audit.door',
  office_state: 'office.state',
  plan_type: 'office.type',
};
const stateLists: Readonly<Record<string, string>> = {
  resource: 'library.state',
  claim: 'claims.state',
  case: 'cases.state',
  problem: 'problems.state',
  demand: 'demands.state',
  batch: 'batches.state',
  relocation: 'relocations.state',
  area: 'areas.state',
  'rule-proposal': 'settings.proposal.state',
};
const permissionFields: readonly string[] = ['scope', 'token_scope'];
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

export function useAuditWords(): AuditWords {
  const { t } = useTranslation();
  const language = useLanguage();
  const people = usePeopleWords();
  return useMemo((): AuditWords => {
    const word = (list: string, value: string) => t(`${list}.${value}`, { defaultValue: value });
    const values: ValueWords = {
      yes: t('audit.value.yes'),
      no: t('audit.value.no'),
      none: t('audit.value.none'),
      separator: commaOf(language),
      more: (count) => t('audit.value.more', { count }),
    };
    return {
      t,
      language,
      role: people.role,
      object: (object) => word('audit.object', object),
      action: (action) => word('audit.action', action),
      field: (field) =>
        field
          .split('.')
          .map((part) => word('audit.field', part))
          .join(' · '),
      value: (field, value, object = '') => {
        if (Array.isArray(value) && permissionFields.includes(field))
          return valueText(value.map(String).map(people.permission), values);
        if (typeof value !== 'string') return valueText(value, values);
        if (isoTime.test(value)) return formatDateTime(value, language);
        const list = field === 'state' ? (stateLists[object] ?? listOfField[field]) : listOfField[field];
        return valueText(list === undefined ? value : word(list, value), values);
      },
      person: ({ accountId, accountName }) => {
        if (accountId !== null) return accountName;
        return t(accountName === '-' ? 'audit.nobody' : 'audit.system');
      },
    };
  }, [t, language, people]);
}
