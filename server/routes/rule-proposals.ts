// Proposals for other rule values: made by the district and the city, taken back by whoever made them, decided by the administrator. One
// that is accepted changes the rule in the same transaction, or on the day it names.
import { randomUUID } from 'node:crypto';
import {
  newRuleProposalSchema,
  type RuleProposalJson,
  ruleProposalJsonSchema,
  ruleProposalMoveSchema,
  ruleProposalPageSchema,
  ruleProposalQuerySchema,
  staleRuleProposalSchema,
} from '../contract/rule-proposals.ts';
import { describeCode, ProductError } from '../errors.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  loadRuleProposal,
  loadRuleProposalPage,
  moveRuleProposal,
  saveRuleProposal,
} from '../store/rule-proposals.ts';
import { loadRule } from '../store/rules.ts';
import type { Queryable } from '../store/store.ts';
import { versionOfRequest } from './resource-parts.ts';
import { created, idParams, replies } from './route-parts.ts';
import { isRealDay, refuseRuleValue } from './rule-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const tags = ['rules'];

export function ruleProposalRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/rule-proposals',
    {
      // row policies keep them for who proposes and who decides
      config: { access: 'rule:read' },
      schema: { tags, querystring: ruleProposalQuerySchema, response: replies(ruleProposalPageSchema) },
    },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE } = request.query;
      const query = { ...request.query, page, pageSize };
      return { ...(await loadRuleProposalPage(storeOfRequest(request, store), query)), page, pageSize };
    },
  );

  app.post(
    '/api/rule-proposals',
    {
      config: { access: 'rule:propose' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newRuleProposalSchema,
        response: created(ruleProposalJsonSchema),
      },
    },
    async (request, reply) => {
      const { rule: name, wanted, effectiveOn } = request.body;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const rule = await loadRule(tx, name);
        if (!rule) throw new ProductError('RULE_UNKNOWN', { name });
        refuseRuleValue(rule, wanted);
        if (effectiveOn !== undefined && !isRealDay(effectiveOn)) throw new ProductError('RULE_PROPOSAL_DAY');
        const id = `proposal-${randomUUID()}`;
        await saveRuleProposal(tx, id, request.body);
        return { status: 201, body: await proposalOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/rule-proposals/:id/moves',
    {
      // taking back is for whoever made it, deciding for the administrator
      config: { access: 'rule:read' },
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: ruleProposalMoveSchema,
        response: { ...replies(ruleProposalJsonSchema), 412: replies(staleRuleProposalSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { to, text = '' } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await onceOnly(request, store, text, async (tx) => {
        const proposal = await proposalOf(tx, id);
        if (proposal.version !== version)
          return {
            status: 412,
            body: { ...replyOf(request.id, describeCode('RULE_PROPOSAL_STALE')), proposal },
          };
        const needed = to === '撤回' ? 'rule:propose' : 'rule:change';
        if (rowScopeOf(principal, needed) === undefined || (to === '撤回' && !proposal.mine))
          throw new ProductError('PERMISSION_DENIED');
        if (to === '不采纳' && text.trim() === '') throw new ProductError('RULE_PROPOSAL_REASON');
        if (to === '采纳') {
          const rule = await loadRule(tx, proposal.rule);
          // its range may have been narrowed since
          if (rule) refuseRuleValue(rule, proposal.wanted);
        }
        // it was seen with this version, and still it was not written: the database did not let this person
        if (!(await moveRuleProposal(tx, id, version, request.body)))
          throw new ProductError('PERMISSION_DENIED');
        return { status: 200, body: await proposalOf(tx, id) };
      });
      return sendOnce(reply, outcome);
    },
  );
}

async function proposalOf(db: Queryable, id: string): Promise<RuleProposalJson> {
  const found = await loadRuleProposal(db, id);
  if (!found) throw new ProductError('RULE_PROPOSAL_UNKNOWN', { id });
  return found;
}
