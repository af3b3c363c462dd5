// The row in hand: what changed since it was returned, the checks in words, opinions, what is proposed, what was decided before; and
// below, what can be said of it. Of a row that came back only the changes are reviewed: the rest is locked and folded away.
import { EnvironmentOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Empty } from 'antd';
import { type Ref, useState } from 'react';
import { Link } from 'react-router';
import type { ReviewReasonCode } from '../../../engine/index.ts';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { formatCount } from '../../format/numbers.ts';
import { useMay, useOwnOnly } from '../../state/session.ts';
import { raiseProblemPath } from '../problems/raise-problem-path.ts';
import { amendHow, type BatchActs } from './batch-acts.ts';
import styles from './batches.module.css';
import { CheckList } from './check-marks.tsx';
import { DecisionTag } from './decision-tag.tsx';
import { DueTag } from './due-tag.tsx';
import { type ReasonDraft, ReasonForm } from './reason-form.tsx';
import { RowAmend } from './row-amend.tsx';
import { RowChanges } from './row-changes.tsx';
import { RowFacts } from './row-facts.tsx';
import { RowHistory } from './row-history.tsx';
import { rowOnMapPath } from './row-on-map-path.ts';
import { type DepartmentOpinion, RowOpinions } from './row-opinions.tsx';
import type { ShownRow } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';
import { type Verdict, verdictsOf } from './verdict.ts';
import { VerdictButton } from './verdict-button.tsx';

export interface RowPaneProps {
  readonly frame: Ref<HTMLElement>;
  readonly row: ShownRow | undefined;
  /** Rows of the batch. */
  readonly total: number;
  readonly batch: BatchJson;
  readonly acts: BatchActs;
  /** This row is this person's to judge. */
  readonly mayJudge: boolean;
  readonly words: BatchWords;
  /** What waits for its reason. */
  readonly draft: ReasonDraft | null;
  /** Somebody changed the row while it was looked at. */
  readonly hasNews: boolean;
  readonly onSeen: () => void;
  readonly onJudge: (verdict: Verdict) => void;
  readonly onDraft: (draft: ReasonDraft | null) => void;
  readonly onRecord: (verdict: Verdict, reasonCode: ReviewReasonCode | null, text: string) => void;
  readonly onDepartment: (opinion: DepartmentOpinion) => void;
  readonly onCountersign: () => void;
  readonly onCountersignBack: (department: string) => void;
  readonly onUrgeTown: () => void;
  readonly onStep: (by: number) => void;
  /** Null: the list stands beside it. */
  readonly onBack: (() => void) | null;
}

export function RowPane(props: RowPaneProps) {
  const { frame, row, batch, acts, words, draft } = props;
  const { t } = words;
  if (row === undefined)
    return (
      <section ref={frame} className={styles.pane} tabIndex={-1}>
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('batches.row.pick')} />
      </section>
    );
  return (
    <section
      ref={frame}
      className={styles.pane}
      tabIndex={-1}
      aria-label={row.name || row.code}
      data-testid="row-pane"
      data-row={row.place}
    >
      <Head {...props} row={row} />
      <div className={styles.paneBody}>
        {props.hasNews ? (
          <Alert
            type="warning"
            showIcon
            title={t('batches.row.news')}
            action={
              <Button size="small" onClick={props.onSeen} data-testid="row-news-seen">
                {t('batches.row.newsSeen')}
              </Button>
            }
            data-testid="row-news"
          />
        ) : null}
        <Content {...props} row={row} how={amendHow(batch, acts, row)} />
      </div>
      {draft !== null ? (
        <ReasonForm
          key={draft.verdict.value}
          draft={draft}
          words={words}
          okText={t('batches.decide.confirm', {
            decision: t(`batches.${draft.verdict.kind}.act.${draft.verdict.value}`),
          })}
          isInline
          onChange={props.onDraft}
          onRecord={(reasonCode, text) => props.onRecord(draft.verdict, reasonCode, text)}
          onCancel={() => props.onDraft(null)}
        />
      ) : null}
      <Bar {...props} />
    </section>
  );
}

type OfRow = RowPaneProps & { readonly row: ShownRow };

function Head({ row, total, acts, words, onStep, onBack }: OfRow) {
  const { t, language } = words;
  // a town is asked earlier than the decision is due
  const dueAt = acts.mode === 'opine' && row.townOpinion === null ? row.townDueAt : row.dueAt;
  const mayRaise = useMay('problem:create');
  return (
    <header className={styles.paneHead}>
      {onBack === null ? null : (
        <Button size="small" type="text" icon={<LeftOutlined />} onClick={onBack} data-testid="row-back">
          {t('batches.row.back')}
        </Button>
      )}
      <div>
        <h2>{row.name || row.code}</h2>
        <small>
          {row.code} ·{' '}
          {t('batches.row.of', {
            place: formatCount(row.place, language),
            total: formatCount(total, language),
          })}
          {row.round > 1 ? ` · ${t('batches.row.round', { round: row.round })}` : ''}
        </small>
      </div>
      <span className={styles.paneTags}>
        <DecisionTag decision={row.decision} words={words} />
        {row.decision === null && dueAt !== null ? <DueTag dueAt={dueAt} words={words} /> : null}
        <Link to={rowOnMapPath(row)} data-testid="row-on-map">
          <EnvironmentOutlined /> {t('batches.row.onMap')}
        </Link>
        {mayRaise ? (
          <Link
            to={raiseProblemPath('batch-row', row.id, `${row.code} ${row.name}`.trim())}
            data-testid="row-raise-problem"
          >
            {t('problems.raise')}
          </Link>
        ) : null}
        <Button
          size="small"
          type="text"
          icon={<LeftOutlined />}
          title={t('batches.row.previous')}
          aria-label={t('batches.row.previous')}
          onClick={() => onStep(-1)}
        />
        <Button
          size="small"
          type="text"
          icon={<RightOutlined />}
          title={t('batches.row.next')}
          aria-label={t('batches.row.next')}
          onClick={() => onStep(1)}
        />
      </span>
    </header>
  );
}

function Content(props: OfRow & { readonly how: 'change' | 'resubmit' | null }) {
  const { row, acts, words, how } = props;
  const { t } = words;
  const [isUnlocked, setUnlocked] = useState(false);
  const cameBack = row.round > 1;
  const changed = row.changes.map(({ field }) => field);
  return (
    <>
      {row.decision !== null && row.decision !== '同意' ? <Decided row={row} words={words} /> : null}
      {how === null ? null : <RowAmend row={row} how={how} words={words} />}
      {cameBack ? <RowChanges row={row} words={words} /> : null}
      <section className={styles.group}>
        <header className={styles.groupHead}>
          <h3>{t('batches.check.title')}</h3>
          <small>{t('batches.check.at', { at: words.time(row.checkedAt) })}</small>
        </header>
        <CheckList row={row} words={words} />
      </section>
      <section className={styles.group}>
        <header className={styles.groupHead}>
          <h3>{t('batches.row.facts')}</h3>
          {cameBack ? (
            <Button
              size="small"
              type="link"
              onClick={() => setUnlocked(!isUnlocked)}
              data-testid="row-locked"
            >
              {t(isUnlocked ? 'batches.row.hideLocked' : 'batches.row.showLocked')}
            </Button>
          ) : null}
        </header>
        {cameBack ? <p className={styles.soft}>{t('batches.row.locked')}</p> : null}
        {cameBack && !isUnlocked ? null : (
          <RowFacts row={row} words={words} locked={cameBack} without={cameBack ? changed : []} />
        )}
      </section>
      <RowOpinions
        row={row}
        words={words}
        mayRecordDepartments={acts.departments}
        onDepartment={props.onDepartment}
        onCountersign={acts.countersign ? props.onCountersign : null}
        onCountersignBack={props.onCountersignBack}
        onUrgeTown={acts.mode === 'decide' ? props.onUrgeTown : null}
      />
      <RowHistory row={row} words={words} />
    </>
  );
}

function Decided({ row, words }: { readonly row: ShownRow; readonly words: BatchWords }) {
  const { t } = words;
  const by =
    row.decidedAt === null
      ? (row.decidedByName ?? '')
      : t('batches.row.byAt', { name: row.decidedByName ?? '—', at: words.time(row.decidedAt) });
  return (
    <Alert
      type={row.decision === '不同意' ? 'error' : 'warning'}
      title={
        <>
          {words.word('decision', row.decision)} · {words.reason(row.reasonCode)}
          {row.reasonText === '' ? '' : ` · ${row.reasonText}`} <small className={styles.soft}>{by}</small>
        </>
      }
      data-testid="row-decided"
    />
  );
}

/** What can be said of the row, or why nothing can. */
function Bar({ row, batch, acts, mayJudge, words, draft, onJudge }: RowPaneProps) {
  const { t } = words;
  const ownOnly = useOwnOnly('batch:read');
  const verdicts = verdictsOf(acts.mode);
  if (row === undefined) return null;
  if (verdicts.length > 0 && mayJudge)
    return (
      <footer className={styles.paneBar} data-testid="decision-bar">
        {verdicts.map((verdict) => (
          <VerdictButton
            key={verdict.value}
            verdict={verdict}
            words={words}
            isOpen={draft?.verdict.value === verdict.value}
            testId={`decide-${verdict.value}`}
            onClick={() => onJudge(verdict)}
          />
        ))}
      </footer>
    );
  const why =
    batch.state === '已关闭'
      ? 'closed'
      : batch.state === '已撤回'
        ? 'withdrawn'
        : batch.state === '草稿'
          ? 'draft'
          : batch.submittedByMe
            ? 'mine'
            : ownOnly
              ? 'ownOnly'
              : 'readOnly';
  return <footer className={styles.paneWhy}>{t(`batches.desk.${why}`)}</footer>;
}
