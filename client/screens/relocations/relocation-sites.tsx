// Sites that go and sites that replace them, side by side: each with its cases, its place on the map, and for a replacement whether it is
// on the air and has transmission, which its operator says.
import { App, Button, Empty, Input, Modal, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RelocationDetailJson } from '../../../server/contract/relocations.ts';
import { makeAct } from '../../api/once-key.ts';
import { freshRelocation, useWorkOnRelocation } from '../../api/relocations.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMay } from '../../state/session.ts';
import { CaseStateTag } from '../cases/case-state-tag.tsx';
import { useCaseWords } from '../cases/use-case-words.ts';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { RowNews } from '../shell/row-news.tsx';
import styles from './relocations.module.css';

type AffectedSite = RelocationDetailJson['affectedSites'][number];
type ReplacementSite = RelocationDetailJson['replacementSites'][number];

export function RelocationSites({ detail }: { readonly detail: RelocationDetailJson }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<ReplacementSite | null>(null);
  return (
    <div className={styles.sides}>
      <section className={styles.card} data-testid="affected-sites">
        <h2>{t('relocations.affected', { count: detail.affectedSites.length })}</h2>
        {detail.affectedSites.length === 0 ? <None word="noAffected" /> : null}
        <ul className={desk.plainList}>
          {detail.affectedSites.map((site) => (
            <li key={site.siteId} className={styles.site}>
              <SiteHead site={site} />
              <Cases site={site} />
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.card} data-testid="replacement-sites">
        <h2>{t('relocations.replacements', { count: detail.replacementSites.length })}</h2>
        {detail.replacementSites.length === 0 ? <None word="noReplacements" /> : null}
        <ul className={desk.plainList}>
          {detail.replacementSites.map((site) => (
            <li key={site.siteId} className={styles.site}>
              <SiteHead site={site} />
              <Standing site={site} />
              <Cases site={site} />
              {/* by whoever has a station there, and an operator sees no other */}
              {detail.mayConfirmTransmission && site.cases.length > 0 ? (
                <Button size="small" onClick={() => setAsked(site)} data-testid={`transmission-${site.code}`}>
                  {t(
                    site.transmissionOk ? 'relocations.transmission.revoke' : 'relocations.transmission.act',
                  )}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      {asked === null ? null : (
        <TransmissionDialog detail={detail} site={asked} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}

function None({ word }: { readonly word: string }) {
  const { t } = useTranslation();
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`relocations.${word}`)} />;
}

function SiteHead({ site }: { readonly site: AffectedSite }) {
  const { t } = useTranslation();
  const onMap = resourceOnMapPath(site);
  return (
    <div className={desk.line}>
      <strong>{site.name || site.code}</strong>
      <span className={desk.soft}>{t(`terms.status.${site.status}`)}</span>
      {onMap === null ? null : <Link to={onMap}>{t('claims.onMap')}</Link>}
    </div>
  );
}

function Standing({ site }: { readonly site: ReplacementSite }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className={desk.line}>
      <Tag color={site.onAir ? 'green' : 'red'}>
        {t(site.onAir ? 'relocations.onAir' : 'relocations.notOnAir')}
      </Tag>
      <Tag color={site.transmissionOk ? 'green' : 'red'}>
        {t(site.transmissionOk ? 'relocations.transmission.ok' : 'relocations.transmission.open')}
      </Tag>
      {site.transmissionAt === null ? null : (
        <small className={desk.soft}>
          {[site.transmissionBy, formatDateTime(site.transmissionAt, language), site.transmissionNote]
            .filter(Boolean)
            .join(' · ')}
        </small>
      )}
    </div>
  );
}

function Cases({ site }: { readonly site: AffectedSite }) {
  const words = useCaseWords();
  const mayRead = useMay('case:read');
  if (!mayRead || site.cases.length === 0) return null;
  return (
    <div className={desk.line}>
      {site.cases.map(({ id, number, operator, state }) => (
        <span key={id}>
          <Link to={`/cases/${encodeURIComponent(id)}`}>{operator || number}</Link>{' '}
          <CaseStateTag state={state} words={words} />
        </span>
      ))}
    </div>
  );
}

interface TransmissionDialogProps {
  readonly detail: RelocationDetailJson;
  readonly site: ReplacementSite;
  readonly onClose: () => void;
}

function TransmissionDialog({ detail, site, onClose }: TransmissionDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const work = useWorkOnRelocation();
  const [act] = useState(makeAct);
  const [note, setNote] = useState('');
  const ok = !site.transmissionOk;
  const submit = () =>
    work.mutate(
      {
        read: detail,
        act,
        work: {
          kind: 'transmission',
          transmission: { siteId: site.siteId, ok, ...(note.trim() !== '' && { note: note.trim() }) },
        },
      },
      {
        onSuccess: () => {
          void message.success(t('relocations.transmission.done'));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={`${t(ok ? 'relocations.transmission.act' : 'relocations.transmission.revoke')} · ${site.name || site.code}`}
      okText={t('relocations.confirm')}
      cancelText={t('relocations.close')}
      confirmLoading={work.isPending}
      okButtonProps={{ 'data-testid': 'transmission-ok' }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={desk.stack}>
        <span>{t(ok ? 'relocations.transmission.ask' : 'relocations.transmission.askRevoke')}</span>
        <RowNews
          row={detail}
          shownOf={({ state }) => ({ state })}
          label={(key) => t(`relocations.column.${key}`)}
          value={() => t(`relocations.state.${detail.state}`)}
        />
        <div className={desk.field}>
          <label htmlFor={id}>{t('relocations.transmission.note')}</label>
          <Input id={id} value={note} maxLength={300} onChange={({ target }) => setNote(target.value)} />
        </div>
        <RefusalNote error={freshRelocation(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}
