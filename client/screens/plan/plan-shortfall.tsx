// Below the figures of a plan that misses what was asked: why, and what can be done next.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { copyPlanToForm, planFormStore } from '../../state/plan-form.ts';
import { changePreview } from '../../state/preview.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { showBottom, viewStore } from '../../state/view.ts';
import { useCorridorName } from '../coverage/use-corridor-name.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { useScenarioNames } from './plan-scenarios.tsx';
import { shortfallOf } from './shortfall.ts';

export function PlanShortfall({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const areas = useKnownAreas().data ?? [];
  const words = useSiteWords();
  const corridor = useCorridorName();
  const names = {
    area: (areaId: string) =>
      (shown.areas.find(({ id }) => id === areaId) ?? areas.find(({ id }) => id === areaId))?.name ?? areaId,
    corridor,
    scenario: useScenarioNames(shown),
    resourceType: (code: string | null) =>
      code === null ? t('proof.shortfall.otherTypes') : words.resourceType(code),
  };
  const shortfall = shortfallOf(shown.summary, shown.asked, names, language);
  if (shortfall === null) return null;
  const { sentences, reachableShare } = shortfall;
  const change = () => {
    if (shown.plan !== null) copyPlanToForm(shown.plan);
    viewStore.set({
      leftOpen: true,
      leftTab: 'setup',
      requirementsOpen: shown.summary.status === 'rules-bind',
    });
  };
  const lower = (targetShare: number) => {
    change();
    planFormStore.set({ targetShare });
    if (shown.plan === null) changePreview({ targetShare });
  };
  return (
    <section className="plan-shortfall" role="status" data-testid="plan-shortfall">
      <p>
        {sentences
          .map(({ key, values }) => t(`proof.shortfall.${key}`, values))
          .join(language === 'en' ? ' ' : '')}
      </p>
      <div>
        {shown.uncovered.length === 0 ? null : (
          <Button size="small" onClick={() => showBottom('uncovered')} data-testid="shortfall-uncovered">
            {t('proof.shortfall.uncovered')}
          </Button>
        )}
        {reachableShare === null ? (
          <Button size="small" onClick={change} data-testid="shortfall-change">
            {t('proof.shortfall.change')}
          </Button>
        ) : (
          <Button size="small" onClick={() => lower(reachableShare)} data-testid="shortfall-lower">
            {t('proof.shortfall.lower', { share: formatShare(reachableShare, language, 0) })}
          </Button>
        )}
      </div>
    </section>
  );
}
