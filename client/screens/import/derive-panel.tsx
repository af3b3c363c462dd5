// Candidates for a city that has no list yet: roofs of stored buildings, poles along stored roads, junctions.
import { Alert, Button, Checkbox, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DeriveResultJson } from '../../../server/contract/sites.ts';
import { useStatus } from '../../api/catalogue.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useDeriveSites } from '../../api/sites.ts';
import { formatArea } from '../../format/measures.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useKnownAreas } from '../../state/known-areas.ts';
import { isTarget } from '../coverage/area-choice.ts';
import {
  type DeriveChoice,
  type DeriveSource,
  deriveGap,
  deriveRequest,
  deriveSources,
  firstDeriveChoice,
} from './derive-choice.ts';
import styles from './import.module.css';

export function DerivePanel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [choice, setChoice] = useState(firstDeriveChoice);
  const change = (part: Partial<DeriveChoice>) => setChoice((now) => ({ ...now, ...part }));
  const derive = useDeriveSites();
  const counts = useStatus().data?.counts;
  const gap = deriveGap(choice);
  return (
    <div className={styles.columns} data-testid="derive-panel">
      <section className={styles.card} aria-label={t('import.tab.derive')}>
        <AreaField areaIds={choice.areaIds} onChange={(areaIds) => change({ areaIds })} />
        <fieldset className={styles.field}>
          <legend>{t('import.derive.from')}</legend>
          <Checkbox.Group
            className={styles.sources}
            value={[...choice.from]}
            options={deriveSources.map((value) => ({ value, label: t(`import.derive.${value}`) }))}
            onChange={(from) => change({ from: from as DeriveSource[] })}
            data-testid="derive-from"
          />
        </fieldset>
        <Numbers choice={choice} onChange={change} />
        <div className={styles.actions}>
          <Button
            type="primary"
            disabled={gap !== null}
            loading={derive.isPending}
            onClick={() => derive.mutate(deriveRequest(choice))}
            data-testid="derive-run"
          >
            {t(derive.isPending ? 'import.derive.running' : 'import.derive.run')}
          </Button>
          {gap === null ? null : <small className={styles.quiet}>{t(`import.derive.${gap}`)}</small>}
        </div>
      </section>
      <section className={styles.card} aria-live="polite">
        <p style={{ margin: 0 }}>{t('import.derive.intro')}</p>
        {counts ? (
          <p className={styles.quiet} style={{ margin: 0 }}>
            {t('import.derive.counts', {
              buildings: formatCount(counts.buildings, language),
              roads: formatCount(counts.roads, language),
              candidates: formatCount(counts.candidates, language),
            })}
          </p>
        ) : null}
        {derive.error ? <ErrorNote {...describeError(derive.error, language)} /> : null}
        {derive.data ? <Derived result={derive.data} /> : null}
      </section>
    </div>
  );
}

interface AreaFieldProps {
  readonly areaIds: readonly string[];
  readonly onChange: (areaIds: string[]) => void;
}

function AreaField({ areaIds, onChange }: AreaFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const areas = useKnownAreas();
  if (areas.error) {
    return (
      <ErrorNote
        {...describeError(areas.error, language)}
        retryLabel={t('shell.retry')}
        onRetry={() => void areas.refetch()}
      />
    );
  }
  const targets = areas.data?.filter(isTarget) ?? [];
  if (areas.data && targets.length === 0)
    return <Alert type="info" showIcon title={t('import.derive.noAreas')} />;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('import.derive.areas')}</label>
      <Select
        id={id}
        mode="multiple"
        maxTagCount="responsive"
        loading={areas.isPending}
        value={[...areaIds]}
        placeholder={t('import.derive.areasPlaceholder')}
        optionFilterProp="label"
        options={targets.map((area) => ({
          value: area.id,
          label: `${area.name} · ${formatArea(area.areaKm2, language)}`,
        }))}
        onChange={onChange}
        data-testid="derive-areas"
      />
    </div>
  );
}

interface NumbersProps {
  readonly choice: DeriveChoice;
  readonly onChange: (part: Partial<DeriveChoice>) => void;
}

function Numbers({ choice, onChange }: NumbersProps) {
  const roofs = choice.from.includes('roofs');
  return (
    <div className={styles.pair}>
      {choice.from.includes('poles') ? (
        <NumberField
          label="poleSpacing"
          unit="m"
          min={10}
          max={500}
          value={choice.poleSpacingM}
          onChange={(poleSpacingM) => onChange({ poleSpacingM })}
        />
      ) : null}
      {roofs ? (
        <NumberField
          label="minRoofArea"
          unit="m²"
          min={0}
          max={100_000}
          value={choice.minRoofAreaM2}
          onChange={(minRoofAreaM2) => onChange({ minRoofAreaM2 })}
        />
      ) : null}
      {roofs ? (
        <NumberField
          label="minRoofHeight"
          unit="m"
          min={0}
          max={500}
          value={choice.minRoofHeightM}
          onChange={(minRoofHeightM) => onChange({ minRoofHeightM })}
        />
      ) : null}
    </div>
  );
}

interface NumberFieldProps {
  readonly label: 'poleSpacing' | 'minRoofArea' | 'minRoofHeight';
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, unit, min, max, value, onChange }: NumberFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t(`import.derive.${label}`)}</label>
      <InputNumber
        id={id}
        min={min}
        max={max}
        value={value}
        suffix={unit}
        style={{ width: '100%' }}
        onChange={(next) => {
          if (next !== null) onChange(next);
        }}
        data-testid={`derive-${label}`}
      />
    </div>
  );
}

function Derived({ result }: { readonly result: DeriveResultJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { roofs, poles, junctions } = result.created;
  const isNothing = roofs + poles + junctions === 0;
  return (
    <Alert
      showIcon
      type={isNothing ? 'info' : 'success'}
      data-testid="derive-result"
      title={
        isNothing
          ? t('import.derive.doneNothing')
          : t('import.derive.done', {
              roofs: formatCount(roofs, language),
              poles: formatCount(poles, language),
              junctions: formatCount(junctions, language),
            })
      }
      description={
        result.skipped > 0
          ? t('import.derive.skipped', { total: formatCount(result.skipped, language) })
          : undefined
      }
      action={
        <Button size="small" onClick={() => navigate('/')}>
          {t('import.toMap')}
        </Button>
      }
    />
  );
}
