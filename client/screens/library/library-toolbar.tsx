// Filters, columns and export above the library. A text counts when the person is done with it.
import { ClearOutlined, DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Input, Popover, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { libraryTypes } from '../../../engine/index.ts';
import { useDistricts, useTowns } from '../../api/areas.ts';
import { resourcesExportUrl } from '../../api/resources.ts';
import { formatCount } from '../../format/numbers.ts';
import { download } from '../../state/download.ts';
import { useMay } from '../../state/session.ts';
import { type ColumnKey, columnKeys, readColumns, usualColumns } from './column-choice.ts';
import styles from './library.module.css';
import { exportQueryOf, isFiltered, type LibraryView } from './library-query.ts';
import type { LibraryWords } from './use-library-words.ts';

export interface LibraryToolbarProps {
  readonly view: LibraryView;
  readonly words: LibraryWords;
  readonly total: number | null;
  readonly columns: readonly ColumnKey[];
  readonly onChange: (change: Partial<LibraryView>) => void;
  readonly onClear: () => void;
  readonly onColumns: (columns: readonly ColumnKey[]) => void;
}

export function LibraryToolbar(props: LibraryToolbarProps) {
  const { view, words, total, columns, onChange, onClear, onColumns } = props;
  const { t } = useTranslation();
  const mayExport = useMay('resource:export');
  const exportAs = (format: 'xlsx' | 'geojson') =>
    void download(`resources.${format}`, resourcesExportUrl(format, exportQueryOf(view)));
  return (
    <div className={styles.bar}>
      <Search key={view.q} q={view.q} onDone={(q) => onChange({ q })} />
      <Filters view={view} words={words} onChange={onChange} />
      {isFiltered(view) ? (
        <Button type="text" icon={<ClearOutlined />} onClick={onClear} data-testid="library-clear">
          {t('library.clear')}
        </Button>
      ) : null}
      <span className={styles.count} aria-live="polite" data-testid="library-total">
        {total === null ? '' : t('library.total', { total: formatCount(total, words.language) })}
      </span>
      <Popover
        trigger="click"
        placement="bottomRight"
        title={t('library.columnsTitle')}
        content={<Columns columns={columns} words={words} onColumns={onColumns} />}
      >
        <Button icon={<SettingOutlined />} data-testid="library-columns">
          {t('library.columns')}
        </Button>
      </Popover>
      {mayExport ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'xlsx', label: t('library.exportXlsx') },
              { key: 'geojson', label: t('library.exportGeojson') },
            ],
            onClick: ({ key }) => exportAs(key === 'xlsx' ? 'xlsx' : 'geojson'),
          }}
        >
          <Button icon={<DownloadOutlined />} title={t('library.exportHint')} data-testid="library-export">
            {t('library.export')}
          </Button>
        </Dropdown>
      ) : null}
    </div>
  );
}

function Search({ q, onDone }: { readonly q: string; readonly onDone: (q: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const done = (value: string) => {
    if (value.trim() !== q) onDone(value.trim());
  };
  return (
    <Input.Search
      allowClear
      value={text}
      placeholder={t('library.search')}
      aria-label={t('library.search')}
      style={{ width: 230 }}
      maxLength={100}
      onChange={(event) => setText(event.target.value)}
      onSearch={done}
      onBlur={() => done(text)}
      data-testid="library-search"
    />
  );
}

function Filters({ view, words, onChange }: Pick<LibraryToolbarProps, 'view' | 'words' | 'onChange'>) {
  const { t } = useTranslation();
  const districts = useDistricts().data ?? [];
  const towns = (useTowns().data ?? []).filter(
    (town) => view.districtCode === null || town.districtCode === view.districtCode,
  );
  const yesNo = (key: 'whitelisted' | 'confirmed') => (
    <Select
      value={view[key] === null ? 'any' : String(view[key])}
      aria-label={words.field(key === 'confirmed' ? 'ownerConfirmedAt' : key)}
      style={{ width: 150 }}
      options={[
        { value: 'any', label: t(`library.filter.${key}`) },
        { value: 'true', label: t(`library.filter.${key}Yes`) },
        { value: 'false', label: t(`library.filter.${key}No`) },
      ]}
      onChange={(value) => onChange({ [key]: value === 'any' ? null : value === 'true' })}
      data-testid={`library-${key}`}
    />
  );
  return (
    <>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={view.resourceType}
        placeholder={t('library.filter.type')}
        aria-label={words.field('resourceType')}
        style={{ width: 150 }}
        options={libraryTypes.map(({ code }) => ({ value: code, label: words.resourceType(code) }))}
        onChange={(value) => onChange({ resourceType: value ?? null })}
        data-testid="library-type"
      />
      {districts.length > 0 ? (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={view.districtCode}
          placeholder={t('library.filter.district')}
          aria-label={words.field('districtCode')}
          style={{ width: 130 }}
          options={districts.map(({ code, name }) => ({ value: code, label: name }))}
          // towns of another district would leave nothing
          onChange={(value) => onChange({ districtCode: value ?? null, townCode: null })}
          data-testid="library-district"
        />
      ) : null}
      {towns.length > 0 ? (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={view.townCode}
          placeholder={t('library.filter.town')}
          aria-label={words.field('townCode')}
          style={{ width: 130 }}
          options={towns.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(value) => onChange({ townCode: value ?? null })}
          data-testid="library-town"
        />
      ) : null}
      {yesNo('whitelisted')}
      {yesNo('confirmed')}
    </>
  );
}

function Columns({
  columns,
  words,
  onColumns,
}: Pick<LibraryToolbarProps, 'columns' | 'words' | 'onColumns'>) {
  const { t } = useTranslation();
  return (
    <div className={styles.stack}>
      <Checkbox.Group
        value={[...columns]}
        options={columnKeys.map((key) => ({
          value: key,
          label: words.field(key),
          disabled: key === 'code',
        }))}
        onChange={(keys) => onColumns(readColumns(keys.join(',')))}
        style={{ display: 'grid', gridTemplateColumns: 'repeat(2, max-content)', gap: '4px 16px' }}
      />
      <Button size="small" onClick={() => onColumns(usualColumns)}>
        {t('library.columnsPlain')}
      </Button>
    </div>
  );
}
