// The fields of a resource as inputs, drawn from the table of fields. Every input gives a value the service takes, or null for unknown.
import { Input, InputNumber, Select } from 'antd';
import { memo, useCallback, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDistrictChoices, useTowns } from '../../api/areas.ts';
import { DayField } from '../../parts/day-field.tsx';
import styles from './library.module.css';
import type { ResourceDraft } from './resource-draft.ts';
import { type FieldKind, fieldGroups, fieldKinds, type ResourceField } from './resource-fields.ts';
import { useLibraryWords } from './use-library-words.ts';

export interface ResourceFormProps {
  readonly draft: ResourceDraft;
  /** Fields that must be filled in and are not. */
  readonly lacks: readonly ResourceField[];
  readonly onChange: (field: ResourceField, value: unknown) => void;
}

export function ResourceForm({ draft, lacks, onChange }: ResourceFormProps) {
  const { t } = useTranslation();
  // a key typed into one of thirty fields draws that one alone
  const told = useRef(onChange);
  useEffect(() => {
    told.current = onChange;
  });
  const change = useCallback((field: ResourceField, value: unknown) => told.current(field, value), []);
  return (
    <div className={styles.stack} data-testid="resource-form">
      {fieldGroups.map(({ group, fields }) => (
        <section key={group} className={styles.group}>
          <h3>{t(`library.group.${group}`)}</h3>
          <div className={styles.fields}>
            {fields.map((field) => (
              <Field
                key={field}
                field={field}
                kind={fieldKinds[field]}
                value={draft[field]}
                isLacking={lacks.includes(field)}
                {...(field === 'townCode' && { districtCode: draft.districtCode })}
                onChange={change}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: ResourceField;
  readonly kind: FieldKind;
  readonly value: unknown;
  readonly isLacking: boolean;
  /** Towns of this one are offered; '' or left out: all. */
  readonly districtCode?: string;
  readonly onChange: (field: ResourceField, value: unknown) => void;
}

const Field = memo(function Field(props: FieldProps) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const id = useId();
  const { field, kind } = props;
  const unit =
    kind.kind === 'number' && kind.unit !== ''
      ? t('library.unit.number', { unit: kind.unit })
      : kind.kind === 'heights'
        ? t('library.unit.heights')
        : '';
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {words.field(field)}
        {unit}
      </label>
      <FieldInput {...props} id={id} onChange={(value) => props.onChange(field, value)} />
      {props.isLacking ? (
        <small role="alert" className={styles.wrong}>
          {t(field === 'code' ? 'library.drawer.codeMissing' : 'library.drawer.placeMissing')}
        </small>
      ) : null}
    </div>
  );
});

interface FieldInputProps extends Omit<FieldProps, 'onChange'> {
  readonly id: string;
  readonly onChange: (value: unknown) => void;
}

function FieldInput({ field, kind, value, isLacking, districtCode = '', onChange, id }: FieldInputProps) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const districts = useDistrictChoices();
  const towns = useTowns().data ?? [];
  const testId = `resource-field-${field}`;
  const unknown = t('library.unknown');
  switch (kind.kind) {
    case 'text':
    case 'note':
      return (
        <Input
          id={id}
          value={typeof value === 'string' ? value : ''}
          maxLength={kind.longest}
          status={isLacking ? 'error' : ''}
          onChange={({ target }) =>
            onChange(kind.kind === 'note' && target.value.trim() === '' ? null : target.value)
          }
          data-testid={testId}
        />
      );
    case 'number':
      return (
        <InputNumber
          id={id}
          value={typeof value === 'number' ? value : null}
          min={kind.smallest}
          max={kind.largest}
          precision={kind.digits}
          placeholder={unknown}
          style={{ width: '100%' }}
          onChange={(number) => onChange(number)}
          data-testid={testId}
        />
      );
    case 'date':
      return (
        <DayField
          id={id}
          label={words.field(field)}
          value={typeof value === 'string' && value !== '' ? value : null}
          placeholder={unknown}
          onChange={onChange}
          testId={testId}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          allowClear={!kind.isNeeded}
          showSearch={{ optionFilterProp: 'label' }}
          value={typeof value === 'string' ? value : null}
          placeholder={unknown}
          options={kind.words.map((word) => ({ value: word, label: words.value(field, word) }))}
          onChange={(word) => onChange(word ?? null)}
          data-testid={testId}
        />
      );
    case 'flags':
      return (
        <Select
          id={id}
          mode="multiple"
          value={textsOf(value)}
          options={kind.words.map((word) => ({ value: word, label: words.word(field, word) }))}
          onChange={onChange}
          data-testid={testId}
        />
      );
    case 'tags':
    case 'tagsOrUnknown':
      return (
        <Select
          id={id}
          mode="tags"
          tokenSeparators={[',', '，', '、', ';', '；']}
          value={textsOf(value)}
          {...(kind.kind === 'tagsOrUnknown' && value === null && { placeholder: unknown })}
          onChange={(texts: string[]) => {
            const kept = texts.map((text) => text.trim()).filter((text) => text !== '');
            onChange(kept.length === 0 && kind.kind === 'tagsOrUnknown' ? null : kept);
          }}
          data-testid={testId}
        />
      );
    case 'heights':
      return (
        <Select
          id={id}
          mode="tags"
          tokenSeparators={[',', '，', '、', ' ']}
          value={textsOf(value)}
          placeholder={unknown}
          onChange={(texts: string[]) => onChange(heightsOf(texts))}
          data-testid={testId}
        />
      );
    case 'district':
    case 'town': {
      const places =
        kind.kind === 'district'
          ? districts
          : towns.filter((town) => districtCode === '' || town.districtCode === districtCode);
      const now = typeof value === 'string' && value !== '' ? value : null;
      const known = places.map(({ code, name }) => ({ value: code, label: name }));
      return (
        <Select
          id={id}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={now}
          placeholder={unknown}
          // a code without an outline stays choosable
          options={
            now === null || known.some((one) => one.value === now)
              ? known
              : [...known, { value: now, label: words.place(now) }]
          }
          onChange={(code) => onChange(code ?? '')}
          data-testid={testId}
        />
      );
    }
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Heights above the ground that make sense, each once, from low to high; none: unknown. */
export function heightsOf(texts: readonly string[]): number[] | null {
  const heights = texts.map(Number).filter((heightM) => heightM > 0 && heightM <= 1000);
  return heights.length === 0 ? null : [...new Set(heights)].sort((a, b) => a - b).slice(0, 20);
}
