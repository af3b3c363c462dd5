// The records as rows; a click opens what was before and after, from where it came, and its hash.
import { Button, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditRecordJson } from '../../../server/contract/audit.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { usePeopleWords } from '../people/use-people-words.ts';
import styles from './audit.module.css';
import type { AuditFilters } from './audit-query.ts';
import { ChangeList } from './change-list.tsx';
import type { AuditWords } from './use-audit-words.ts';

export interface AuditRecordsProps {
  readonly records: readonly AuditRecordJson[];
  readonly words: AuditWords;
  readonly isLoading: boolean;
  readonly page: {
    readonly current: number;
    readonly pageSize: number;
    readonly total: number;
    readonly onChange: (page: number) => void;
  };
  readonly onFilter: (change: Partial<AuditFilters>) => void;
}

export function AuditRecords({ records, words, isLoading, page, onFilter }: AuditRecordsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const people = usePeopleWords();
  return (
    <div className={styles.table}>
      <Table<AuditRecordJson>
        size="small"
        rowKey="seq"
        loading={isLoading}
        dataSource={[...records]}
        scroll={{ x: 960 }}
        pagination={{ ...page, hideOnSinglePage: true, showSizeChanger: false }}
        expandable={{
          expandRowByClick: true,
          columnWidth: 36,
          expandedRowRender: (record) => <Detail record={record} words={words} onFilter={onFilter} />,
        }}
        locale={{
          emptyText: isLoading ? (
            ' '
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.empty')} />
          ),
        }}
        data-testid="audit-table"
        columns={[
          { key: 'seq', title: t('audit.column.seq'), width: 60, align: 'right', dataIndex: 'seq' },
          {
            key: 'at',
            title: t('audit.column.at'),
            width: 140,
            render: (_, { at }) => formatDateTime(at, language),
          },
          {
            key: 'person',
            title: t('audit.column.person'),
            width: 150,
            render: (_, record) => (
              <span className={styles.person}>
                {words.person(record)}
                {record.role === null ? null : <small>{people.role(record.role)}</small>}
              </span>
            ),
          },
          {
            key: 'action',
            title: t('audit.column.action'),
            width: 110,
            render: (_, { action }) => <b>{words.action(action)}</b>,
          },
          {
            key: 'object',
            title: t('audit.column.object'),
            width: 160,
            render: (_, { object, objectId }) => (
              <>
                {words.object(object)}
                {objectId === null ? null : (
                  <span className={styles.id} title={objectId}>
                    {objectId}
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'what',
            title: t('audit.column.what'),
            ellipsis: true,
            render: (_, record) => (
              <div className={styles.brief}>
                <ChangeList record={record} words={words} most={2} />
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}

function Detail({
  record,
  words,
  onFilter,
}: Pick<AuditRecordsProps, 'words' | 'onFilter'> & { readonly record: AuditRecordJson }) {
  const { t } = useTranslation();
  const { accountId, object, objectId, address, requestId, reason, hash } = record;
  return (
    <div className={styles.detail}>
      <ChangeList record={record} words={words} />
      {reason ? <span>{t('audit.reason', { reason })}</span> : null}
      <p>
        {address === null ? null : <span>{t('audit.from', { address })}</span>}
        {requestId === null ? null : <span>{t('audit.request', { id: requestId })}</span>}
        <span>
          {t('audit.chainHash')} <code>{hash}</code>
        </span>
      </p>
      <span>
        {accountId === null ? null : (
          <Button size="small" type="link" onClick={() => onFilter({ account: accountId })}>
            {t('audit.byPerson')}
          </Button>
        )}
        {objectId === null ? null : (
          <Button size="small" type="link" onClick={() => onFilter({ object, objectId })}>
            {t('audit.byObject')}
          </Button>
        )}
      </span>
    </div>
  );
}
