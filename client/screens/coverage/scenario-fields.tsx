// Robust planning: a tick for each thing that may turn out harder, with how much, and the scenarios that came with an earlier plan.
import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type PlanScenario, scenarioRanges, type WeightBy, weightWords } from '../../../engine/index.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore } from '../../state/plan-form.ts';
import {
  made,
  othersOf,
  type ScenarioKind,
  scenarioKinds,
  scenarioOfKind,
  usualScenario,
  withKind,
} from '../../state/scenario-rows.ts';
import { useScenarioWords } from '../plan/use-scenario-words.ts';

export interface ScenarioFieldsProps {
  readonly scenarios: readonly PlanScenario[];
  readonly onChange: (scenarios: readonly PlanScenario[]) => void;
}

export function ScenarioFields({ scenarios, onChange }: ScenarioFieldsProps) {
  const { t } = useTranslation();
  const wordsOf = useScenarioWords();
  const others = othersOf(scenarios);
  return (
    <div className="requirement" data-testid="robust">
      <span className="field-title">{t('scenarios.robust.title')}</span>
      {scenarioKinds.map((kind) => (
        <ScenarioTick key={kind} kind={kind} scenarios={scenarios} onChange={onChange} />
      ))}
      {others.length === 0 ? null : (
        <ul className="robust-others" aria-label={t('scenarios.robust.others')}>
          {others.map((scenario) => (
            <li key={scenario.id}>
              {wordsOf(scenario)}
              <Button
                type="text"
                size="small"
                aria-label={t('scenarios.robust.remove', { scenario: wordsOf(scenario) })}
                onClick={() => onChange(scenarios.filter((other) => other !== scenario))}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <small className="soft">
        {t('scenarios.robust.note')} {scenarios.length > 0 ? t('scenarios.robust.slow') : null}
      </small>
    </div>
  );
}

function ScenarioTick({ kind, scenarios, onChange }: ScenarioFieldsProps & { readonly kind: ScenarioKind }) {
  const { t } = useTranslation();
  const planWeight = useStore(planFormStore, (form) => form.weightBy);
  const scenario = scenarioOfKind(scenarios, kind);
  const set = (next: PlanScenario | null) => onChange(withKind(scenarios, kind, next));
  return (
    <div className="robust-row">
      <Checkbox
        checked={scenario !== null}
        onChange={(event) => set(event.target.checked ? usualScenario(kind, planWeight) : null)}
        data-testid={`robust-${kind}`}
      >
        {t(`scenarios.robust.${kind}`)}
      </Checkbox>
      {scenario === null ? null : <Amount kind={kind} scenario={scenario} onChange={set} />}
    </div>
  );
}

interface AmountProps {
  readonly kind: ScenarioKind;
  readonly scenario: PlanScenario;
  readonly onChange: (scenario: PlanScenario) => void;
}

function Amount({ kind, scenario, onChange }: AmountProps) {
  const { t } = useTranslation();
  const planWeight = useStore(planFormStore, (form) => form.weightBy);
  const label = t(`scenarios.robust.${kind}`);
  if (kind === 'weight')
    return (
      <Select<WeightBy | null>
        size="small"
        value={scenario.weightBy}
        aria-label={label}
        options={weightWords
          .filter((value) => value !== planWeight)
          .map((value) => ({ value, label: t(`scenarios.weights.${value}`) }))}
        onChange={(weightBy) => onChange(made({ weightBy }))}
        data-testid="robust-weight-by"
      />
    );
  const field = kind === 'threshold' ? 'thresholdDeltaDb' : 'shadowSigmaDeltaDb';
  return (
    <InputNumber
      size="small"
      min={0.5}
      max={scenarioRanges[field][1]}
      step={0.5}
      precision={1}
      value={scenario[field]}
      aria-label={label}
      onChange={(typed) => {
        if (typed !== null) onChange(made({ [field]: typed }));
      }}
      data-testid={`robust-${kind}-db`}
    />
  );
}
