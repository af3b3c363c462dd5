// Choosing sites by code or name, one or several. The chosen ones keep their names although another text is searched for.
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSitePage } from '../../api/sites.ts';
import { useDebounced } from '../../parts/use-debounced.ts';

export interface SiteSelectProps {
  readonly id: string;
  readonly siteIds: readonly string[];
  readonly isMany: boolean;
  /** Names of sites that are already chosen. */
  readonly known?: readonly { readonly siteId: string; readonly name: string }[];
  readonly onChange: (siteIds: readonly string[]) => void;
  readonly testId: string;
}

export function SiteSelect({ id, siteIds, isMany, known = [], onChange, testId }: SiteSelectProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [names, setNames] = useState<ReadonlyMap<string, string>>(
    new Map(known.map(({ siteId, name }) => [siteId, name])),
  );
  const rested = useDebounced(text);
  const found = useSitePage({ ...(rested.trim() !== '' && { q: rested.trim() }), page: 1, pageSize: 30 });
  const options = (found.data?.sites ?? []).map((site) => ({
    value: site.id,
    label: site.name ? `${site.name} · ${site.code}` : site.code,
  }));
  const missing = siteIds.filter((siteId) => !options.some(({ value }) => value === siteId));
  const all = [...missing.map((value) => ({ value, label: names.get(value) ?? value })), ...options];
  const choose = (chosen: readonly string[]) => {
    setNames(new Map([...names, ...all.map(({ value, label }) => [value, label] as const)]));
    onChange(chosen);
  };
  const shared = {
    id,
    options: all,
    placeholder: t('cases.siteSearch'),
    showSearch: { filterOption: false, onSearch: setText },
    loading: found.isFetching,
    'data-testid': testId,
  };
  return isMany ? (
    <Select mode="multiple" value={[...siteIds]} onChange={choose} {...shared} />
  ) : (
    <Select
      allowClear
      value={siteIds[0] ?? null}
      onChange={(siteId) => choose(siteId ? [siteId] : [])}
      {...shared}
    />
  );
}
