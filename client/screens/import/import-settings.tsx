// What the file is: kind, datum, and what to assume where a row of sites says nothing.
import { AutoComplete, InputNumber, Radio, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { datums, waterKind } from '../../../engine/index.ts';
import { useResourceTypes } from '../../api/catalogue.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMe } from '../../state/session.ts';
import { areaKinds } from '../coverage/area-choice.ts';
import styles from './import.module.css';
import { type ImportChoice, isRasterKind, kindsFor } from './import-flow.ts';

const statuses = ['candidate', 'existing', 'proposed', 'unavailable'] as const;

export interface ImportSettingsProps {
  readonly choice: ImportChoice;
  readonly disabled: boolean;
  readonly onChange: (choice: Partial<ImportChoice>) => void;
}

export function ImportSettings({ choice, disabled, onChange }: ImportSettingsProps) {
  const { t } = useTranslation();
  const id = useId();
  const kinds = kindsFor(useMe()?.role);
  return (
    <>
      <fieldset className={styles.field}>
        <legend>{t('import.kind')}</legend>
        <Radio.Group
          className={styles.kinds}
          value={choice.kind}
          disabled={disabled}
          onChange={(event) => onChange({ kind: event.target.value })}
          options={kinds.map((kind) => ({ value: kind, label: t(`terms.kind.${kind}`) }))}
          data-testid="import-kind"
        />
      </fieldset>
      {isRasterKind(choice.kind) ? (
        <small className={styles.quiet}>{t('import.datumRaster')}</small>
      ) : (
        <div className={styles.field}>
          <label htmlFor={`${id}-datum`}>{t('import.datum')}</label>
          <Select
            id={`${id}-datum`}
            value={choice.datum}
            disabled={disabled}
            onChange={(datum) => onChange({ datum })}
            options={datums.map((value) => ({ value, label: value }))}
            data-testid="import-datum"
          />
          <small>{t(`import.datumNote.${choice.datum}`)}</small>
        </div>
      )}
      {choice.kind === 'sites' ? (
        <SiteDefaults choice={choice} disabled={disabled} onChange={onChange} />
      ) : null}
      {choice.kind === 'areas' ? (
        <AreaDefault choice={choice} disabled={disabled} onChange={onChange} />
      ) : null}
    </>
  );
}

function AreaDefault({ choice, disabled, onChange }: ImportSettingsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('import.defaults')}</label>
      <AutoComplete
        id={id}
        allowClear
        value={choice.defaultAreaKind}
        disabled={disabled}
        placeholder={t('import.noDefault', { name: t('import.defaultAreaKind') })}
        options={[...areaKinds, waterKind].map((value) => ({ value }))}
        onChange={(value) => onChange({ defaultAreaKind: value ?? null })}
        data-testid="import-default-area-kind"
      />
    </div>
  );
}

function SiteDefaults({ choice, disabled, onChange }: ImportSettingsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const types = useResourceTypes().data ?? [];
  return (
    <fieldset className={styles.field}>
      <legend>{t('import.defaults')}</legend>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={choice.defaultType}
        disabled={disabled}
        aria-label={t('import.defaultType')}
        placeholder={t('import.noDefault', { name: t('import.defaultType') })}
        onChange={(value) => onChange({ defaultType: value ?? null })}
        options={types.map((type) => ({ value: type.code, label: language === 'en' ? type.en : type.code }))}
        data-testid="import-default-type"
      />
      <div className={styles.pair}>
        <Select
          allowClear
          value={choice.defaultStatus}
          disabled={disabled}
          aria-label={t('import.defaultStatus')}
          placeholder={t('import.noDefault', { name: t('import.defaultStatus') })}
          onChange={(value) => onChange({ defaultStatus: value ?? null })}
          options={statuses.map((value) => ({ value, label: t(`terms.status.${value}`) }))}
          data-testid="import-default-status"
        />
        <InputNumber
          min={1.5}
          max={200}
          step={1}
          value={choice.defaultHeightM}
          disabled={disabled}
          suffix="m"
          style={{ width: '100%' }}
          aria-label={t('import.defaultHeight')}
          placeholder={t('import.noDefault', { name: t('import.defaultHeight') })}
          onChange={(value) => onChange({ defaultHeightM: value })}
          data-testid="import-default-height"
        />
      </div>
    </fieldset>
  );
}
