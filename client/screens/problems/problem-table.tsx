// The problem list in the table of every desk: state tabs with counts, one page, assigning many at once.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemStates } from '../../../engine/index.ts';
import type { SeenRowJson } from '../../../server/contract/shared.ts';
import { problemMap } from '../../api/desk-map.ts';
import { problemsExportUrl, useProblem, useProblemCounts, useProblemPage } from '../../api/problems.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import { DeskTable, type DeskTabs } from '../../parts/desk-table.tsx';
import { useTableSettings } from '../../state/table-settings.ts';
import { ExportButton } from '../shell/export-button.tsx';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { problemColumns } from './problem-columns.tsx';
import {
  clearedProblemView,
  isProblemViewFiltered,
  openStates,
  type ProblemView,
  plainProblemView,
  problemCountQueryOf,
  problemExportQueryOf,
  problemPageQueryOf,
  problemSorts,
  readProblemView,
  writeProblemView,
} from './problem-query.ts';
import { problemColours } from './problem-tags.tsx';
import { ProblemToolbar } from './problem-toolbar.tsx';
import type { ProblemWords } from './use-problem-words.ts';

export interface ProblemTableProps {
  readonly view: ProblemView;
  readonly words: ProblemWords;
  readonly openedId: string | null;
  /** Null: this person assigns nothing, so there is nothing to choose for. */
  readonly chosen: {
    readonly ids: readonly string[];
    readonly onChange: (ids: readonly string[], rows: readonly SeenRowJson[]) => void;
  } | null;
  readonly mayRaise: boolean;
  readonly onChange: (change: Partial<ProblemView>) => void;
  readonly onOpen: (id: string) => void;
  readonly onBulk: () => void;
  readonly onRaise: () => void;
}

export function ProblemTable(props: ProblemTableProps) {
  const { view, words, openedId, chosen, mayRaise, onChange, onOpen, onBulk, onRaise } = props;
  const { t } = useTranslation();
  const settings = useTableSettings('problems');
  const page = useProblemPage(problemPageQueryOf(view));
  const refused = useTableError(page);
  const states = useDeskStates(problemColours, words.state);
  const opened = useProblem(openedId ?? '', view.map && openedId !== null).data?.problem;
  const clear = () => onChange(clearedProblemView(view));
  return (
    <DeskTable
      testId="problems"
      rows={page.data?.problems ?? []}
      rowKey={({ id }) => id}
      columns={problemColumns(t, words, onOpen)}
      settings={settings}
      total={page.data?.total ?? null}
      page={view.page}
      pageSize={view.pageSize}
      onPage={onChange}
      sort={{ key: view.sort, order: view.order }}
      onSort={(sort) =>
        onChange({
          sort: problemSorts.find((one) => one === sort?.key) ?? plainProblemView.sort,
          order: sort?.order ?? plainProblemView.order,
        })
      }
      isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
      error={refused}
      selection={
        chosen === null
          ? null
          : {
              ...chosen,
              acts: (
                <Button size="small" type="primary" onClick={onBulk} data-testid="problems-bulk">
                  {t('problems.bulk.act')}
                </Button>
              ),
            }
      }
      focusId={openedId}
      onOpen={onOpen}
      toolbar={<ProblemToolbar view={view} words={words} onChange={onChange} onClear={clear} />}
      actions={
        <ExportButton
          fileName="problems.xlsx"
          url={problemsExportUrl(problemExportQueryOf(view))}
          testId="problems-export"
        />
      }
      map={deskTableMap({
        view,
        onChange,
        source: problemMap(problemExportQueryOf(view)),
        states,
        mark: ({ id, number, state }) => ({ id, title: number, state, places: null }),
        opened,
      })}
      tabs={useStateTabs(view, words, onChange)}
      view={{
        query: writeProblemView({ ...view, page: 1 }).toString(),
        onTake: (query) => onChange(readProblemView(new URLSearchParams(query))),
      }}
      empty={{
        isFiltered: isProblemViewFiltered(view),
        text: t('problems.empty'),
        onClear: clear,
        act: mayRaise ? (
          <Button type="primary" onClick={onRaise}>
            {t('problems.raise')}
          </Button>
        ) : null,
      }}
    />
  );
}

function useStateTabs(
  view: ProblemView,
  words: ProblemWords,
  onChange: ProblemTableProps['onChange'],
): DeskTabs {
  const { t } = useTranslation();
  const counts = useProblemCounts(problemCountQueryOf(view)).data;
  const countOf = (states: readonly string[]) =>
    (counts?.states ?? []).reduce((sum, { state, count }) => sum + (states.includes(state) ? count : 0), 0);
  const [only] = view.states;
  const isOpen = view.states.length === openStates.length && !view.states.includes('已销号');
  const several = isOpen ? 'open' : 'some';
  return {
    label: t('problems.tabs'),
    active: only === undefined ? 'all' : view.states.length === 1 ? only : several,
    items: [
      { key: 'all', title: t('problems.all'), ...(counts && { count: counts.total }) },
      { key: 'open', title: t('problems.stillOpen'), ...(counts && { count: countOf(openStates) }) },
      ...problemStates.map((state) => ({
        key: state,
        title: words.state(state),
        ...(counts && { count: countOf([state]) }),
      })),
    ],
    onTab: (key) =>
      onChange({ states: key === 'open' ? openStates : problemStates.filter((state) => state === key) }),
  };
}
