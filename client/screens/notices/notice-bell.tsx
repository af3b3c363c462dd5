// The bell at the end of the top bar: how many notices are unread, and all of them in a drawer.
import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { liveStore } from '../../state/live.ts';
import { useStore } from '../../state/make-store.ts';
import { NoticeList } from './notice-list.tsx';

const MOST_SHOWN = 99;

export function NoticeBell() {
  const { t } = useTranslation();
  const unread = useStore(liveStore, (live) => live.unread) ?? 0;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Badge count={unread} overflowCount={MOST_SHOWN} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={unread === 0 ? t('notices.open') : t('notices.openCount', { count: unread })}
          onClick={() => setOpen(true)}
          data-testid="notice-bell"
          data-unread={unread}
        />
      </Badge>
      <Drawer
        open={isOpen}
        title={t('notices.title')}
        size={420}
        onClose={() => setOpen(false)}
        destroyOnHidden
        styles={{ body: { padding: 0 } }}
      >
        <NoticeList onLeave={() => setOpen(false)} />
      </Drawer>
    </>
  );
}
