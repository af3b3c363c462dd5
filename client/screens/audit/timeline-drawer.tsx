// What happened to one thing, newest first: opened from wherever the thing stands.
import { Drawer, Empty, Spin, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAuditPage } from '../../api/audit.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './audit.module.css';
import { namesSite } from './audit-changes.ts';
import { ChangeList } from './change-list.tsx';
import { useAuditWords } from './use-audit-words.ts';

const SHOWN = 50;
/** Reviews of a plan looked through for one site: as many as one answer holds. */
const LOOKED_THROUGH = 500;
/** A review of many rows names each site; the page of the audit shows all. */
const SHOWN_FIELDS = 8;

export interface TimelineDrawerProps {
  readonly object: string;
  readonly objectId: string;
  readonly name: string;
  /** Of a plan: only the judgements that name this site. */
  readonly siteId?: string;
  readonly onClose: () => void;
}

export function TimelineDrawer({ object, objectId, name, siteId, onClose }: TimelineDrawerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useAuditWords();
  const about = siteId === undefined ? { pageSize: SHOWN } : { action: 'review', pageSize: LOOKED_THROUGH };
  const page = useAuditPage({ object, objectId, ...about });
  const records = (page.data?.records ?? []).filter(
    (record) => siteId === undefined || namesSite(record, siteId),
  );
  const address = `/audit?object=${encodeURIComponent(object)}&objectId=${encodeURIComponent(objectId)}`;
  return (
    <Drawer open size={480} title={`${t('audit.timeline')} · ${name}`} onClose={onClose}>
      <div data-testid="timeline">
        <RefusalNote error={page.error} />
        {page.isPending ? <Spin /> : null}
        {page.data && records.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('audit.timelineEmpty')} />
        ) : null}
        <Timeline
          items={records.map((record) => ({
            key: record.seq,
            content: (
              <article className={styles.moment}>
                <header>
                  <b>{words.action(record.action)}</b>
                  <span>{words.person(record)}</span>
                  <time dateTime={record.at}>{formatDateTime(record.at, language)}</time>
                </header>
                {record.reason ? <span>{t('audit.reason', { reason: record.reason })}</span> : null}
                <ChangeList record={record} words={words} most={SHOWN_FIELDS} />
              </article>
            ),
          }))}
        />
        {page.data && records.length > 0 ? (
          <p className={styles.chain}>
            {siteId === undefined
              ? t('audit.timelineNote', {
                  count: formatCount(records.length, language),
                  total: formatCount(page.data.total, language),
                })
              : null}{' '}
            <Link to={address}>{t('audit.timelineAll')}</Link>
          </p>
        ) : null}
      </div>
    </Drawer>
  );
}
