import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { claimRules, claimStates } from '../../../engine/index.ts';
import type { ClaimExportQueryJson } from '../../../server/contract/claims.ts';
import { claimsExportUrl, useClaim, useClaimCounts, useClaimPage } from '../../api/claims.ts';
import { claimMap } from '../../api/desk-map.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import { DeskTable } from '../../parts/desk-table.tsx';
import { QueryBar, type QueryChoice, withChosen } from '../../parts/query-bar.tsx';
import { useTableSettings } from '../../state/table-settings.ts';
import { usePlaceChoices } from '../library/use-place-choices.ts';
import { ExportButton } from '../shell/export-button.tsx';
import { placesOf } from '../shell/places-of.ts';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { claimColumns } from './claim-columns.tsx';
import { claimColours } from './claim-state-tag.tsx';
import {
  type ClaimFilter,
  type ClaimsView,
  claimCountQueryOf,
  claimPageQueryOf,
  claimSorts,
  clearedClaims,
  isClaimsFiltered,
  readClaimsView,
  writeClaimsView,
} from './claims-query.ts';
import type { ClaimWords } from './use-claim-words.ts';

export interface BoardTableProps {
  readonly view: ClaimsView;
  readonly words: ClaimWords;
  readonly onChange: (change: Partial<ClaimsView>) => void;
}

export function ClaimsTable({ view, words, onChange }: BoardTableProps) {
  const { t } = useTranslation();
  const settings = useTableSettings('claims');
  const page = useClaimPage(claimPageQueryOf(view));
  const refused = useTableError(page);
  const counts = useClaimCounts(claimCountQueryOf(view)).data;
  const states = useDeskStates(claimColours, words.state);
  const opened = useClaim(view.claim ?? '', view.map && view.claim !== null).data?.claim;
  const clear = () => onChange(clearedClaims);
  const isMineEmpty = view.tab === 'mine' && !isClaimsFiltered(view);
  return (
    <DeskTable
      testId="claims"
      rows={page.data?.claims ?? []}
      rowKey={({ id }) => id}
      columns={claimColumns(t, words, (claim) => onChange({ claim }))}
      settings={settings}
      total={page.data?.total ?? null}
      page={view.page}
      pageSize={view.pageSize}
      onPage={onChange}
      sort={view.sort === null ? null : { key: view.sort, order: view.order }}
      onSort={(sort) =>
        onChange({
          sort: claimSorts.find((one) => one === sort?.key) ?? null,
          order: sort?.order ?? 'asc',
        })
      }
      isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
      error={refused}
      focusId={view.claim}
      onOpen={(claim) => onChange({ claim })}
      toolbar={<ClaimsToolbar view={view} words={words} onChange={onChange} />}
      actions={
        <ExportButton
          fileName="claims.xlsx"
          url={claimsExportUrl(exportQueryOf(view))}
          testId="claims-export"
        />
      }
      map={deskTableMap({
        view,
        onChange,
        source: claimMap(exportQueryOf(view)),
        states,
        mark: ({ id, state, resource }) => ({
          id,
          title: resource.name || resource.code,
          state,
          places: placesOf(resource.position),
        }),
        opened,
      })}
      tabs={{
        label: t('claims.byState'),
        active: view.state ?? 'all',
        items: [
          { key: 'all', title: t('claims.anyState'), ...(counts && { count: counts.total }) },
          ...claimStates.map((state) => ({
            key: state,
            title: words.state(state),
            ...(counts && { count: counts.states.find((one) => one.state === state)?.count ?? 0 }),
          })),
        ],
        onTab: (key) => onChange({ state: claimStates.find((state) => state === key) ?? null }),
      }}
      view={{
        query: writeClaimsView({ ...view, page: 1, claim: null }).toString(),
        onTake: (query) => onChange(readClaimsView(new URLSearchParams(query), view.tab)),
      }}
      empty={{
        isFiltered: isClaimsFiltered(view),
        text: t(isMineEmpty ? 'claims.empty.mine' : 'claims.empty.all'),
        onClear: clear,
      }}
    />
  );
}

function exportQueryOf(view: ClaimsView): ClaimExportQueryJson {
  const { page: _page, pageSize: _pageSize, ...query } = claimPageQueryOf(view);
  return query;
}

function ClaimsToolbar({ view, words, onChange }: BoardTableProps): ReactNode {
  const { t } = useTranslation();
  const places = usePlaceChoices(view.districtCode);
  const choices: readonly QueryChoice<ClaimFilter>[] = [
    {
      key: 'kind',
      label: t('claims.column.kind'),
      anyLabel: t('claims.filter.kind'),
      options: ['claim', 'request'].map((value) => ({ value, label: t(`claims.kind.${value}`) })),
    },
    {
      key: 'waiting',
      label: t('claims.filter.waitingLabel'),
      anyLabel: t('claims.filter.waiting'),
      options: ['confirmation', 'taking'].map((value) => ({ value, label: t(`claims.waiting.${value}`) })),
      widthPx: 150,
    },
    {
      key: 'endsWithinDays',
      label: t('claims.column.until'),
      anyLabel: t('claims.filter.ends'),
      options: withChosen(['2', '5', '10'], view.endsWithinDays).map((value) => ({
        value,
        label: t('claims.filter.endsIn', { days: value }),
      })),
    },
    {
      key: 'rule',
      label: t('claims.column.rule'),
      anyLabel: t('claims.filter.rule'),
      options: claimRules.map((value) => ({ value, label: words.rule(value) })),
      widthPx: 170,
    },
    ...places,
  ];
  return (
    <QueryBar
      testId="claims"
      search={{
        q: view.q ?? '',
        placeholder: t('claims.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={choices}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value, ...(key === 'districtCode' && { townCode: null }) })}
      isFiltered={isClaimsFiltered(view)}
      onClear={() => onChange(clearedClaims)}
    />
  );
}
