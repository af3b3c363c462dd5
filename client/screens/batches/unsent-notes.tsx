// What has not reached the service: acts that wait for the network or a sign-in, acts it refused, and acts on rows that somebody else
// changed meanwhile, which are asked about again. Nothing is lost and nothing is recorded twice.
import { Alert, Button, Space } from 'antd';
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatCount } from '../../format/numbers.ts';
import { forgetAct, sendAgain } from '../../state/batch-outbox.ts';
import { rowsOf, type UnsentAct } from '../../state/unsent-acts.ts';
import styles from './batches.module.css';
import type { RowNews } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';
import type { ShownOutbox } from './use-outbox.ts';

export interface UnsentNotesProps {
  readonly outbox: ShownOutbox;
  readonly words: BatchWords;
  readonly rows: readonly BatchRowJson[];
  /** What somebody else changed, by row. */
  readonly news: ReadonlyMap<string, readonly RowNews[]>;
  readonly onConfirm: (act: UnsentAct) => void;
  readonly onRow: (id: string) => void;
}

export function UnsentNotes(props: UnsentNotesProps) {
  const { outbox, words } = props;
  const { t, language } = words;
  const waiting = outbox.acts.filter(({ stage }) => stage === 'waiting');
  return (
    <>
      {outbox.trouble !== null && waiting.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={`${describeError(outbox.trouble, language).message} ${t('batches.unsent.held', { count: waiting.length })}`}
          action={
            <Button size="small" loading={outbox.isSending} onClick={sendAgain} data-testid="unsent-again">
              {t('batches.unsent.again')}
            </Button>
          }
          data-testid="unsent-held"
        />
      ) : null}
      {outbox.acts
        .filter(({ stage }) => stage === 'refused')
        .map((act) => (
          <Refused key={act.once} act={act} {...props} />
        ))}
      {outbox.acts
        .filter(({ stage }) => stage === 'stale')
        .map((act) => (
          <Stale key={act.once} act={act} {...props} />
        ))}
    </>
  );
}

type ActProps = UnsentNotesProps & { readonly act: UnsentAct };

function Refused({ act, outbox, words, onRow }: ActProps) {
  const { t, language } = words;
  const { message, hint } = describeError(outbox.errors.get(act.once), language);
  const [first] = rowsOf(act.work);
  return (
    <Alert
      type="error"
      showIcon
      title={t('batches.unsent.refused', { what: actWords(act, words) })}
      description={`${message} ${hint}`}
      action={
        <Space>
          {first === undefined ? null : (
            <Button size="small" onClick={() => onRow(first.id)}>
              {t('batches.unsent.show')}
            </Button>
          )}
          <Button size="small" onClick={() => forgetAct(act.once)} data-testid="unsent-drop">
            {t('batches.unsent.drop')}
          </Button>
        </Space>
      }
      data-testid="unsent-refused"
    />
  );
}

function Stale({ act, words, rows, news, onConfirm, onRow }: ActProps) {
  const { t } = words;
  const acted = new Set(rowsOf(act.work).map(({ id }) => id));
  const changed = rows.filter(({ id }) => acted.has(id) && news.has(id));
  const what = actWords(act, words);
  return (
    <Alert
      type="warning"
      showIcon
      title={t('batches.unsent.stale', { what, count: changed.length })}
      description={
        <>
          <div>{t('batches.unsent.staleNote')}</div>
          <ul className={styles.plainList}>
            {changed.slice(0, 5).map((row) => (
              <li key={row.id}>
                <Button type="link" size="small" onClick={() => onRow(row.id)}>
                  {row.place} {row.name || row.code}
                </Button>
                {news
                  .get(row.id)
                  ?.map((one) => newsText(one, row, words))
                  .join(words.language === 'en' ? '; ' : '；')}
              </li>
            ))}
          </ul>
        </>
      }
      action={
        <Space orientation="vertical">
          <Button size="small" type="primary" onClick={() => onConfirm(act)} data-testid="unsent-confirm">
            {t('batches.unsent.confirm', { what })}
          </Button>
          <Button size="small" onClick={() => forgetAct(act.once)} data-testid="unsent-drop">
            {t('batches.unsent.drop')}
          </Button>
        </Space>
      }
      data-testid="unsent-stale"
    />
  );
}

function newsText(news: RowNews, row: BatchRowJson, words: BatchWords): string {
  const value =
    news === 'decision'
      ? words.word('decision', row.decision)
      : words.word('opinion', row.townOpinion?.opinion ?? null);
  return words.t(`batches.unsent.news.${news}`, { value });
}

function actWords({ work }: UnsentAct, words: BatchWords): string {
  if (work.kind === 'undo') return words.t('batches.unsent.undo');
  const said = words.said(work);
  if (work.rows.length === 1) return said;
  return words.t('batches.unsent.rows', { what: said, count: formatCount(work.rows.length, words.language) });
}
