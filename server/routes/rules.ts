// Rule values, read with rule:read, and the calendar, read by whoever is signed in because everybody's dates are counted by it; both are
// changed with rule:change.
import { Type } from 'typebox';
import { versionHeadersSchema } from '../contract/people.ts';
import {
  calendarChangeSchema,
  calendarQuerySchema,
  calendarSchema,
  ruleChangeSchema,
  ruleJsonSchema,
  ruleListSchema,
  staleCalendarSchema,
  staleRuleSchema,
} from '../contract/rules.ts';
import { strictObject } from '../contract/shared.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { changeCalendar, changeRule, loadCalendar, loadRule, loadRules } from '../store/rules.ts';
import { versionOfRequest } from './resource-parts.ts';
import { replies } from './route-parts.ts';
import { isRealDay, refuseRuleValue } from './rule-parts.ts';

const tags = ['rules'];
const change = { access: 'rule:change' } as const;
const nameParams = strictObject({ name: Type.String({ minLength: 1, maxLength: 100 }) });

export function ruleRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/rules',
    { config: { access: 'rule:read' }, schema: { tags, response: replies(ruleListSchema) } },
    async (request) => ({
      rules: await loadRules(storeOfRequest(request, store)),
    }),
  );

  app.patch(
    '/api/rules/:name',
    {
      config: change,
      schema: {
        tags,
        params: nameParams,
        headers: versionHeadersSchema,
        body: ruleChangeSchema,
        response: { ...replies(ruleJsonSchema), 412: replies(staleRuleSchema)[200] },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      const version = versionOfRequest(request);
      const { rule, done } = await storeOfRequest(request, store).transaction(async (tx) => {
        const before = await loadRule(tx, params.name);
        if (!before) throw new ProductError('RULE_UNKNOWN', { name: params.name });
        refuseRuleValue(before, body.value);
        const changed = await changeRule(tx, params.name, version, body);
        return { done: changed, rule: (await loadRule(tx, params.name)) ?? before };
      });
      if (done) return reply.header('etag', `"${rule.version}"`).send(rule);
      return reply.code(412).send({ ...replyOf(request.id, describeCode('RULE_STALE')), rule });
    },
  );

  app.get(
    '/api/calendar',
    {
      config: { access: 'signed-in' },
      schema: { tags, querystring: calendarQuerySchema, response: replies(calendarSchema) },
    },
    async (request) => loadCalendar(storeOfRequest(request, store), request.query.year),
  );

  app.put(
    '/api/calendar/days',
    {
      config: change,
      schema: {
        tags,
        headers: versionHeadersSchema,
        body: calendarChangeSchema,
        response: { ...replies(calendarSchema), 412: replies(staleCalendarSchema)[200] },
      },
    },
    async (request, reply) => {
      const { days } = request.body;
      const version = versionOfRequest(request);
      const wrong = days.find(({ day }) => !isRealDay(day));
      if (wrong) throw new ProductError('CALENDAR_DAY', { day: wrong.day });
      const { done, calendar } = await storeOfRequest(request, store).transaction(async (tx) => {
        const changed = await changeCalendar(tx, version, days);
        return { done: changed, calendar: await loadCalendar(tx, Number(days[0]?.day.slice(0, 4))) };
      });
      if (done) return reply.header('etag', `"${calendar.version}"`).send(calendar);
      return reply.code(412).send({ ...replyOf(request.id, describeCode('CALENDAR_STALE')), calendar });
    },
  );
}
