// One comment with its answer, and the form of whoever answers it. A late answer shows what somebody else said and keeps what was typed.
import { App, Button, Input, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommentOutcome, commentNeedsReason, commentOutcomes } from '../../../engine/index.ts';
import type { CommentJson } from '../../../server/contract/comments.ts';
import { freshComment, useAnswerComment } from '../../api/comments.ts';
import { makeAct } from '../../api/once-key.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import styles from './comments.module.css';
import { OutcomeTag } from './outcome-tag.tsx';

export interface CommentCardProps {
  readonly comment: CommentJson;
  readonly isFocus: boolean;
}

export function CommentCard({ comment, isFocus }: CommentCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isAnswering, setAnswering] = useState(false);
  const { byName, organisation, role, at, siteName, body, answer, answerable } = comment;
  return (
    <article className={styles.comment} data-focus={isFocus} data-testid={`comment-${comment.id}`}>
      <header>
        <b>{byName}</b>
        <span className={styles.soft}>
          {t(`people.role.${role}`)}
          {organisation === '' ? '' : ` · ${organisation}`}
        </span>
        <time dateTime={at}>{formatDateTime(at, language)}</time>
        {siteName === null ? null : <Tag>{siteName}</Tag>}
        <OutcomeTag outcome={answer?.outcome ?? null} />
      </header>
      <p className={styles.body}>{body}</p>
      {answer === null ? null : (
        <div className={styles.answer} data-testid="comment-answer">
          {answer.text === '' ? null : <p className={styles.body}>{answer.text}</p>}
          <small className={styles.soft}>
            {t('comments.answeredBy', { name: answer.byName, at: formatDateTime(answer.at, language) })}
          </small>
        </div>
      )}
      {isAnswering ? (
        <AnswerForm comment={comment} onDone={() => setAnswering(false)} />
      ) : answerable ? (
        <div>
          <Button size="small" onClick={() => setAnswering(true)} data-testid="comment-answer-open">
            {t(answer === null ? 'comments.answer' : 'comments.answerAgain')}
          </Button>
        </div>
      ) : null}
    </article>
  );
}

function AnswerForm({ comment, onDone }: { readonly comment: CommentJson; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const work = useAnswerComment();
  const [act] = useState(makeAct);
  const [outcome, setOutcome] = useState<CommentOutcome>(comment.answer?.outcome ?? '采纳');
  const [text, setText] = useState(comment.answer?.text ?? '');
  const lacks = commentNeedsReason(outcome) && text.trim() === '';
  const send = () =>
    work.mutate(
      { comment, answer: { outcome, text: text.trim() }, act },
      {
        onSuccess: () => {
          void message.success(t('comments.answered'));
          onDone();
        },
      },
    );
  return (
    <section className={styles.form} data-testid="comment-answer-form">
      <Segmented
        value={outcome}
        options={commentOutcomes.map((value) => ({ value, label: t(`comments.outcome.${value}`) }))}
        onChange={setOutcome}
      />
      <Input.TextArea
        value={text}
        autoFocus
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2000}
        aria-label={t('comments.answerText')}
        placeholder={t(commentNeedsReason(outcome) ? 'comments.reasonHint' : 'comments.answerHint')}
        onChange={(event) => setText(event.target.value)}
        data-testid="comment-answer-text"
      />
      <RefusalNote error={work.error} />
      {freshComment(work.error) === null ? null : (
        <small className={styles.soft}>{t('comments.lateAnswer')}</small>
      )}
      <div className={desk.acts}>
        <Button
          type="primary"
          size="small"
          disabled={lacks}
          loading={work.isPending}
          onClick={send}
          data-testid="comment-answer-send"
        >
          {t('comments.answerSend')}
        </Button>
        <Button size="small" onClick={onDone}>
          {t('comments.cancel')}
        </Button>
      </div>
    </section>
  );
}
