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
import { queryKeys } from './query-keys.ts';

export function useRuleValues() {
  return useQuery({
    queryKey: queryKeys.ruleValues,
    queryFn: ({ signal }) => fetchJson<RuleListJson>('/api/rules', { signal }),
    select: (reply) => reply.rules,
  });
}

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

export function useChangeCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (days: CalendarChangeJson['days']) =>
      fetchJson<CalendarJson>('/api/calendar/days', { method: 'PUT', json: { days } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.calendar }),
  });
}
