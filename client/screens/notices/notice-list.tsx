// Notices as sentences by day, newest first; opening one reads it and leads to what it tells of.
import { Button, Empty, Spin, Switch } from 'antd';
import i18next from 'i18next';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { NoticeJson } from '../../../server/contract/notices.ts';
import { useNotices, useReadAllNotices, useReadNotice } from '../../api/notices.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { useRuleWords } from '../settings/use-rule-words.ts';
import { noticeFacts } from './notice-facts.ts';
import { noticePath } from './notice-path.ts';
import styles from './notices.module.css';

const FIRST = 30;
const MOST = 200;

export function NoticeList({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const switchId = useId();
  const [isUnreadOnly, setUnreadOnly] = useState(false);
  const [pageSize, setPageSize] = useState(FIRST);
  const query = { pageSize, ...(isUnreadOnly && { unread: 'true' as const }) };
  const { data, isPending, error } = useNotices(query, true);
  const readAll = useReadAllNotices();
  const notices = data?.notices ?? [];
  const newest = notices[0];
  const language = useLanguage();
  const today = formatDate(new Date().toISOString(), language);
  const dayOf = (at: string): string => {
    const day = formatDate(at, language);
    return day === today ? t('notices.today') : day;
  };
  return (
    <div className={styles.panel} data-testid="notice-list">
      <div className={styles.head}>
        <span>
          <Switch
            id={switchId}
            size="small"
            checked={isUnreadOnly}
            onChange={setUnreadOnly}
            data-testid="notices-unread"
          />{' '}
          <label htmlFor={switchId}>{t('notices.unreadOnly')}</label>
        </span>
        <Button
          size="small"
          disabled={!newest || (data?.unread ?? 0) === 0}
          loading={readAll.isPending}
          onClick={() => newest && readAll.mutate(newest.id)}
          data-testid="notices-all-read"
        >
          {t('notices.allRead')}
        </Button>
      </div>
      <RefusalNote error={error} />
      {isPending ? <Spin /> : null}
      {data && notices.length === 0 ? (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(isUnreadOnly ? 'notices.noneUnread' : 'notices.none')}
        />
      ) : null}
      <ul className={styles.list}>
        {notices.map((notice, index) => {
          const day = dayOf(notice.at);
          const before = notices[index - 1];
          return (
            <Fragment key={notice.id}>
              {before !== undefined && dayOf(before.at) === day ? null : (
                <li className={styles.day} data-testid="notice-day">
                  <h3>{day}</h3>
                </li>
              )}
              <NoticeRow notice={notice} onLeave={onLeave} />
            </Fragment>
          );
        })}
      </ul>
      {data && data.total > notices.length && pageSize < MOST ? (
        <Button block onClick={() => setPageSize(MOST)}>
          {t('notices.more')}
        </Button>
      ) : null}
      {data && data.total > notices.length && pageSize === MOST ? (
        <p className={styles.rest}>{t('notices.rest', { count: data.total - notices.length })}</p>
      ) : null}
    </div>
  );
}

function NoticeRow({ notice, onLeave }: { readonly notice: NoticeJson; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const read = useReadNotice();
  const rules = useRuleWords();
  const path = noticePath(notice);
  const open = () => {
    if (notice.readAt === null) read.mutate(notice.id);
    if (path === null) return;
    void navigate(path);
    onLeave();
  };
  return (
    <li>
      <button type="button" className={styles.row} data-unread={notice.readAt === null} onClick={open}>
        <span
          className={styles.dot}
          role="img"
          aria-label={notice.readAt === null ? t('notices.unreadMark') : ''}
        />
        <span className={styles.text}>
          <strong>{t(`audit.object.${notice.noun}`, { defaultValue: notice.noun })}</strong>
          <span>{sentenceOf(notice)}</span>
          <small>{formatDateTime(notice.at, language)}</small>
        </span>
        {path === null ? null : <em>{t('notices.go')}</em>}
      </button>
    </li>
  );

  /** Rules by name: those of the rule table, and those that judge claims. */
  function namedRule(noun: string, { rule }: NoticeJson['facts']): { readonly rule?: string } {
    if (typeof rule !== 'string') return {};
    if (noun === 'rule-proposal') return { rule: rules.name(rule) };
    return noun === 'claim' ? { rule: t(`claims.rule.${rule}`, { defaultValue: rule }) } : {};
  }

  function sentenceOf({ kind, noun, facts }: NoticeJson): string {
    const key = `notices.kind.${kind}`;
    return i18next.exists(key)
      ? t(key, { ...noticeFacts(facts, language), ...namedRule(noun, facts) })
      : t('notices.other', { noun: t(`audit.object.${noun}`, { defaultValue: noun }) });
  }
}
