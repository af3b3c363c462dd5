// One record: what was before and after, by whom and from where, its place in the chain, and the way to the thing it is about.
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import type { AuditDetailJson } from '../../../server/contract/audit.ts';
import { useAuditRecord } from '../../api/audit.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { useMay } from '../../state/session.ts';
import desk from '../shell/desk.module.css';
import { ReplyState } from '../shell/reply-state.tsx';
import styles from './audit.module.css';
import type { AuditView } from './audit-query.ts';
import { ChangeList } from './change-list.tsx';
import { recordPath, thingOnMapPath } from './record-path.ts';
import type { AuditWords } from './use-audit-words.ts';

export interface RecordDrawerProps {
  readonly seq: number;
  readonly words: AuditWords;
  readonly onFilter: (change: Partial<AuditView>) => void;
  readonly onClose: () => void;
}

export function RecordDrawer({ seq, words, onFilter, onClose }: RecordDrawerProps) {
  const { t, language } = words;
  const reply = useAuditRecord(seq);
  return (
    <Drawer open size={560} title={t('audit.record', { seq: formatCount(seq, language) })} onClose={onClose}>
      <div className={desk.stack} data-testid="audit-record">
        <ReplyState reply={reply} notFound={t('audit.unknown')} />
        {reply.data === undefined ? null : <Opened detail={reply.data} words={words} onFilter={onFilter} />}
      </div>
    </Drawer>
  );
}

interface OpenedProps extends Pick<RecordDrawerProps, 'words' | 'onFilter'> {
  readonly detail: AuditDetailJson;
}

function Opened({ detail: { record, thing }, words, onFilter }: OpenedProps) {
  const { t, language } = words;
  const { at, accountId, role, action, object, objectId, address, requestId, reason, hash } = record;
  const fact = (key: string, value: ReactNode) => (
    <div>
      <dt>{t(`audit.column.${key}`)}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <>
      <dl className={desk.facts}>
        {fact('at', formatDateTime(at, language))}
        {fact('action', <b>{words.action(action)}</b>)}
        {fact('person', words.person(record))}
        {fact('role', role === null ? '—' : words.role(role))}
        {fact('object', thing === null ? words.object(object) : `${words.object(object)} · ${thing.name}`)}
        {fact('objectId', objectId ?? '—')}
        {reason ? fact('reason', reason) : null}
      </dl>
      <Ways record={record} thing={thing} words={words} />
      <section>
        <h3 className={desk.heading}>{t('audit.column.what')}</h3>
        <ChangeList record={record} words={words} />
      </section>
      <section>
        <h3 className={desk.heading}>{t('audit.origin')}</h3>
        <dl className={desk.facts}>
          {fact('address', address ?? '—')}
          {fact('requestId', requestId ?? '—')}
          <div className={styles.wide}>
            <dt>{t('audit.column.hash')}</dt>
            <dd>
              <code data-testid="audit-hash">{hash}</code>
            </dd>
          </div>
        </dl>
      </section>
      <div className={desk.acts}>
        {accountId === null ? null : (
          <Button size="small" onClick={() => onFilter({ account: accountId })} data-testid="audit-by-person">
            {t('audit.byPerson')}
          </Button>
        )}
        {objectId === null ? null : (
          <Button size="small" onClick={() => onFilter({ object, objectId })} data-testid="audit-by-object">
            {t('audit.byObject')}
          </Button>
        )}
      </div>
    </>
  );
}

function Ways({ record: { object, objectId }, thing, words }: AuditDetailJson & Pick<OpenedProps, 'words'>) {
  const { t } = words;
  const page = recordPath(object, objectId, thing);
  const mayOpen = useMay(page?.permission ?? 'audit:read');
  const onMap = thing === null ? null : thingOnMapPath(thing);
  if ((page === null || !mayOpen) && onMap === null) return null;
  return (
    <div className={desk.acts}>
      {page === null || !mayOpen ? null : (
        <LinkButton type="primary" to={page.path} data-testid="audit-open-thing">
          {t('audit.openThing')}
        </LinkButton>
      )}
      {onMap === null ? null : (
        <LinkButton to={onMap} data-testid="audit-on-map">
          {t('audit.onMap')}
        </LinkButton>
      )}
    </div>
  );
}
