// The survey of a case: one form, read by whoever reads the case, written by the tower company while the case is being prepared.
import {
  type StaleSurveyJson,
  type SurveyJson,
  staleSurveySchema,
  surveyChangesSchema,
  surveyJsonSchema,
} from '../contract/cases.ts';
import { versionHeadersSchema } from '../contract/people.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import type { Queryable } from '../store/store.ts';
import { loadSurvey, saveSurvey } from '../store/surveys.ts';
import { answeredCase } from './case-parts.ts';
import { refusalOfDayAhead } from './past-day.ts';
import { versionOfRequest } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const tags = ['cases'];

export function surveyRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/cases/:id/survey',
    {
      config: { access: 'case:read' },
      schema: { tags, params: idParams, response: replies(surveyJsonSchema) },
    },
    async (request, reply) =>
      answeredCase(reply, await surveyOf(storeOfRequest(request, store), request.params.id)),
  );

  app.put(
    '/api/cases/:id/survey',
    {
      config: { access: 'case:update' },
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        body: surveyChangesSchema,
        response: { ...replies(surveyJsonSchema), 412: replies(staleSurveySchema)[200] },
      },
    },
    async (request, reply): Promise<SurveyJson | StaleSurveyJson> => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { position } = request.body;
      if (position && (Math.abs(position[1] ?? 0) > 90 || position.every((degrees) => degrees === 0)))
        throw new ProductError('RESOURCE_POSITION', { found: position.join(', ') });
      const ahead = refusalOfDayAhead(request.body.surveyedOn, { zh: '勘察日期', en: 'day of the survey' });
      if (ahead) throw new ProductError(ahead.code, ahead.values);
      const { survey, saved } = await storeOfRequest(request, store).transaction(async (tx) => {
        const before = await surveyOf(tx, id);
        const isFresh = before.version === version;
        const saved = isFresh && (await saveSurvey(tx, id, version, request.body));
        const survey = await surveyOf(tx, id);
        // nobody changed it, and still it was not written: the database did not let this person
        if (isFresh && !saved && survey.version === version) throw new ProductError('PERMISSION_DENIED');
        return { survey, saved };
      });
      if (saved) return answeredCase(reply, survey);
      reply.code(412);
      return { ...replyOf(request.id, describeCode('SURVEY_STALE')), survey };
    },
  );
}

async function surveyOf(db: Queryable, id: string): Promise<SurveyJson> {
  const survey = await loadSurvey(db, id);
  if (!survey) throw new ProductError('CASE_UNKNOWN', { id });
  return survey;
}
