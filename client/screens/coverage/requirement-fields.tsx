// The section 更多要求: everything a plan may have to keep beside its share and limits. What is set is counted on the folded
// section, and what is wrong with it is said beside the field.
import { Alert, Badge, Collapse, Radio, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type EffortWord, effortWords, siteOrders } from '../../../engine/index.ts';
import type { CoverageRuleJson } from '../../../server/contract/catalogue.ts';
import { formatArea } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { areasStore } from '../../state/areas.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore } from '../../state/plan-form.ts';
import { countPlanRules, type PlanRules } from '../../state/plan-rules.ts';
import { viewStore } from '../../state/view.ts';
import { AreaShareFields } from './area-share-fields.tsx';
import { ConfigurationFields } from './configuration-fields.tsx';
import { CorridorFields } from './corridor-fields.tsx';
import { OperatorFields } from './operator-fields.tsx';
import { PhaseFields } from './phase-fields.tsx';
import { QuotaFields } from './quota-fields.tsx';
import { ScenarioFields } from './scenario-fields.tsx';
import { ServerFields } from './server-fields.tsx';
import { SpacingFields } from './spacing-fields.tsx';
import { useRuleProblems } from './use-rule-problems.ts';

export function RequirementFields({ rule }: { readonly rule: CoverageRuleJson | undefined }) {
  const { t } = useTranslation();
  const { rules, targetShare } = useStore(planFormStore, (form) => form);
  const areaIds = useStore(areasStore, (now) => now.chosenIds);
  const isOpen = useStore(viewStore, (view) => view.requirementsOpen);
  const problems = useRuleProblems();
  const count = countPlanRules(rules, areaIds);
  const share = targetShare ?? rule?.targetShare ?? 0.95;
  const change = (changes: Partial<PlanRules>) => planFormStore.set({ rules: { ...rules, ...changes } });
  return (
    <Collapse
      ghost
      size="small"
      className="more-fields"
      activeKey={isOpen ? ['requirements'] : []}
      onChange={(keys) => viewStore.set({ requirementsOpen: keys.length > 0 })}
      items={[
        {
          key: 'requirements',
          label: <span data-testid="requirements">{t('requirements.title')}</span>,
          extra:
            count === 0 ? null : (
              <Badge
                count={count}
                color={problems.size > 0 ? '#a8071a' : '#1456b8'}
                title={t('requirements.count', { count })}
                data-testid="requirements-count"
              />
            ),
          children: (
            <>
              <EffortField effort={rules.effort} onChange={(effort) => change({ effort })} />
              <OperatorFields
                rules={rules}
                startShare={share}
                onChange={(changes) => change(changes)}
                problems={problems}
              />
              <div className="requirement" data-testid="area-shares">
                <span className="field-title">{t('requirements.areaShares.title')}</span>
                {areaIds.length < 2 ? null : (
                  <AreaShareFields
                    fieldOf={(areaId) => `area-share-${areaId}`}
                    shares={rules.areaShares}
                    startShare={share}
                    onChange={(areaShares) => change({ areaShares })}
                    problems={problems}
                  />
                )}
                <small className="soft">
                  {t(areaIds.length < 2 ? 'requirements.areaShares.few' : 'requirements.areaShares.note')}
                </small>
              </div>
              <ServerFields servers={rules.servers} onChange={(servers) => change({ servers })} />
              <CorridorFields
                shares={rules.corridorShares}
                startShare={share}
                onChange={(corridorShares) => change({ corridorShares })}
                problems={problems}
              />
              <ConfigurationFields
                rows={rules.configurations}
                onChange={(configurations) => change({ configurations })}
                problems={problems}
              />
              <SpacingFields spacing={rules.spacing} onChange={(spacing) => change({ spacing })} />
              <QuotaFields
                quotas={rules.quotas}
                onChange={(quotas) => change({ quotas })}
                problems={problems}
              />
              <ScenarioFields scenarios={rules.scenarios} onChange={(scenarios) => change({ scenarios })} />
              <OrderField rules={rules} onChange={change} />
              <PhaseFields
                phases={rules.phases}
                targetShare={share}
                onChange={(phases) => change({ phases })}
                problems={problems}
              />
            </>
          ),
        },
      ]}
    />
  );
}

/** Above this the complete search hardly ends in minutes. */
const EXACT_AREA_KM2 = 4;

function EffortField({
  effort,
  onChange,
}: {
  readonly effort: EffortWord;
  readonly onChange: (effort: EffortWord) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const areas = useKnownAreas().data ?? [];
  const chosenIds = useStore(areasStore, (now) => now.chosenIds);
  const areaKm2 = areas
    .filter(({ id }) => chosenIds.includes(id))
    .reduce((sum, area) => sum + area.areaKm2, 0);
  return (
    <div className="requirement">
      <span className="field-title">{t('requirements.effort.title')}</span>
      <Segmented<EffortWord>
        block
        size="small"
        value={effort}
        onChange={onChange}
        options={effortWords.map((value) => ({ value, label: t(`requirements.effort.words.${value}`) }))}
        data-testid="effort"
      />
      <small className="soft">{t(`requirements.effort.notes.${effort}`)}</small>
      {effort === 'exact' && areaKm2 > EXACT_AREA_KM2 ? (
        <Alert
          type="warning"
          title={t('requirements.effort.exactArea', { area: formatArea(areaKm2, language) })}
          data-testid="effort-warning"
        />
      ) : null}
    </div>
  );
}

function OrderField({
  rules,
  onChange,
}: {
  readonly rules: PlanRules;
  readonly onChange: (changes: Partial<PlanRules>) => void;
}) {
  const { t } = useTranslation();
  const { siteOrder } = rules;
  return (
    <div className="requirement">
      <span className="field-title">{t('requirements.order.title')}</span>
      <Radio.Group
        value={siteOrder}
        onChange={(event) => onChange({ siteOrder: event.target.value })}
        options={siteOrders.map((value) => ({ value, label: t(`requirements.order.words.${value}`) }))}
        data-testid="site-order"
      />
      <small className="soft">{t(`requirements.order.notes.${siteOrder}`)}</small>
    </div>
  );
}
