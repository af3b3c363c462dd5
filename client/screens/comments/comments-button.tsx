// Opens what was said of a plan or one of its sites, and says how many wait for an answer.
import { CommentOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommentedThing, useCommentPage } from '../../api/comments.ts';
import { useMay } from '../../state/session.ts';
import { CommentThread } from './comment-thread.tsx';

export interface CommentsButtonProps {
  readonly about: CommentedThing;
  readonly name: string;
  readonly size?: 'small' | 'middle';
}

export function CommentsButton(props: CommentsButtonProps) {
  return useMay('comment:read') ? <Opener {...props} /> : null;
}

function Opener({ about, name, size = 'middle' }: CommentsButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const counts = useCommentPage({ ...about, pageSize: 1 }).data;
  return (
    <>
      <Badge count={counts?.open ?? 0} size="small" offset={[-6, 2]} title={t('comments.open')}>
        <Button
          size={size}
          icon={<CommentOutlined />}
          onClick={() => setOpen(true)}
          data-testid="comments-open"
        >
          {t('comments.button', { count: counts?.total ?? 0 })}
        </Button>
      </Badge>
      <Drawer
        size={560}
        open={isOpen}
        onClose={() => setOpen(false)}
        title={t('comments.of', { name })}
        destroyOnHidden
      >
        {isOpen ? <CommentThread about={about} /> : null}
      </Drawer>
    </>
  );
}
