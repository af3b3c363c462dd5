// All target areas with how they stand: drafts to submit, submitted ones to decide, one at a time in a drawer or many at once.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type AreaState, areaStates, waterKind } from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { DeskTable } from '../../parts/desk-table.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar, type QueryChoice, withChosen } from '../../parts/query-bar.tsx';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { areaColumns } from './area-columns.tsx';
import { AreaDrawer } from './area-drawer.tsx';
import {
  type AreaFilter,
  type AreasView,
  areaShows,
  areasOf,
  changedAreas,
  clearedAreas,
  isAreasFiltered,
  readAreasView,
  writeAreasView,
} from './areas-query.ts';
import { BulkAreasDialog } from './bulk-areas-dialog.tsx';
import { useAreaWords } from './use-area-words.ts';

/** Steps many areas take at once, in the order of the buttons. */
const bulkSteps: readonly AreaState[] = ['已送审', '已批准', '退回', '草稿'];

export function AreasScreen() {
  const { t } = useTranslation();
  const words = useAreaWords();
  const settings = useTableSettings('areas');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readAreasView(params), [params]);
  const change = (part: Partial<AreasView>) =>
    setParams(writeAreasView(changedAreas(view, part)), { replace: true });
  const known = useKnownAreas();
  const refused = useTableError(known);
  const mayDraw = useMay('area:change');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<AreaState | null>(null);
  const all = known.data ?? [];
  const fitting = useMemo(() => areasOf(known.data ?? [], view), [known.data, view]);
  const from = (view.page - 1) * view.pageSize;
  const picked = all.filter(({ id }) => chosen.includes(id));
  const opened = all.find(({ id }) => id === view.area);
  const offered = bulkSteps.filter((to) => picked.some((area) => mayTake(area, to)));
  return (
    <Page title={t('areas.title')} subtitle={t('areas.subtitle')} width="full" testId="areas-screen">
      <DeskTable
        testId="areas"
        rows={fitting.slice(from, from + view.pageSize)}
        rowKey={({ id }) => id}
        columns={areaColumns(words)}
        settings={settings}
        total={known.data === undefined ? null : fitting.length}
        page={view.page}
        pageSize={view.pageSize}
        onPage={change}
        sort={null}
        onSort={() => undefined}
        isLoading={known.isFetching && known.isPending}
        error={refused}
        focusId={view.area}
        onOpen={(area) => change({ area })}
        selection={
          all.some(({ choices }) => choices.length > 0)
            ? {
                ids: chosen,
                onChange: setChosen,
                acts: offered.map((to) => (
                  <Button
                    key={to}
                    size="small"
                    type={to === '已送审' || to === '已批准' ? 'primary' : 'default'}
                    danger={to === '退回'}
                    onClick={() => setAsked(to)}
                    data-testid={`areas-bulk-${to}`}
                  >
                    {t(`areas.act.${to}`)}
                  </Button>
                )),
              }
            : null
        }
        toolbar={<AreasToolbar areas={all} view={view} onChange={change} />}
        view={{
          query: writeAreasView({ ...view, page: 1, area: null }).toString(),
          onTake: (query) => change(readAreasView(new URLSearchParams(query))),
        }}
        empty={{
          isFiltered: isAreasFiltered(view),
          text: t('areas.empty'),
          onClear: () => change(clearedAreas),
          ...(mayDraw && { act: <LinkButton to="/">{t('areas.draw')}</LinkButton> }),
        }}
      />
      {opened === undefined ? null : (
        <AreaDrawer key={opened.id} area={opened} onClose={() => change({ area: null })} />
      )}
      {asked === null ? null : (
        <BulkAreasDialog
          to={asked}
          areas={picked}
          onDone={() => setChosen([])}
          onClose={() => setAsked(null)}
        />
      )}
    </Page>
  );
}

const mayTake = ({ choices }: AreaJson, to: AreaState): boolean =>
  choices.some((choice) => choice.to === to && choice.missing.length === 0);

interface AreasToolbarProps {
  readonly areas: readonly AreaJson[];
  readonly view: AreasView;
  readonly onChange: (change: Partial<AreasView>) => void;
}

function AreasToolbar({ areas, view, onChange }: AreasToolbarProps) {
  const { t } = useTranslation();
  const mayDecide = useMay('area:decide');
  const maySubmit = useMay('area:submit');
  const kinds = [...new Set(areas.map(({ kind }) => kind))].filter((kind) => kind !== waterKind).sort();
  const shows = areaShows.filter(
    (show) => (show !== 'decidable' || mayDecide) && (show !== 'mine' || maySubmit),
  );
  const choices: readonly QueryChoice<AreaFilter>[] = [
    {
      key: 'state',
      label: t('areas.column.state'),
      anyLabel: t('areas.anyState'),
      options: areaStates.map((value) => ({ value, label: t(`areas.state.${value}`) })),
    },
    {
      key: 'kind',
      label: t('areas.column.kind'),
      anyLabel: t('areas.anyKind'),
      options: withChosen(kinds, view.kind).map((value) => ({ value, label: value })),
    },
    {
      key: 'show',
      label: t('areas.whose'),
      anyLabel: t('areas.anyones'),
      options: shows.map((value) => ({ value, label: t(`areas.show.${value}`) })),
    },
  ];
  return (
    <QueryBar
      testId="areas"
      search={{
        q: view.q ?? '',
        placeholder: t('areas.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={choices}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isAreasFiltered(view)}
      onClear={() => onChange(clearedAreas)}
    />
  );
}
