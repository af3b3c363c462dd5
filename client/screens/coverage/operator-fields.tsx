// Several operators in one plan: who, with which equipment, to which share of their own, whose the existing stations are, and what they
// pay where they share. Prices start as the price book has them and say where they come from.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ExistingRule, existingRules, mobileOperators } from '../../../engine/index.ts';
import { useProfiles } from '../../api/catalogue.ts';
import { operatorColour } from '../../format/operator-colours.ts';
import { useStore } from '../../state/make-store.ts';
import {
  agreedSharing,
  OPERATORS_FIELD,
  type OperatorRow,
  operatorField,
  type SharingForm,
  sharingField,
  withOperator,
} from '../../state/operator-rows.ts';
import { planFormStore } from '../../state/plan-form.ts';
import type { PlanRules } from '../../state/plan-rules.ts';
import { useOperatorName } from '../plan/use-operator-name.ts';
import { FieldProblem, NumberField } from './number-field.tsx';

export interface OperatorFieldsProps {
  readonly rules: Pick<PlanRules, 'operators' | 'sharing'>;
  /** Share of an operator that is added. */
  readonly startShare: number;
  readonly onChange: (changes: Partial<Pick<PlanRules, 'operators' | 'sharing'>>) => void;
  readonly problems: ReadonlyMap<string, string>;
}

export function OperatorFields({ rules, startShare, onChange, problems }: OperatorFieldsProps) {
  const { t } = useTranslation();
  const profileId = useStore(planFormStore, (form) => form.profileId);
  const { operators, sharing } = rules;
  const add = (rows: readonly OperatorRow[]) => withOperator(rows, profileId, startShare);
  return (
    <div className="requirement" data-testid="operators">
      <div className="field-label">
        <span>{t('operators.title')}</span>
        <span className="field-buttons">
          <Button
            id={OPERATORS_FIELD}
            type="link"
            size="small"
            icon={<PlusOutlined />}
            disabled={operators.length >= mobileOperators.length}
            // a plan for several begins with two
            onClick={() => onChange({ operators: operators.length === 0 ? add(add([])) : add(operators) })}
            data-testid="operator-add"
          >
            {t(operators.length === 0 ? 'operators.start' : 'operators.add')}
          </Button>
          {operators.length === 0 ? null : (
            <Button
              type="link"
              size="small"
              onClick={() => onChange({ operators: [], sharing: null })}
              data-testid="operators-clear"
            >
              {t('operators.clear')}
            </Button>
          )}
        </span>
      </div>
      <FieldProblem id={OPERATORS_FIELD} problem={problems.get(OPERATORS_FIELD)} />
      {operators.map((row, index) => (
        <OperatorCard
          key={row.id}
          row={row}
          number={index + 1}
          taken={operators.map(({ id }) => id)}
          problem={problems.get(operatorField(row.id, 'share'))}
          onChange={(changes) =>
            onChange({
              operators: operators.map((one, at) => (at === index ? { ...one, ...changes } : one)),
            })
          }
          onRemove={() => onChange({ operators: operators.filter((_, at) => at !== index) })}
        />
      ))}
      {operators.length < 2 ? null : (
        <SharingFields
          sharing={sharing}
          operators={operators}
          problems={problems}
          onChange={(next) => onChange({ sharing: next })}
        />
      )}
      <small className="soft">{t('operators.note')}</small>
    </div>
  );
}

interface OperatorCardProps {
  readonly row: OperatorRow;
  readonly number: number;
  /** Operators that are on the form; each once. */
  readonly taken: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (changes: Partial<OperatorRow>) => void;
  readonly onRemove: () => void;
}

function OperatorCard({ row, number, taken, problem, onChange, onRemove }: OperatorCardProps) {
  const { t } = useTranslation();
  const nameOf = useOperatorName();
  const profiles = useProfiles();
  const title = t('operators.row', { number });
  const profileField = `operator-${row.id}-profile`;
  return (
    <fieldset className="requirement-card" aria-label={title} data-testid={`operator-${number}`}>
      <div className="card-line">
        <Select<string>
          size="small"
          value={row.id}
          aria-label={`${title} ${t('operators.name')}`}
          onChange={(id) => onChange({ id })}
          options={mobileOperators.map((id) => ({
            value: id,
            label: (
              <>
                <i className="dot" style={{ background: operatorColour(id) }} /> {nameOf(id)}
              </>
            ),
            disabled: id !== row.id && taken.includes(id),
          }))}
          data-testid={`operator-${number}-name`}
        />
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('operators.remove', { name: nameOf(row.id) })}
          onClick={onRemove}
        />
      </div>
      <div className="field-pair">
        <div className="field">
          <label htmlFor={profileField}>{t('coverage.profile')}</label>
          <Select<string>
            id={profileField}
            size="small"
            value={row.profileId}
            loading={profiles.isLoading}
            popupMatchSelectWidth={false}
            onChange={(profileId) => onChange({ profileId })}
            options={(profiles.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            data-testid={`operator-${number}-profile`}
          />
        </div>
        <NumberField
          id={operatorField(row.id, 'share')}
          label={t('operators.share')}
          unit="share"
          value={row.targetShare}
          problem={problem}
          onChange={(targetShare) => onChange({ targetShare })}
        />
      </div>
      <div className="field">
        <span className="field-title">{t('operators.existing')}</span>
        <Segmented<ExistingRule>
          block
          size="small"
          value={row.existing}
          onChange={(existing) => onChange({ existing })}
          options={[...existingRules].reverse().map((value) => ({
            value,
            label: t(`operators.existingRules.${value}`),
          }))}
          aria-label={`${title} ${t('operators.existing')}`}
          data-testid={`operator-${number}-existing`}
        />
      </div>
    </fieldset>
  );
}

interface SharingFieldsProps {
  readonly sharing: SharingForm | null;
  readonly operators: readonly OperatorRow[];
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (sharing: SharingForm | null) => void;
}

const NOBODY = '';

function SharingFields({ sharing, operators, problems, onChange }: SharingFieldsProps) {
  const { t } = useTranslation();
  const nameOf = useOperatorName();
  const shown = sharing ?? agreedSharing;
  const change = (changes: Partial<SharingForm>) => onChange({ ...shown, ...changes });
  const [, two = 0, three = two] = shown.percentOff;
  const anchor = operators.some(({ id }) => id === shown.anchorId) ? (shown.anchorId ?? NOBODY) : NOBODY;
  return (
    <fieldset className="requirement-card" aria-label={t('operators.sharing.title')} data-testid="sharing">
      <div className="field-label">
        <span>{t('operators.sharing.title')}</span>
        {sharing === null ? null : (
          <Button type="link" size="small" onClick={() => onChange(null)} data-testid="sharing-reset">
            {t('operators.sharing.reset')}
          </Button>
        )}
      </div>
      <div className="field-three">
        <NumberField
          id={sharingField('two')}
          label={t('operators.sharing.two')}
          unit="percent"
          value={two}
          onChange={(percent) => change({ percentOff: [0, percent ?? 0, three] })}
        />
        <NumberField
          id={sharingField('three')}
          label={t('operators.sharing.three')}
          unit="percent"
          value={three}
          problem={problems.get(sharingField('three'))}
          problemElsewhere
          onChange={(percent) => change({ percentOff: [0, two, percent ?? 0] })}
        />
        <NumberField
          id={sharingField('anchor')}
          label={t('operators.sharing.anchor')}
          unit="percent"
          value={shown.anchorPercentOff}
          onChange={(percent) => change({ anchorPercentOff: percent ?? 0 })}
        />
      </div>
      <FieldProblem id={sharingField('three')} problem={problems.get(sharingField('three'))} />
      <div className="field-pair">
        <div className="field">
          <label htmlFor="sharing-anchor-id">{t('operators.sharing.anchorId')}</label>
          <Select<string>
            id="sharing-anchor-id"
            size="small"
            value={anchor}
            onChange={(id) => change({ anchorId: id === NOBODY ? null : id })}
            options={[
              { value: NOBODY, label: t('operators.sharing.noAnchor') },
              ...operators.map(({ id }) => ({ value: id, label: nameOf(id) })),
            ]}
          />
        </div>
        <NumberField
          id="sharing-join"
          label={t('operators.sharing.join')}
          unit="wan"
          value={shown.joinCostCny}
          placeholder={t('operators.sharing.noJoin')}
          onChange={(joinCostCny) => change({ joinCostCny })}
        />
      </div>
      {sharing === null ? (
        <small className="soft">{t('operators.sharing.agreed')}</small>
      ) : (
        <Input
          size="small"
          value={shown.source}
          maxLength={300}
          placeholder={t('operators.sharing.source')}
          aria-label={t('operators.sharing.source')}
          onChange={(event) => change({ source: event.target.value })}
          data-testid="sharing-source"
        />
      )}
      <small className="soft">{t('operators.sharing.note')}</small>
    </fieldset>
  );
}
