// One request: what is asked for and why, and the word on it of whoever may allow it.
import { App, Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportRequestJson } from '../../../server/contract/export-requests.ts';
import { freshExportRequest, useDecideExport } from '../../api/export-requests.ts';
import { makeAct } from '../../api/once-key.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { download } from '../../state/download.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import styles from './exports.module.css';
import { fileWords } from './request-words.ts';

export interface RequestDrawerProps {
  readonly request: ExportRequestJson;
  readonly onClose: () => void;
}

export function RequestDrawer({ request, onClose }: RequestDrawerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { title, filters } = fileWords(t, request.address);
  const facts: readonly (readonly [key: string, text: string])[] = [
    ['filters', filters.join(' · ') || t('exports.whole')],
    ['rows', formatCount(request.rows, language)],
    [
      'name',
      [request.name, t(`people.role.${request.role}`), request.organisation].filter(Boolean).join(' · '),
    ],
    ['askedAt', formatDateTime(request.askedAt, language)],
    ['reason', request.reason],
    ['state', t(`exports.state.${request.state}`)],
    ...(request.decidedAt === null
      ? []
      : ([
          ['decidedName', `${request.decidedName} · ${formatDateTime(request.decidedAt, language)}`],
          ['decisionText', request.decisionText || '—'],
        ] as const)),
    ...(request.validUntil === null
      ? []
      : ([['validUntil', formatDateTime(request.validUntil, language)]] as const)),
  ];
  return (
    <Drawer open size={520} onClose={onClose} title={title}>
      <div className={desk.stack} data-testid="export-request">
        <dl className={styles.facts}>
          {facts.map(([key, text]) => (
            <div key={key}>
              <dt>{t(`exports.column.${key}`)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        {request.decidable ? <DecisionForm request={request} /> : null}
        {request.usable ? (
          <Button type="primary" onClick={() => void download('', request.address)}>
            {t('exports.take')}
          </Button>
        ) : null}
      </div>
    </Drawer>
  );
}

function DecisionForm({ request }: { readonly request: ExportRequestJson }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const work = useDecideExport();
  const [act] = useState(makeAct);
  const [text, setText] = useState('');
  const decide = (agree: boolean) =>
    work.mutate(
      { request, decision: { agree, text: text.trim() }, act },
      { onSuccess: () => void message.success(t(agree ? 'exports.agreed' : 'exports.refused')) },
    );
  return (
    <section className={desk.stack}>
      <Input.TextArea
        value={text}
        rows={2}
        maxLength={500}
        aria-label={t('exports.decisionHint')}
        placeholder={t('exports.decisionHint')}
        onChange={(event) => setText(event.target.value)}
        data-testid="export-decision-text"
      />
      <RefusalNote error={freshExportRequest(work.error) === null ? work.error : null} />
      <div className={desk.acts}>
        <Button
          type="primary"
          loading={work.isPending}
          onClick={() => decide(true)}
          data-testid="export-agree"
        >
          {t('exports.agree')}
        </Button>
        <Button
          danger
          disabled={text.trim() === ''}
          loading={work.isPending}
          onClick={() => decide(false)}
          data-testid="export-refuse"
        >
          {t('exports.refuse')}
        </Button>
      </div>
    </section>
  );
}
