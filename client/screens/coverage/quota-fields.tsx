// Quotas as rows: what the new sites have in common, and how many or how much of them at the least and at the most.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { buildModes, type QuotaKind, quotaKinds, siteStructures } from '../../../engine/index.ts';
import { useDistricts } from '../../api/areas.ts';
import { useResourceTypes } from '../../api/catalogue.ts';
import { quotaField } from '../../state/check-plan-rules.ts';
import { newQuotaRow, type QuotaRow } from '../../state/plan-rules.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { FieldProblem, NumberField } from './number-field.tsx';

export interface QuotaFieldsProps {
  readonly quotas: readonly QuotaRow[];
  readonly onChange: (quotas: readonly QuotaRow[]) => void;
  readonly problems: ReadonlyMap<string, string>;
}

export function QuotaFields({ quotas, onChange, problems }: QuotaFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className="requirement" data-testid="quotas">
      <div className="field-label">
        <span>{t('requirements.quotas.title')}</span>
        <span className="field-buttons">
          <Button
            type="link"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange([...quotas, newQuotaRow()])}
            data-testid="quota-add"
          >
            {t('requirements.quotas.add')}
          </Button>
        </span>
      </div>
      {quotas.map((quota, index) => (
        <QuotaCard
          key={quota.key}
          quota={quota}
          number={index + 1}
          problems={problems}
          onChange={(changes) =>
            onChange(quotas.map((one) => (one.key === quota.key ? { ...one, ...changes } : one)))
          }
          onRemove={() => onChange(quotas.filter(({ key }) => key !== quota.key))}
        />
      ))}
      <small className="soft">{t('requirements.quotas.note')}</small>
    </div>
  );
}

interface QuotaCardProps {
  readonly quota: QuotaRow;
  readonly number: number;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (changes: Partial<QuotaRow>) => void;
  readonly onRemove: () => void;
}

function QuotaCard({ quota, number, problems, onChange, onRemove }: QuotaCardProps) {
  const { t } = useTranslation();
  const { key } = quota;
  const row = t('requirements.quotas.row', { number });
  return (
    <fieldset className="requirement-card" aria-label={row} data-testid={`quota-${number}`}>
      <div className="card-line">
        <Select<QuotaKind>
          size="small"
          value={quota.by}
          aria-label={`${row} ${t('requirements.quotas.by')}`}
          onChange={(by) => onChange({ by, value: '' })}
          options={quotaKinds.map((value) => ({ value, label: t(`requirements.quotas.kinds.${value}`) }))}
        />
        <QuotaValue quota={quota} problem={problems.get(quotaField(key, 'value'))} onChange={onChange} />
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('requirements.quotas.remove', { number })}
          onClick={onRemove}
        />
      </div>
      <FieldProblem id={quotaField(key, 'value')} problem={problems.get(quotaField(key, 'value'))} />
      <div className="field-three">
        <NumberField
          id={quotaField(key, 'least')}
          label={t('requirements.quotas.least')}
          unit="sites"
          value={quota.leastSites}
          placeholder={t('requirements.none')}
          problem={problems.get(quotaField(key, 'least'))}
          problemElsewhere
          onChange={(leastSites) => onChange({ leastSites })}
        />
        <NumberField
          id={quotaField(key, 'most')}
          label={t('requirements.quotas.most')}
          unit="sites"
          value={quota.mostSites}
          placeholder={t('requirements.none')}
          problem={problems.get(quotaField(key, 'most'))}
          problemElsewhere
          onChange={(mostSites) => onChange({ mostSites })}
        />
        <NumberField
          id={quotaField(key, 'cost')}
          label={t('requirements.quotas.cost')}
          unit="wan"
          value={quota.mostCostCny}
          placeholder={t('requirements.none')}
          onChange={(mostCostCny) => onChange({ mostCostCny })}
        />
      </div>
      {(['least', 'most'] as const).map((part) => (
        <FieldProblem key={part} id={quotaField(key, part)} problem={problems.get(quotaField(key, part))} />
      ))}
    </fieldset>
  );
}

interface QuotaValueProps {
  readonly quota: QuotaRow;
  readonly problem: string | undefined;
  readonly onChange: (changes: Partial<QuotaRow>) => void;
}

/** Owners are free text, everything else is chosen from what there is. */
function QuotaValue({ quota, problem, onChange }: QuotaValueProps) {
  const { t } = useTranslation();
  const options = useQuotaValues(quota.by);
  const id = quotaField(quota.key, 'value');
  const common = {
    id,
    size: 'small' as const,
    status: problem === undefined ? ('' as const) : ('error' as const),
    'aria-label': t('requirements.quotas.value'),
    'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
    'data-testid': id,
  };
  if (options === null) {
    return (
      <Input
        {...common}
        value={quota.value}
        maxLength={200}
        placeholder={t('requirements.quotas.ownerPlaceholder')}
        onChange={(event) => onChange({ value: event.target.value })}
      />
    );
  }
  // a value of an older plan stays even when nothing carries it any more
  const isKnown = quota.value === '' || options.some(({ value }) => value === quota.value);
  return (
    <Select<string>
      {...common}
      value={quota.value === '' ? null : quota.value}
      placeholder={t('requirements.quotas.value')}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      onChange={(value) => onChange({ value })}
      options={isKnown ? options : [...options, { value: quota.value, label: quota.value }]}
    />
  );
}

/** Towns carry longer codes than the districts they lie in. */
const DISTRICT_CODE_LENGTH = 6;

function useQuotaValues(by: QuotaKind): { readonly value: string; readonly label: string }[] | null {
  const words = useSiteWords();
  const districts = useDistricts().data ?? [];
  const types = useResourceTypes().data ?? [];
  const named = (isTown: boolean) =>
    districts
      .filter(({ code }) => code.length > DISTRICT_CODE_LENGTH === isTown)
      .map(({ code, name }) => ({ value: code, label: name }));
  switch (by) {
    case 'district':
      return named(false);
    case 'town':
      return named(true);
    case 'structure':
      return siteStructures.map((value) => ({ value, label: words.term('structure', value) }));
    case 'buildMode':
      return buildModes.map((value) => ({ value, label: words.term('buildMode', value) }));
    case 'resourceType':
      return types.map(({ code }) => ({ value: code, label: words.resourceType(code) }));
    case 'owner':
      return null;
  }
}
