// Filters, count and export above the site table. The filters live in state, so the map can follow them.
import { ClearOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { countingForms, NO_PLACE } from '../../../engine/index.ts';
import type { SiteQueryJson } from '../../../server/contract/sites.ts';
import { useDistrictChoices, useTowns } from '../../api/areas.ts';
import { useResourceTypes } from '../../api/catalogue.ts';
import { sitesExportUrl } from '../../api/sites.ts';
import { formatCount } from '../../format/numbers.ts';
import { download } from '../../state/download.ts';
import { filtersStore, noFilters, type SiteFilters } from '../../state/filters.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import styles from './sites.module.css';
import type { SiteWords } from './use-site-words.ts';

const statuses = ['existing', 'candidate', 'proposed', 'unavailable'] as const;
const structures = ['pole', 'roof', 'tower'] as const;

export interface SitesToolbarProps {
  readonly words: SiteWords;
  readonly total: number | null;
  /** The filters as the table asks for them; the export takes the same. */
  readonly query: SiteQueryJson;
}

export function SitesToolbar({ words, total, query }: SitesToolbarProps) {
  const { t } = useTranslation();
  const filters = useStore(filtersStore, (value) => value);
  const isFiltered = Object.keys(noFilters).some(
    (key) => filters[key as keyof SiteFilters] !== noFilters[key as keyof SiteFilters],
  );
  const mayExport = useMay('resource:export');
  const exportAs = (format: 'csv' | 'geojson') =>
    void download(`sites.${format}`, sitesExportUrl(format, query));
  return (
    <div className={styles.toolbar}>
      <Input.Search
        allowClear
        value={filters.q}
        placeholder={t('sites.search')}
        aria-label={t('sites.search')}
        style={{ width: 220 }}
        onChange={(event) => filtersStore.set({ q: event.target.value })}
        data-testid="sites-search"
      />
      <Filters words={words} filters={filters} />
      <Checkbox
        checked={filters.inView}
        onChange={(event) => filtersStore.set({ inView: event.target.checked })}
        data-testid="sites-in-view"
      >
        {t('sites.inView')}
      </Checkbox>
      {isFiltered ? (
        <Button
          type="text"
          icon={<ClearOutlined />}
          onClick={() => filtersStore.set(noFilters)}
          data-testid="sites-clear"
        >
          {t('sites.clear')}
        </Button>
      ) : null}
      <span className={styles.count} data-testid="sites-total" aria-live="polite">
        {total === null ? '' : t('sites.total', { total: formatCount(total, words.language) })}
      </span>
      {mayExport ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'csv', label: t('sites.exportCsv') },
              { key: 'geojson', label: t('sites.exportGeojson') },
            ],
            onClick: ({ key }) => exportAs(key === 'csv' ? 'csv' : 'geojson'),
          }}
        >
          <Button icon={<DownloadOutlined />} title={t('sites.exportHint')} data-testid="sites-export">
            {t('sites.export')}
          </Button>
        </Dropdown>
      ) : null}
    </div>
  );
}

function Filters({ words, filters }: { readonly words: SiteWords; readonly filters: SiteFilters }) {
  const { t } = useTranslation();
  const types = useResourceTypes().data ?? [];
  const districts = useDistrictChoices();
  const towns = (useTowns().data ?? []).filter(
    ({ districtCode }) => filters.districtCode === null || districtCode === filters.districtCode,
  );
  const set = (change: Partial<SiteFilters>) => filtersStore.set(change);
  return (
    <>
      <Select
        allowClear
        value={filters.status ?? null}
        placeholder={t('sites.allStatuses')}
        aria-label={t('sites.column.status')}
        style={{ width: 128 }}
        options={statuses.map((value) => ({ value, label: words.term('status', value) }))}
        onChange={(value) => set({ status: value ?? null })}
        data-testid="sites-status"
      />
      <Select
        allowClear
        value={filters.structure ?? null}
        placeholder={t('sites.allStructures')}
        aria-label={t('sites.column.structure')}
        style={{ width: 128 }}
        options={structures.map((value) => ({ value, label: words.term('structure', value) }))}
        onChange={(value) => set({ structure: value ?? null })}
        data-testid="sites-structure"
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={filters.resourceType}
        placeholder={t('sites.allTypes')}
        aria-label={t('sites.column.resourceType')}
        style={{ width: 160 }}
        options={types.map((type) => ({ value: type.code, label: words.resourceType(type.code) }))}
        onChange={(value) => set({ resourceType: value ?? null })}
        data-testid="sites-type"
      />
      {districts.length > 0 ? (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={filters.districtCode}
          placeholder={t('sites.allDistricts')}
          aria-label={t('sites.column.district')}
          style={{ width: 140 }}
          options={[
            ...districts.map(({ code, name }) => ({ value: code, label: name })),
            { value: NO_PLACE, label: t('library.filter.noDistrict') },
          ]}
          onChange={(value) => set({ districtCode: value ?? null, townCode: null })}
          data-testid="sites-district"
        />
      ) : null}
      {towns.length > 0 || filters.townCode !== null ? (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={filters.townCode}
          placeholder={t('library.filter.town')}
          aria-label={t('library.field.townCode')}
          style={{ width: 130 }}
          options={[
            ...towns.map(({ code, name }) => ({ value: code, label: name })),
            { value: NO_PLACE, label: t('library.filter.noTown') },
          ]}
          onChange={(value) => set({ townCode: value ?? null })}
          data-testid="sites-town"
        />
      ) : null}
      <Select
        allowClear
        value={filters.form ?? null}
        placeholder={t('progress.form.all')}
        aria-label={t('progress.formLabel')}
        style={{ width: 128 }}
        options={countingForms
          .filter((form) => form !== 'all')
          .map((value) => ({ value, label: t(`progress.form.${value}`) }))}
        onChange={(value) => set({ form: value ?? null })}
        data-testid="sites-form"
      />
      <Checkbox
        checked={filters.stood}
        onChange={(event) => set({ stood: event.target.checked })}
        data-testid="sites-stood"
      >
        {t('sites.stood')}
      </Checkbox>
    </>
  );
}
