// Proposals for other rule values: listed, made, taken back, decided.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  NewRuleProposalJson,
  RuleProposalJson,
  RuleProposalMoveJson,
  RuleProposalPageJson,
  RuleProposalQueryJson,
} from '../../server/contract/rule-proposals.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import type { Act } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

export function useRuleProposals(query: RuleProposalQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.ruleProposals, query],
    queryFn: ({ signal }) =>
      fetchJson<RuleProposalPageJson>(`/api/rule-proposals${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useProposeRule() {
  return useProposalMutation(({ asked, act }: { readonly asked: NewRuleProposalJson; readonly act: Act }) =>
    act.run((once) =>
      fetchJson<RuleProposalJson>('/api/rule-proposals', { method: 'POST', json: asked, once }),
    ),
  );
}

export interface MoveProposal {
  readonly proposal: Pick<RuleProposalJson, 'id' | 'version'>;
  readonly move: RuleProposalMoveJson;
  readonly act: Act;
}

/** Refused with 412 when somebody else was faster, with RULE_PROPOSAL_MOVED when the rule has another value than the one named. */
export function useMoveProposal() {
  return useProposalMutation(({ proposal: { id, version }, move, act }: MoveProposal) =>
    act.run((once) =>
      fetchJson<RuleProposalJson>(`/api/rule-proposals/${encodeURIComponent(id)}/moves`, {
        method: 'POST',
        json: move,
        once,
        ifMatch: version,
      }),
    ),
  );
}

/** The proposal as it is now, out of the refusal of a late decision; null for any other error. */
export const freshProposal = (error: unknown): RuleProposalJson | null =>
  freshRow<RuleProposalJson>(error, 'proposal');

function useProposalMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: somebody else may have decided it, or the rule has moved
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.ruleProposals }),
        client.invalidateQueries({ queryKey: queryKeys.ruleValues }),
      ]),
  });
}
