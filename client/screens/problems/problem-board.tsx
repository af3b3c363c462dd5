// The problem list as a board: a column for each state, the soonest due first. Arrows move between cards, Enter opens one.
import { Empty, Spin } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProblemState, problemStates } from '../../../engine/index.ts';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { useProblemCounts, useProblemPage } from '../../api/problems.ts';
import { formatCount } from '../../format/numbers.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTableError } from '../shell/use-table-error.ts';
import { cardAfterKey } from './board-keys.ts';
import { clearedProblemView, type ProblemView, problemCountQueryOf } from './problem-query.ts';
import { ClockText, LevelTag, ProblemStateTag } from './problem-tags.tsx';
import { ProblemToolbar } from './problem-toolbar.tsx';
import styles from './problems.module.css';
import type { ProblemWords } from './use-problem-words.ts';

const CARDS = 50;

export interface ProblemBoardProps {
  readonly view: ProblemView;
  readonly words: ProblemWords;
  readonly openedId: string | null;
  readonly onChange: (change: Partial<ProblemView>) => void;
  readonly onOpen: (id: string) => void;
}

export function ProblemBoard({ view, words, openedId, onChange, onOpen }: ProblemBoardProps) {
  const frame = useRef<HTMLDivElement>(null);
  const counts = useProblemCounts(problemCountQueryOf(view)).data;
  const cardsIn = (within: ParentNode) => [...within.querySelectorAll<HTMLElement>('[data-card]')];
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const board = frame.current;
    if (board === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const columns = [...board.querySelectorAll('[data-column]')].map(cardsIn);
    const at = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.card : null;
    const ids = columns.map((cards) => cards.map(({ dataset }) => dataset.card ?? ''));
    const next = cardAfterKey(ids, at ?? null, event.key);
    if (next === null) return;
    event.preventDefault();
    cardsIn(board)
      .find(({ dataset }) => dataset.card === next)
      ?.focus();
  };
  return (
    <>
      <div className={styles.boardHead}>
        <ProblemToolbar
          view={view}
          words={words}
          onChange={onChange}
          onClear={() => onChange(clearedProblemView(view))}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the cards are buttons, arrows only move between them */}
      <div ref={frame} className={styles.board} onKeyDown={press} data-testid="problems-board">
        {problemStates.map((state) => (
          <Column
            key={state}
            state={state}
            total={counts?.states.find((one) => one.state === state)?.count ?? (counts ? 0 : null)}
            view={view}
            words={words}
            openedId={openedId}
            onOpen={onOpen}
            onAll={() => onChange({ tab: 'list', states: [state] })}
          />
        ))}
      </div>
    </>
  );
}

interface ColumnProps extends Omit<ProblemBoardProps, 'onChange'> {
  readonly state: ProblemState;
  readonly total: number | null;
  readonly onAll: () => void;
}

function Column({ state, total, view, words, openedId, onOpen, onAll }: ColumnProps) {
  const { t } = useTranslation();
  const closed = state === '已销号';
  const page = useProblemPage({
    ...problemCountQueryOf(view),
    state,
    sort: closed ? 'updatedAt' : 'dueAt',
    order: closed ? 'desc' : 'asc',
    pageSize: CARDS,
  });
  const refused = useTableError(page);
  const problems = page.data?.problems ?? [];
  const more = (page.data?.total ?? 0) - problems.length;
  return (
    <section className={styles.column} data-column={state} aria-label={words.state(state)}>
      <h3>
        <ProblemStateTag state={state} words={words} />
        <span>{total === null ? '' : formatCount(total, words.language)}</span>
      </h3>
      {refused ? <ErrorNote {...refused} /> : null}
      {page.isPending ? <Spin /> : null}
      {page.data && problems.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('problems.boardEmpty')} />
      ) : null}
      {problems.map((problem) => (
        <Card
          key={problem.id}
          problem={problem}
          words={words}
          isOpened={problem.id === openedId}
          onOpen={onOpen}
        />
      ))}
      {more > 0 ? (
        <button type="button" className={styles.more} onClick={onAll}>
          {t('problems.boardMore', { count: more })}
        </button>
      ) : null}
    </section>
  );
}

interface CardProps {
  readonly problem: ProblemJson;
  readonly words: ProblemWords;
  readonly isOpened: boolean;
  readonly onOpen: (id: string) => void;
}

function Card({ problem, words, isOpened, onOpen }: CardProps) {
  const { id, number, title, category, townCode, ownerUnit, level } = problem;
  return (
    <button
      type="button"
      className={styles.card}
      data-card={id}
      data-opened={isOpened}
      onClick={() => onOpen(id)}
    >
      <span className={styles.cardHead}>
        <small>{number}</small>
        {level === '一般' ? null : <LevelTag level={level} words={words} />}
      </span>
      <strong>{title}</strong>
      <span className={styles.cardFacts}>
        {[words.category(category), words.place(townCode), ownerUnit]
          .filter((word) => word !== '' && word !== '—')
          .join(' · ')}
      </span>
      <ClockText problem={problem} words={words} />
    </button>
  );
}
