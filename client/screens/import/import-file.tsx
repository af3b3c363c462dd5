// Choosing, checking and keeping one file. What is possible when is decided in import-flow.ts.
import { Alert, Button, Progress } from 'antd';
import { type Dispatch, useEffect, useReducer, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { ImportMode } from '../../../server/contract/imports.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useSendImport } from '../../api/imports.ts';
import { formatFileSize } from '../../format/measures.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { FileDrop } from '../../parts/file-drop.tsx';
import { useMe } from '../../state/session.ts';
import styles from './import.module.css';
import {
  acceptedFiles,
  firstFlow,
  type ImportEvent,
  type ImportFlow,
  importFlow,
  importMoves,
  importQuery,
  isRasterKind,
  kindsFor,
} from './import-flow.ts';
import { ImportReport } from './import-report.tsx';
import { ImportSettings } from './import-settings.tsx';
import { StoredRasters } from './stored-rasters.tsx';

export function ImportFile() {
  const { t } = useTranslation();
  const language = useLanguage();
  const kinds = kindsFor(useMe()?.role);
  const [params] = useSearchParams();
  const [flow, dispatch] = useReducer(importFlow, firstFlow, (first) => {
    const kind = kinds.find((one) => one === params.get('kind')) ?? kinds[0] ?? first.choice.kind;
    return { ...first, choice: { ...first.choice, kind } };
  });
  const { send, cancel } = useSending(flow, dispatch);
  const isBusy = flow.sending !== null;
  return (
    <div className={styles.columns}>
      <section className={styles.card} aria-label={t('import.tab.file')}>
        <ImportSettings
          choice={flow.choice}
          disabled={isBusy}
          onChange={(choice) => dispatch({ type: 'choose', choice })}
        />
        <FileDrop
          title={t('import.drop')}
          note={t(flow.file ? 'import.dropAgain' : dropNoteOf(flow))}
          accept={acceptedFiles}
          disabled={isBusy}
          chosen={flow.file ? { name: flow.file.name, size: formatFileSize(flow.file.size, language) } : null}
          onFile={(file) => dispatch({ type: 'file', file })}
        />
        {isBusy ? (
          <Sending flow={flow} onCancel={cancel} />
        ) : (
          <Moves flow={flow} dispatch={dispatch} send={send} />
        )}
        {flow.choice.kind === 'terrain' || flow.choice.kind === 'clutter' ? (
          <StoredRasters kind={flow.choice.kind} />
        ) : null}
      </section>
      <section className={styles.card} aria-label={t('import.report')} aria-live="polite">
        <Answer flow={flow} onRetry={() => send('check')} />
      </section>
    </div>
  );
}

function useSending(flow: ImportFlow, dispatch: Dispatch<ImportEvent>) {
  const { mutateAsync } = useSendImport();
  const running = useRef<AbortController | null>(null);
  // Leaving the screen ends the transfer; the server keeps all or nothing.
  useEffect(() => () => running.current?.abort(), []);

  const send = async (mode: ImportMode) => {
    if (flow.file === null) return;
    const controller = new AbortController();
    running.current = controller;
    dispatch({ type: 'send', mode });
    try {
      const report = await mutateAsync({
        ...importQuery(flow.choice),
        file: flow.file,
        mode,
        signal: controller.signal,
        onSent: (sent, total) => dispatch({ type: 'sent', share: total === 0 ? 1 : sent / total }),
      });
      if (!controller.signal.aborted) dispatch({ type: 'report', report });
    } catch (error) {
      if (!controller.signal.aborted) dispatch({ type: 'fail', error });
    }
  };
  const cancel = () => {
    running.current?.abort();
    dispatch({ type: 'cancel' });
  };
  return { send, cancel };
}

function Sending({ flow, onCancel }: { readonly flow: ImportFlow; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const isSent = flow.sentShare >= 1;
  return (
    <div data-testid="import-progress">
      <span>
        {isSent ? t(`import.working.${flow.sending}`) : t('import.sending', { name: flow.file?.name })}
      </span>
      <Progress percent={Math.floor(flow.sentShare * 100)} status="active" showInfo={!isSent} />
      <Button onClick={onCancel} data-testid="import-cancel">
        {t('import.cancel')}
      </Button>
    </div>
  );
}

interface MovesProps {
  readonly flow: ImportFlow;
  readonly dispatch: Dispatch<ImportEvent>;
  readonly send: (mode: ImportMode) => void;
}

function Moves({ flow, dispatch, send }: MovesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const moves = importMoves(flow);
  if (moves.isFinished) {
    return (
      <div className={styles.actions}>
        <Button type="primary" onClick={() => navigate('/')} data-testid="import-to-map">
          {t('import.toMap')}
        </Button>
        <Button onClick={() => dispatch({ type: 'again' })} data-testid="import-another">
          {t('import.another')}
        </Button>
      </div>
    );
  }
  const canKeep = moves.canKeepUsable || moves.canKeepAll;
  return (
    <div className={styles.actions}>
      <Button
        type={canKeep ? 'default' : 'primary'}
        disabled={!moves.canCheck}
        onClick={() => send('check')}
        data-testid="import-check"
      >
        {t('import.check')}
      </Button>
      {moves.canKeepUsable ? (
        <Button type="primary" onClick={() => send('usable')} data-testid="import-usable">
          {t('import.keepUsable', { total: formatCount(flow.report?.accepted ?? 0, language) })}
        </Button>
      ) : null}
      <Button
        type={moves.canKeepAll ? 'primary' : 'default'}
        disabled={!moves.canKeepAll}
        title={isRasterKind(flow.choice.kind) ? undefined : t('import.keepAllNote')}
        onClick={() => send('all')}
        data-testid="import-all"
      >
        {t('import.keepAll')}
      </Button>
      {isRasterKind(flow.choice.kind) ? null : (
        <small className={styles.quiet}>{t('import.keepAllNote')}</small>
      )}
    </div>
  );
}

function Answer({ flow, onRetry }: { readonly flow: ImportFlow; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (flow.refusedFile !== null) {
    const { name, problem } = flow.refusedFile;
    return <ErrorNote message={t(`import.${problem}`, { name })} hint={t(`import.${problem}Hint`)} />;
  }
  if (flow.error !== null) {
    return (
      <ErrorNote {...describeError(flow.error, language)} onRetry={onRetry} retryLabel={t('shell.retry')} />
    );
  }
  return (
    <>
      {flow.cancelled === null ? null : (
        <Alert
          type="info"
          showIcon
          title={t(flow.cancelled === 'check' ? 'import.cancelled' : 'import.cancelledStoring')}
          data-testid="import-cancelled"
        />
      )}
      {flow.report ? <ImportReport report={flow.report} /> : <Guide flow={flow} />}
    </>
  );
}

const dropNoteOf = ({ choice }: ImportFlow): string =>
  isRasterKind(choice.kind) ? `import.dropNoteRaster.${choice.kind}` : 'import.dropNote';

/** Before the first check: what this kind of file should hold. */
function Guide({ flow }: { readonly flow: ImportFlow }) {
  const { t } = useTranslation();
  return (
    <div data-testid="import-guide">
      <div className={styles.head}>
        <h2>{t(`terms.kind.${flow.choice.kind}`)}</h2>
      </div>
      <p>{t(`import.kindNote.${flow.choice.kind}`)}</p>
      <p className={styles.quiet}>{t(dropNoteOf(flow))}</p>
    </div>
  );
}
