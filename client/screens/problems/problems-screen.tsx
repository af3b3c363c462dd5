// The problem list (问题清单): a table, a board by state or the ranking of towns; the address says which, with its filters, and which
// problem stands open. `?new=1&noun=…&id=…` raises one about something seen elsewhere.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { startTransition, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Page } from '../../parts/page.tsx';
import { useChosenRows } from '../../parts/use-chosen-rows.ts';
import { useMay, useMe } from '../../state/session.ts';
import { BulkAssignDialog } from './bulk-assign-dialog.tsx';
import { NewProblemDialog } from './new-problem-dialog.tsx';
import { mayAssign } from './problem-acts.ts';
import { ProblemBoard } from './problem-board.tsx';
import { ProblemDrawer } from './problem-drawer.tsx';
import {
  changedProblemView,
  type ProblemTab,
  type ProblemView,
  problemNouns,
  problemTabs,
  readProblemView,
  writeProblemView,
} from './problem-query.ts';
import { ProblemRanking } from './problem-ranking.tsx';
import { ProblemTable } from './problem-table.tsx';
import { RankedTag } from './ranked-tag.tsx';
import { useProblemWords } from './use-problem-words.ts';

export function ProblemsScreen() {
  const { t } = useTranslation();
  const words = useProblemWords();
  const me = useMe();
  const mayRaise = useMay('problem:create');
  const navigate = useNavigate();
  const { problemId } = useParams();
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readProblemView(params), [params]);
  const [chosenRows, setChosen] = useChosenRows();
  const chosen = chosenRows.map(({ id }) => id);
  // opened in slices (startTransition): the table behind the dialog is drawn anew as well
  const [isBulk, setBulk] = useState(false);
  const change = (part: Partial<ProblemView>) =>
    setParams(writeProblemView(changedProblemView(view, part)), { replace: part.tab === undefined });
  const go = (id: string | null, keeps: URLSearchParams = params) => {
    const query = keeps.toString();
    void navigate(
      `/problems${id === null ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`,
    );
  };
  const raise = () =>
    setParams((now) => {
      now.set('new', '1');
      return now;
    });
  const noun = problemNouns.find((one) => one === params.get('noun'));
  const aboutId = params.get('id') ?? '';
  const about =
    noun !== undefined && aboutId !== ''
      ? { noun, id: aboutId.slice(0, 100), name: (params.get('name') ?? '').slice(0, 200) }
      : null;

  return (
    <Page
      title={t('problems.title')}
      subtitle={t('problems.subtitle')}
      width="full"
      testId="problems-screen"
      actions={
        <>
          <Segmented<ProblemTab>
            value={view.tab}
            aria-label={t('problems.views')}
            options={problemTabs.map((tab) => ({ value: tab, label: t(`problems.tab.${tab}`) }))}
            onChange={(tab) => change({ tab })}
            data-testid="problems-tab"
          />
          {mayRaise ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={raise} data-testid="problems-raise">
              {t('problems.raise')}
            </Button>
          ) : null}
        </>
      }
    >
      {view.tab === 'ranking' ? null : (
        <RankedTag ranked={view.ranked} onClose={() => change({ ranked: null })} />
      )}
      {view.tab === 'list' ? (
        <ProblemTable
          view={view}
          words={words}
          openedId={problemId ?? null}
          chosen={me !== null && mayAssign(me) ? { ids: chosen, onChange: setChosen } : null}
          mayRaise={mayRaise}
          onChange={change}
          onOpen={go}
          onBulk={() => startTransition(() => setBulk(true))}
          onRaise={raise}
        />
      ) : view.tab === 'board' ? (
        <ProblemBoard view={view} words={words} openedId={problemId ?? null} onChange={change} onOpen={go} />
      ) : (
        <ProblemRanking view={view} words={words} onChange={change} />
      )}
      {problemId === undefined ? null : (
        <ProblemDrawer key={problemId} id={problemId} words={words} onClose={() => go(null)} />
      )}
      {isBulk ? (
        <BulkAssignDialog
          rows={chosenRows}
          words={words}
          onDone={() => setChosen([])}
          onClose={() => setBulk(false)}
        />
      ) : null}
      {mayRaise && params.get('new') === '1' ? (
        <NewProblemDialog
          about={about}
          words={words}
          onRaised={(id) => go(id, writeProblemView(view))}
          onClose={() => setParams(writeProblemView(view), { replace: true })}
        />
      ) : null}
    </Page>
  );
}
