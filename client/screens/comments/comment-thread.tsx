// All that was said of one resource, one plan or one site of a plan, with the answers; whoever may says something more below.
import { App, Button, Empty, Input, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommentedThing, useCommentPage, useSayComment } from '../../api/comments.ts';
import { makeAct } from '../../api/once-key.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMay } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { CommentCard } from './comment-card.tsx';
import styles from './comments.module.css';

const MOST_SHOWN = 200;

export interface CommentThreadProps {
  readonly about: CommentedThing;
  /** The comment somebody came for. */
  readonly focusId?: string | null;
}

export function CommentThread({ about, focusId = null }: CommentThreadProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const reply = useCommentPage({ ...about, pageSize: MOST_SHOWN, sort: 'at', order: 'asc' });
  const comments = reply.data?.comments ?? [];
  const hidden = (reply.data?.total ?? 0) - comments.length;
  return (
    <div className={styles.thread} data-testid="comment-thread">
      <RefusalNote error={reply.error} />
      {reply.isPending ? <Spin /> : null}
      {reply.data && comments.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('comments.none')} />
      ) : null}
      {comments.map((comment) => (
        <CommentCard key={comment.id} comment={comment} isFocus={comment.id === focusId} />
      ))}
      {hidden > 0 ? (
        <small className={styles.soft}>
          {t('comments.hidden', { hidden: formatCount(hidden, language) })}
        </small>
      ) : null}
      <SayForm about={about} />
    </div>
  );
}

function SayForm({ about }: { readonly about: CommentedThing }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const maySay = useMay(about.noun === 'resource' ? 'resource:comment' : 'plan:comment');
  const say = useSayComment();
  const [act] = useState(makeAct);
  const [body, setBody] = useState('');
  if (!maySay) return null;
  const send = () =>
    say.mutate(
      { about, body: body.trim(), act },
      {
        onSuccess: () => {
          void message.success(t('comments.said'));
          setBody('');
        },
      },
    );
  return (
    <section className={styles.form}>
      <Input.TextArea
        value={body}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2000}
        aria-label={t('comments.say')}
        placeholder={t(`comments.sayHint.${about.noun}`)}
        onChange={(event) => setBody(event.target.value)}
        data-testid="comment-body"
      />
      <RefusalNote error={say.error} />
      <Button
        type="primary"
        disabled={body.trim() === ''}
        loading={say.isPending}
        onClick={send}
        data-testid="comment-send"
      >
        {t('comments.say')}
      </Button>
    </section>
  );
}
