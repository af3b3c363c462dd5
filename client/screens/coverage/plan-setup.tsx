// What the next plan has to reach, with what, and for how much. Every share is printed with its rule.
import { CalculatorOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCoverageRules } from '../../api/catalogue.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useCreatePlan } from '../../api/plans.ts';
import { commaOf } from '../../format/comma.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { areasStore } from '../../state/areas.ts';
import { jobStore, watchJob } from '../../state/job.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useLiveRules } from '../../state/live-rules.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore, planRequestOf } from '../../state/plan-form.ts';
import { previewStore, runPreview } from '../../state/preview.ts';
import { viewStore } from '../../state/view.ts';
import { AreaPicker } from './area-picker.tsx';
import { AreaTargets } from './area-targets.tsx';
import { EquipmentField, LimitFields, MoreFields, RuleFields } from './plan-fields.tsx';
import { RadioFields } from './radio-fields.tsx';
import { RequirementFields } from './requirement-fields.tsx';
import { RunPanel } from './run-panel.tsx';
import { useRuleProblems } from './use-rule-problems.ts';

export function PlanSetup() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const form = useStore(planFormStore, (now) => now);
  const chosenIds = useStore(areasStore, (now) => now.chosenIds);
  const jobPlanId = useStore(jobStore, (job) => job.planId);
  // not the stage itself: a click on a site of the preview must not draw the form again
  const isPreviewing = useStore(previewStore, ({ stage }) => stage === 'fetching' || stage === 'computing');
  const rules = useCoverageRules();
  const areas = useKnownAreas();
  const create = useCreatePlan();

  const rule = rules.data?.find((one) => one.word === form.ruleWord) ?? rules.data?.[0];
  const problems = useRuleProblems();
  const isJoint = form.rules.operators.length > 0;
  useLiveRules(problems.size === 0 && !isJoint);
  const canStart = chosenIds.length > 0 && rule !== undefined && problems.size === 0;

  const request = () => {
    const names = (areas.data ?? []).filter((area) => chosenIds.includes(area.id)).map((area) => area.name);
    const area = names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(commaOf(language));
    const fallback = t('coverage.planNameFallback', { area, rule: form.ruleWord }).slice(0, 200);
    return planRequestOf(form, chosenIds, fallback);
  };
  const run = () => {
    create.mutate(request(), {
      onSuccess: watchJob,
      onError: (error) => void message.error(describeError(error, language).message),
    });
  };

  return (
    <>
      <div className="left-scroll">
        <AreaPicker />
        <AreaTargets rule={rule} isJoint={isJoint} />
        <BasedOn />
        {rules.error ? (
          <ErrorNote
            {...describeError(rules.error, language)}
            retryLabel={t('shell.retry')}
            onRetry={() => void rules.refetch()}
          />
        ) : null}
        <RuleFields rules={rules.data ?? []} rule={rule} isJoint={isJoint} />
        {isJoint ? null : <EquipmentField />}
        <LimitFields />
        <RequirementFields rule={rule} />
        <RadioFields />
        <MoreFields rule={rule} />
      </div>
      <div className="left-foot">
        <RunPanel />
        <WrongRules problems={problems} />
        {create.error ? <ErrorNote {...describeError(create.error, language)} /> : null}
        <Tooltip title={chosenIds.length > 0 ? '' : t('coverage.needArea')}>
          <Button
            type="primary"
            size="large"
            block
            icon={<CalculatorOutlined />}
            disabled={!canStart || jobPlanId !== null}
            loading={create.isPending}
            onClick={run}
            data-testid="run-plan"
          >
            {t('coverage.run')}
          </Button>
        </Tooltip>
        <Tooltip
          placement="right"
          title={t(
            isJoint
              ? 'operators.noPreview'
              : chosenIds.length > 0
                ? 'coverage.previewHint'
                : 'coverage.needArea',
          )}
        >
          <Button
            block
            icon={<ThunderboltOutlined />}
            disabled={!canStart || isPreviewing || isJoint}
            onClick={() => {
              if (rule !== undefined) void runPreview(request(), rule);
            }}
            data-testid="run-preview"
          >
            {t('coverage.preview')}
          </Button>
        </Tooltip>
      </div>
    </>
  );
}

/** Why the plan cannot start, and the way to the first field that has to change. */
function WrongRules({ problems }: { readonly problems: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  const [first] = problems.keys();
  if (first === undefined) return null;
  const show = () => {
    viewStore.set({ requirementsOpen: true });
    // once the section has unfolded
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(first)?.focus()));
  };
  return (
    <p className="wrong-rules" role="alert" data-testid="requirements-wrong">
      {t('requirements.wrong', { count: problems.size })}
      <Button type="link" size="small" onClick={show}>
        {t('requirements.showWrong')}
      </Button>
    </p>
  );
}

/** Says so when the form is a re-plan, and what was struck; both can be put away. */
function BasedOn() {
  const { t } = useTranslation();
  const { basedOnPlanId, refusedSiteIds, stayNear } = useStore(planFormStore, (form) => form);
  const isJoint = useStore(planFormStore, (form) => form.rules.operators.length > 0);
  if (basedOnPlanId === null && refusedSiteIds.length === 0) return null;
  return (
    <div className="based-on">
      {basedOnPlanId === null ? null : (
        <p>
          {t('coverage.based')}
          <Button type="link" size="small" onClick={() => planFormStore.set({ basedOnPlanId: null })}>
            {t('coverage.basedClear')}
          </Button>
        </p>
      )}
      {basedOnPlanId === null || isJoint ? null : (
        <Checkbox
          checked={stayNear}
          onChange={(event) => planFormStore.set({ stayNear: event.target.checked })}
          data-testid="stay-near"
        >
          {t('requirements.stayNear')}
        </Checkbox>
      )}
      {refusedSiteIds.length === 0 ? null : (
        <p>
          {t('coverage.struck', { count: refusedSiteIds.length })}
          <Button type="link" size="small" onClick={() => planFormStore.set({ refusedSiteIds: [] })}>
            {t('coverage.struckClear')}
          </Button>
        </p>
      )}
    </div>
  );
}
