// Where one is signed in; each can be ended but this one, which the menu signs out.
import { App, Button, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SessionListJson } from '../../../server/contract/people.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useEndSession, useSessions } from '../../api/session.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { agentName } from './agent-name.ts';
import { RefusalNote } from './refusal-note.tsx';
import styles from './session.module.css';

type SessionRow = SessionListJson['sessions'][number];

export function SessionsTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const sessions = useSessions();
  const end = useEndSession();
  const time = (key: 'createdAt' | 'lastSeenAt' | 'expiresAt', title: string) => ({
    key,
    title: t(`session.sessions.${title}`),
    width: 150,
    render: (_: unknown, row: SessionRow) => formatDateTime(row[key], language),
  });
  return (
    <section className={styles.sheet}>
      <div className={styles.sheetHead}>
        <p>{t('session.sessions.note')}</p>
      </div>
      <RefusalNote error={sessions.error} />
      <Table<SessionRow>
        size="small"
        rowKey="id"
        loading={sessions.isPending}
        dataSource={sessions.data ?? []}
        pagination={false}
        scroll={{ x: 780 }}
        data-testid="sessions-table"
        columns={[
          {
            key: 'device',
            title: t('session.sessions.device'),
            render: (_, row) => (
              <span title={row.agent}>
                {agentName(row.agent)}{' '}
                {row.current ? <Tag color="green">{t('session.sessions.current')}</Tag> : null}
              </span>
            ),
          },
          { key: 'address', title: t('session.sessions.address'), width: 130, dataIndex: 'address' },
          time('createdAt', 'since'),
          time('lastSeenAt', 'lastSeen'),
          time('expiresAt', 'expires'),
          {
            key: 'end',
            width: 80,
            render: (_, row) =>
              row.current ? null : (
                <Button
                  size="small"
                  danger
                  loading={end.isPending && end.variables === row.id}
                  onClick={() =>
                    end.mutate(row.id, {
                      onError: (error) => void message.error(describeError(error, language).message),
                    })
                  }
                >
                  {t('session.sessions.end')}
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}
