// One box for sites, areas and coordinates; a hit moves the map and opens the card.
import { SearchOutlined } from '@ant-design/icons';
import { AutoComplete, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { SearchReplyJson } from '../../../server/contract/sites.ts';
import { useSearch } from '../../api/sites.ts';
import { areasStore, pickAreas } from '../../state/areas.ts';
import { askLinkBudgetTo, focusSite } from '../../state/focus.ts';
import { moveMapTo } from '../../state/view.ts';

type Hit = SearchReplyJson['hits'][number];

export function SearchBox() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useSearch(useDeferredValue(text));
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const hits = text.trim() === '' ? [] : (search.data ?? []);

  const open = (hit: Hit) => {
    goTo(hit);
    setText('');
    if (pathname !== '/') void navigate('/');
  };

  return (
    <AutoComplete
      className="top-search"
      value={text}
      onChange={setText}
      onSelect={(key: string) => {
        const hit = hits.find((candidate) => keyOf(candidate) === key);
        if (hit) open(hit);
      }}
      options={hits.map((hit) => ({
        value: keyOf(hit),
        label: (
          <span className="search-hit" data-testid="search-hit">
            <span>
              <strong>{hit.title}</strong>
              <small>{hit.subtitle}</small>
            </span>
            <em>{t(`shell.searchKinds.${hit.kind}`)}</em>
          </span>
        ),
      }))}
      notFoundContent={text.trim() === '' || search.isFetching ? null : t('shell.searchEmpty')}
      popupMatchSelectWidth={360}
      defaultActiveFirstOption
    >
      <Input
        id="search"
        data-testid="search"
        prefix={<SearchOutlined />}
        placeholder={t('shell.search')}
        aria-label={t('shell.search')}
        allowClear
        maxLength={100}
      />
    </AutoComplete>
  );
}

const keyOf = (hit: Hit) => `${hit.kind} ${hit.id} ${hit.position.join(' ')}`;

function goTo(hit: Hit): void {
  const [lon, lat] = hit.position;
  if (lon === undefined || lat === undefined) return;
  moveMapTo([lon, lat], hit.kind === 'area' ? 13 : 16.5);
  if (hit.kind === 'site') focusSite(hit.id);
  if (hit.kind === 'area' && !areasStore.get().chosenIds.includes(hit.id)) {
    pickAreas([...areasStore.get().chosenIds, hit.id]);
  }
  if (hit.kind === 'position') askLinkBudgetTo([lon, lat]);
}
