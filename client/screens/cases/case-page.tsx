// One case on a page: where it stands on the chain, the ways on, its facts, the survey with photos, and what happened to it.
import { HistoryOutlined } from '@ant-design/icons';
import { Button, Drawer, Result, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { CaseDetailJson } from '../../../server/contract/cases.ts';
import { useCase, useCaseTimeline } from '../../api/cases.ts';
import { ApiError } from '../../api/fetch-reply.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { useMay, useMe } from '../../state/session.ts';
import { AttachmentsPanel } from '../attachments/attachments-panel.tsx';
import { Moments } from '../audit/moments.tsx';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import { raiseProblemPath } from '../problems/raise-problem-path.ts';
import desk from '../shell/desk.module.css';
import { useTableError } from '../shell/use-table-error.ts';
import { CaseEditDialog } from './case-edit-dialog.tsx';
import { CaseFacts } from './case-facts.tsx';
import { editableFields } from './case-move-fields.ts';
import { CaseMoves } from './case-moves.tsx';
import { CaseNext } from './case-next.tsx';
import { CaseStateTag } from './case-state-tag.tsx';
import { CaseStepper } from './case-stepper.tsx';
import styles from './cases.module.css';
import { SurveyPanel } from './survey-panel.tsx';
import { useCaseWords } from './use-case-words.ts';

export function CasePage() {
  const { t } = useTranslation();
  const { caseId = '' } = useParams();
  const reply = useCase(caseId);
  const refused = useTableError(reply);
  if (reply.data !== undefined) return <OpenedCase key={caseId} detail={reply.data} />;
  if (reply.error instanceof ApiError && reply.error.status === 404)
    return (
      <Result
        status="404"
        title={t('cases.notFound')}
        extra={
          <LinkButton to="/cases" type="primary">
            {t('cases.toTable')}
          </LinkButton>
        }
      />
    );
  return (
    <Page title={t('cases.one')} testId="case-page">
      {refused === null ? <Spin /> : <ErrorNote {...refused} />}
    </Page>
  );
}

function OpenedCase({ detail }: { readonly detail: CaseDetailJson }) {
  const { t } = useTranslation();
  const words = useCaseWords();
  const [isTimeline, setTimeline] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const me = useMe();
  const mayRaise = useMay('problem:create');
  const editable = me === null ? [] : editableFields(me, detail);
  const name = detail.siteName || detail.siteCode || t('cases.noSite');
  const onMap = resourceOnMapPath(detail);
  return (
    <Page
      title={`${detail.number} · ${name}`}
      subtitle={
        <>
          <CaseStateTag state={detail.state} words={words} />
          {[detail.operator, detail.company || t('cases.noCompany')].filter(Boolean).join(' · ')}
        </>
      }
      testId="case-page"
      actions={
        <>
          <LinkButton to="/cases">{t('cases.toTable')}</LinkButton>
          {onMap === null ? null : (
            <LinkButton to={onMap} data-testid="case-on-map">
              {t('claims.onMap')}
            </LinkButton>
          )}
          {mayRaise ? (
            <LinkButton
              to={raiseProblemPath('case', detail.id, `${detail.number} ${name}`)}
              data-testid="case-raise-problem"
            >
              {t('problems.raise')}
            </LinkButton>
          ) : null}
          <Button icon={<HistoryOutlined />} onClick={() => setTimeline(true)} data-testid="case-timeline">
            {t('cases.timeline')}
          </Button>
        </>
      }
    >
      <CaseStepper shown={detail} words={words} />
      <section className={styles.card}>
        <h2>{t('cases.moves')}</h2>
        <CaseNext state={detail.state} siteCode={detail.siteCode} />
        <CaseMoves detail={detail} />
      </section>
      <div className={styles.columns}>
        <section className={styles.card}>
          <h2>{t('cases.facts')}</h2>
          {editable.length > 0 ? (
            <Button
              size="small"
              className={styles.edit ?? ''}
              onClick={() => setEditing(true)}
              data-testid="case-edit"
            >
              {t('cases.edit')}
            </Button>
          ) : null}
          <CaseFacts detail={detail} words={words} />
        </section>
        <section className={styles.card}>
          <h2>{t('cases.surveyTitle')}</h2>
          {detail.siteId === null ? (
            <p className={desk.soft}>{t('cases.surveyNeedsSite')}</p>
          ) : (
            <SurveyPanel detail={detail} words={words} />
          )}
        </section>
      </div>
      <section className={styles.card}>
        <h2>{t('attachments.title')}</h2>
        <AttachmentsPanel
          noun="case"
          objectId={detail.id}
          firstKind={detail.state === '开通' ? '验收' : '备案'}
        />
      </section>
      {isEditing ? (
        <CaseEditDialog detail={detail} fields={editable} onClose={() => setEditing(false)} />
      ) : null}
      {isTimeline ? (
        <Drawer
          open
          size={520}
          title={`${t('cases.timeline')} · ${detail.number}`}
          onClose={() => setTimeline(false)}
        >
          <CaseTimeline caseId={detail.id} />
        </Drawer>
      ) : null}
    </Page>
  );
}

function CaseTimeline({ caseId }: { readonly caseId: string }) {
  const reply = useCaseTimeline(caseId);
  return (
    <Moments
      records={reply.data?.records}
      error={reply.error}
      columnWords="cases.record"
      valueWords={{
        state: 'cases.state',
        state_before: 'cases.state',
        kind: ['photos.kind', 'attachments.kind'],
        structure_check: 'library.word.structureCheck',
        fibre: 'library.word.fibre',
        power_mode: 'terms.powerMode',
      }}
    />
  );
}
