// Rule values and the calendar of working days, as everybody reads and the administrator changes them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CalendarChangeJson,
  CalendarJson,
  RuleChangeJson,
  RuleJson,
  RuleListJson,
} from '../../server/contract/rules.ts';
import { fetchJson } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import { queryKeys } from './query-keys.ts';

export function useRuleValues() {
  return useQuery({
    queryKey: queryKeys.ruleValues,
    queryFn: ({ signal }) => fetchJson<RuleListJson>('/api/rules', { signal }),
    select: (reply) => reply.rules,
  });
}

/** Refused with RULE_STALE when somebody else was faster; `freshRule` reads the value out of the refusal. */
export function useChangeRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rule: { name, version }, change }: { rule: RuleJson; change: RuleChangeJson }) =>
      fetchJson<RuleJson>(`/api/rules/${encodeURIComponent(name)}`, {
        method: 'PATCH',
        json: change,
        ifMatch: version,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.ruleValues }),
  });
}

export function useCalendar(year: number) {
  return useQuery({
    queryKey: [...queryKeys.calendar, year],
    queryFn: ({ signal }) => fetchJson<CalendarJson>(`/api/calendar?year=${year}`, { signal }),
  });
}

export interface CalendarChange {
  /** As it was read: its version goes along. */
  readonly calendar: Pick<CalendarJson, 'version'>;
  readonly days: CalendarChangeJson['days'];
}

/** Refused with CALENDAR_STALE when somebody else was faster; `freshCalendar` reads it out of the refusal. */
export function useChangeCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ calendar, days }: CalendarChange) =>
      fetchJson<CalendarJson>('/api/calendar/days', {
        method: 'PUT',
        json: { days },
        ifMatch: calendar.version,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.calendar }),
  });
}

export const freshRule = (error: unknown): RuleJson | null => freshRow<RuleJson>(error, 'rule');
export const freshCalendar = (error: unknown): CalendarJson | null =>
  freshRow<CalendarJson>(error, 'calendar');
