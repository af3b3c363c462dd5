// The filters above a table, from data: one search text and any number of choices. A text counts when the person is done with it.
import { ClearOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './desk.module.css';

export interface QueryChoice<Key extends string> {
  readonly key: Key;
  /** For screen readers: what is chosen. */
  readonly label: string;
  /** Shown while nothing is chosen, for example 全部类型. */
  readonly anyLabel: string;
  /** A choice without options is left out. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly widthPx?: number;
}

export interface QueryBarProps<Key extends string> {
  /** First part of every test id: `${testId}-search`, `${testId}-${key}`, `${testId}-clear`. */
  readonly testId: string;
  /** Null: nothing is searched by text. */
  readonly search: {
    readonly q: string;
    readonly placeholder: string;
    readonly onSearch: (q: string) => void;
  } | null;
  readonly choices: readonly QueryChoice<Key>[];
  /** Null: any. */
  readonly values: Readonly<Record<Key, string | null>>;
  readonly onChoose: (key: Key, value: string | null) => void;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  /** More fields behind the choices. */
  readonly children?: ReactNode;
}

export function QueryBar<Key extends string>(props: QueryBarProps<Key>) {
  const { testId, search, choices, values, onChoose, isFiltered, onClear, children } = props;
  const { t } = useTranslation();
  return (
    <div className={styles.bar}>
      {search === null ? null : <Search testId={testId} {...search} />}
      {choices
        .filter(({ options }) => options.length > 0)
        .map(({ key, label, anyLabel, options, widthPx = 140 }) => (
          <Select
            key={key}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={values[key]}
            placeholder={anyLabel}
            aria-label={label}
            style={{ width: widthPx }}
            popupMatchSelectWidth={false}
            options={options.map((option) => ({ ...option }))}
            onChange={(value) => onChoose(key, value ?? null)}
            data-testid={`${testId}-${key}`}
          />
        ))}
      {children}
      {isFiltered ? (
        <Button type="text" icon={<ClearOutlined />} onClick={onClear} data-testid={`${testId}-clear`}>
          {t('desk.clear')}
        </Button>
      ) : null}
    </div>
  );
}

/** A link may choose what is not in the usual list. */
export function withChosen(values: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || values.includes(chosen) ? values : [...values, chosen];
}

interface SearchProps {
  readonly testId: string;
  readonly q: string;
  readonly placeholder: string;
  readonly onSearch: (q: string) => void;
}

function Search({ testId, q, placeholder, onSearch }: SearchProps) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const done = (value: string) => {
    if (value.trim() !== q) onSearch(value.trim());
  };
  return (
    <Input.Search
      allowClear
      value={text}
      placeholder={placeholder}
      aria-label={placeholder}
      style={{ width: 230 }}
      maxLength={100}
      onChange={(event) => setText(event.target.value)}
      onSearch={done}
      onBlur={() => done(text)}
      data-testid={`${testId}-search`}
    />
  );
}
