// The survey of a site: the form, its photos, and what is missing before the case may be filed. A change that comes too late keeps what
// was typed and takes what somebody else wrote.
import { Alert, App, Button, Input, InputNumber, Select, Spin } from 'antd';
import { type ReactNode, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetailJson, SurveyJson } from '../../../server/contract/cases.ts';
import { freshSurvey, usePhotos, useSaveSurvey, useSurvey } from '../../api/cases.ts';
import { commaOf } from '../../format/comma.ts';
import { todayInChina } from '../../format/dates.ts';
import { DayField } from '../../parts/day-field.tsx';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { readPosition } from '../library/read-position.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { LateNote } from '../shell/late-note.tsx';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { CasePhotos } from './case-photos.tsx';
import { surveyChangesOf, surveyDraftOf, surveyFields, surveyFieldText, withPhotos } from './survey-draft.ts';
import type { CaseWords } from './use-case-words.ts';

export interface SurveyPanelProps {
  readonly detail: CaseDetailJson;
  readonly words: CaseWords;
}

export function SurveyPanel({ detail, words }: SurveyPanelProps) {
  const { t } = useTranslation();
  const reply = useSurvey(detail.id);
  const survey = reply.data;
  return (
    <div className={desk.stack} data-testid="survey">
      <RefusalNote error={reply.error} />
      {reply.isPending ? <Spin /> : null}
      {survey === undefined ? null : (
        <>
          <Missing survey={survey} words={words} />
          <SurveyForm survey={survey} detail={detail} words={words} />
        </>
      )}
      <h3 className={desk.heading}>{t('photos.title')}</h3>
      <CasePhotos
        detail={detail}
        firstKind={survey?.missingPhotoKinds[0] ?? (detail.state === '交付' ? '开通证据' : '全景')}
      />
    </div>
  );
}

function Missing({ survey, words }: { readonly survey: SurveyJson; readonly words: CaseWords }) {
  const { t } = useTranslation();
  const separator = commaOf(words.language);
  const fields = survey.missingFields.map((field) => t(`cases.survey.${field}`, { defaultValue: field }));
  const kinds = survey.missingPhotoKinds.map(words.photoKind);
  if (fields.length === 0 && kinds.length === 0)
    return <Alert type="success" showIcon title={t('cases.survey.complete')} />;
  return (
    <Alert
      type="info"
      showIcon
      title={t('cases.survey.missing')}
      description={
        <>
          {fields.length > 0 ? (
            <div>{t('cases.survey.missingFields', { fields: fields.join(separator) })}</div>
          ) : null}
          {kinds.length > 0 ? (
            <div>{t('cases.survey.missingPhotos', { kinds: kinds.join(separator) })}</div>
          ) : null}
        </>
      }
      data-testid="survey-missing"
    />
  );
}

function SurveyForm({ survey, detail, words }: SurveyPanelProps & { readonly survey: SurveyJson }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const save = useSaveSurvey(detail.id);
  const photos = usePhotos(detail.id).data ?? [];
  const edit = useLateEdit(survey, surveyDraftOf);
  useKeptTyping(`survey.${survey.caseId}`, edit, surveyDraftOf);
  const { base, draft, change } = edit;
  useEffect(() => {
    if (survey.version > base.version) edit.follow(survey);
  });
  const read = draft.positionText.trim() === '' ? null : readPosition(draft.positionText);
  const isPositionWrong = draft.positionText.trim() !== '' && read === null;
  const isReadOnly = !detail.maySurvey;
  const submit = () =>
    save.mutate(
      {
        survey: surveyChangesOf(withPhotos(draft, photos), read?.position ?? null),
        version: base.version,
      },
      {
        onSuccess: (saved) => {
          edit.follow(saved);
          void message.success(t('cases.survey.saved'));
        },
        onError: (error) => edit.takeFresh(freshSurvey(error)),
      },
    );
  // photos are shown below as they are
  const news = edit.news?.filter(({ key }) => key !== 'photoIds') ?? null;
  const field = (key: string, hint: string, children: ReactNode, isWrong = false) => (
    <div key={key} className={desk.field}>
      <label htmlFor={`${id}-${key}`}>{t(`cases.survey.${key}`)}</label>
      {children}
      {hint === '' ? null : <small className={isWrong ? desk.wrong : ''}>{hint}</small>}
    </div>
  );
  return (
    <>
      <LateNote
        news={news}
        label={(key) => t(`cases.survey.${key === 'positionText' ? 'position' : key}`)}
        value={(key) => surveyFieldText(surveyDraftOf(base), key, words)}
      />
      <div className={desk.fields} data-testid="survey-form">
        {surveyFields.map(([key, kind]) => field(key, '', fieldInput(key, kind)))}
        {field(
          'position',
          isPositionWrong ? t('cases.survey.positionWrong') : t('cases.survey.positionNote'),
          <Input
            id={`${id}-position`}
            value={draft.positionText}
            disabled={isReadOnly}
            status={isPositionWrong ? 'error' : ''}
            placeholder="121.473710, 31.230410"
            onChange={({ target }) => change({ positionText: target.value })}
            data-testid="survey-position"
          />,
          isPositionWrong,
        )}
      </div>
      <RefusalNote error={freshSurvey(save.error) === null ? save.error : null} />
      {isReadOnly ? null : (
        <div className={desk.acts}>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={isPositionWrong}
            onClick={submit}
            data-testid="survey-save"
          >
            {t('cases.survey.save')}
          </Button>
          <span className={desk.soft}>{t('cases.survey.saveNote')}</span>
        </div>
      )}
    </>
  );

  function fieldInput(key: (typeof surveyFields)[number][0], kind: (typeof surveyFields)[number][1]) {
    const shared = { id: `${id}-${key}`, disabled: isReadOnly, 'data-testid': `survey-${key}` };
    const value = draft[key];
    switch (kind.kind) {
      case 'number':
        return (
          <InputNumber
            {...shared}
            value={typeof value === 'number' ? value : null}
            min={0}
            max={kind.largest}
            precision={kind.digits}
            suffix={kind.unit}
            style={{ width: '100%' }}
            onChange={(number) => change({ [key]: number })}
          />
        );
      case 'choice':
        return (
          <Select
            {...shared}
            allowClear={!kind.isNeeded}
            value={typeof value === 'string' ? value : null}
            placeholder={t('library.unknown')}
            options={kind.words.map((word) => ({ value: word, label: words.library.value(key, word) }))}
            onChange={(word) => change({ [key]: word ?? null })}
          />
        );
      case 'day':
        return (
          <DayField
            id={shared.id}
            label={t(`cases.survey.${key}`)}
            value={typeof value === 'string' ? value : null}
            to={todayInChina()}
            disabled={isReadOnly}
            onChange={(day) => change({ [key]: day })}
            testId={shared['data-testid']}
          />
        );
      case 'text':
        return (
          <Input
            {...shared}
            value={typeof value === 'string' ? value : ''}
            maxLength={kind.longest}
            onChange={({ target }) => change({ [key]: target.value })}
          />
        );
    }
  }
}
