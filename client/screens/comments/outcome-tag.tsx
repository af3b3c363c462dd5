// What became of a comment, in its colour.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CommentOutcome } from '../../../engine/index.ts';

const colours: Readonly<Record<CommentOutcome, string>> = {
  采纳: 'green',
  部分采纳: 'cyan',
  不采纳: 'red',
  说明: 'blue',
};

/** null: nobody has answered yet. */
export function OutcomeTag({ outcome }: { readonly outcome: CommentOutcome | null }) {
  const { t } = useTranslation();
  return outcome === null ? (
    <Tag color="gold">{t('comments.unanswered')}</Tag>
  ) : (
    <Tag color={colours[outcome]}>{t(`comments.outcome.${outcome}`)}</Tag>
  );
}
