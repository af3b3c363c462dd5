// Phases as rows in their order, cumulative: name, share, budget, count, and the areas that come first.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { areasStore } from '../../state/areas.ts';
import { phaseAreaField, phaseField } from '../../state/check-plan-rules.ts';
import { useStore } from '../../state/make-store.ts';
import { newPhaseRow, type PhaseRow, phasePreset } from '../../state/plan-rules.ts';
import { AreaShareFields } from './area-share-fields.tsx';
import { FieldProblem, NumberField } from './number-field.tsx';

const presets = { years2: [1, 2], years3: [1, 2, 3] } as const;

export interface PhaseFieldsProps {
  readonly phases: readonly PhaseRow[];
  /** The plan's own share, which the last phase ends at. */
  readonly targetShare: number;
  readonly onChange: (phases: readonly PhaseRow[]) => void;
  readonly problems: ReadonlyMap<string, string>;
}

export function PhaseFields({ phases, targetShare, onChange, problems }: PhaseFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className="requirement" data-testid="phases">
      <div className="field-label">
        <span>{t('requirements.phases.title')}</span>
        <span className="field-buttons">
          {phases.length > 0 ? (
            <Button type="link" size="small" onClick={() => onChange([])} data-testid="phases-clear">
              {t('requirements.phases.clear')}
            </Button>
          ) : (
            (Object.keys(presets) as (keyof typeof presets)[]).map((preset) => (
              <Button
                key={preset}
                type="link"
                size="small"
                onClick={() =>
                  onChange(
                    phasePreset(
                      presets[preset].map((year) => t(`requirements.phases.yearNames.${year}`)),
                      targetShare,
                    ),
                  )
                }
                data-testid={`phases-${preset}`}
              >
                {t(`requirements.phases.presets.${preset}`)}
              </Button>
            ))
          )}
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined />}
            disabled={phases.length >= MOST_PHASES}
            onClick={() =>
              onChange([
                ...phases,
                newPhaseRow(t('requirements.phases.newName', { number: phases.length + 1 })),
              ])
            }
            data-testid="phase-add"
          >
            {t('requirements.phases.add')}
          </Button>
        </span>
      </div>
      {phases.map((phase, index) => (
        <PhaseCard
          key={phase.key}
          phase={phase}
          number={index + 1}
          isLast={index === phases.length - 1}
          targetShare={targetShare}
          problems={problems}
          onChange={(changes) =>
            onChange(phases.map((one) => (one.key === phase.key ? { ...one, ...changes } : one)))
          }
          onRemove={() => onChange(phases.filter(({ key }) => key !== phase.key))}
        />
      ))}
      <small className="soft">{t('requirements.phases.note')}</small>
    </div>
  );
}

/** The contract takes no more. */
const MOST_PHASES = 20;

interface PhaseCardProps {
  readonly phase: PhaseRow;
  readonly number: number;
  readonly isLast: boolean;
  readonly targetShare: number;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (changes: Partial<PhaseRow>) => void;
  readonly onRemove: () => void;
}

function PhaseCard(props: PhaseCardProps) {
  const { phase, number, isLast, targetShare, problems, onChange, onRemove } = props;
  const { t } = useTranslation();
  const areaCount = useStore(areasStore, (now) => now.chosenIds.length);
  const nameField = phaseField(phase.key, 'name');
  const problemOf = (part: 'share' | 'budget' | 'sites') => problems.get(phaseField(phase.key, part));
  const limit = (part: 'share' | 'budget' | 'sites', placeholder: string) => ({
    id: phaseField(phase.key, part),
    label: t(`requirements.phases.${part}`),
    problem: problemOf(part),
    problemElsewhere: true,
    placeholder,
  });
  const none = t('requirements.none');
  return (
    <fieldset
      className="requirement-card"
      aria-label={t('requirements.phases.row', { number })}
      data-testid={`phase-${number}`}
    >
      <div className="card-line">
        <Input
          id={nameField}
          size="small"
          value={phase.name}
          maxLength={100}
          status={problems.has(nameField) ? 'error' : ''}
          aria-label={t('requirements.phases.name')}
          aria-describedby={problems.has(nameField) ? `${nameField}-problem` : undefined}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('requirements.phases.remove', { number })}
          onClick={onRemove}
        />
      </div>
      <FieldProblem id={nameField} problem={problems.get(nameField)} />
      <div className="field-three">
        <NumberField
          {...limit('share', isLast ? t('requirements.phases.shareLast') : none)}
          unit="share"
          value={phase.targetShare}
          onChange={(share) => onChange({ targetShare: share })}
        />
        <NumberField
          {...limit('budget', none)}
          unit="wan"
          value={phase.budgetCny}
          onChange={(budgetCny) => onChange({ budgetCny })}
        />
        <NumberField
          {...limit('sites', none)}
          unit="sites"
          value={phase.maxSites}
          onChange={(maxSites) => onChange({ maxSites })}
        />
      </div>
      {(['share', 'budget', 'sites'] as const).map((part) => (
        <FieldProblem key={part} id={phaseField(phase.key, part)} problem={problemOf(part)} />
      ))}
      {areaCount < 2 ? null : (
        <>
          <span className="field-title">{t('requirements.phases.areas')}</span>
          <AreaShareFields
            fieldOf={(areaId) => phaseAreaField(phase.key, areaId)}
            shares={phase.areaShares}
            startShare={targetShare}
            onChange={(areaShares) => onChange({ areaShares })}
            problems={problems}
          />
        </>
      )}
    </fieldset>
  );
}
