// Raises a problem, about something or about a place. Its number and due date come from the service.
import { App, Input, Modal, Select, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProblemCategoryCode, problemCategories } from '../../../engine/index.ts';
import type { ProblemNoun } from '../../../server/contract/problems.ts';
import { useDistrictChoices, useTowns } from '../../api/areas.ts';
import { makeAct } from '../../api/once-key.ts';
import { useRaiseProblem } from '../../api/problems.ts';
import { useResource } from '../../api/resources.ts';
import { changedKeys } from '../../parts/typed-on-fresh.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { useMe } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { RestoredNote } from '../shell/restored-note.tsx';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { useLeave } from '../shell/use-leave.ts';
import { lacksTown, townsWithin } from './problem-places.ts';
import styles from './problems.module.css';
import { UnitField } from './unit-field.tsx';
import type { ProblemWords } from './use-problem-words.ts';

export interface NewProblemDialogProps {
  /** What it is about, when it was raised from there. */
  readonly about: { readonly noun: ProblemNoun; readonly id: string; readonly name: string } | null;
  readonly words: ProblemWords;
  readonly onRaised: (id: string) => void;
  readonly onClose: () => void;
}

const everywhere = { everywhere: true, districtCodes: [], townCodes: [] };

interface ProblemDraft {
  readonly category: ProblemCategoryCode | null;
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  /** Null: the only one there is. */
  readonly districtCode: string | null;
  readonly townCode: string | null;
}

const emptyProblem: ProblemDraft = {
  category: null,
  title: '',
  description: '',
  unit: '',
  districtCode: null,
  townCode: null,
};

export function NewProblemDialog({ about, words, onRaised, onClose }: NewProblemDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const raise = useRaiseProblem();
  const [act] = useState(makeAct);
  const edit = useLateEdit(null, () => emptyProblem);
  const { draft, change } = edit;
  const { category, title, description, unit } = draft;
  const kept = useKeptTyping(
    about === null ? 'problem' : `problem.${about.noun}.${about.id}`,
    edit,
    () => emptyProblem,
  );
  const leave = useLeave(changedKeys(emptyProblem, draft).length > 0);
  const [isTried, setTried] = useState(false);
  const resource = useResource(about?.noun === 'resource' && about.name === '' ? about.id : null).data;
  const aboutName = about?.name || resource?.name || resource?.code || about?.id;
  const districts = useDistrictChoices();
  const me = useMe();
  // owners raise about what is theirs, wherever it stands
  const territory = me?.permissions['problem:create'] === 'territory' ? me.territory : everywhere;
  const towns = townsWithin(territory, useTowns().data ?? []);
  const districtCode = draft.districtCode ?? (districts.length === 1 ? (districts[0]?.code ?? null) : null);
  const townCode = draft.townCode ?? (towns.length === 1 ? (towns[0]?.code ?? null) : null);
  const days = problemCategories.find(({ code }) => code === category)?.workingDays;
  const lacks = {
    category: category === null,
    title: title.trim() === '',
    town: about === null && lacksTown(territory, { districtCode, townCode }),
  };
  const submit = () => {
    setTried(true);
    if (category === null || lacks.title || lacks.town) return;
    const problem = {
      category,
      title: title.trim(),
      description: description.trim(),
      ...(about === null
        ? { ...(districtCode !== null && { districtCode }), ...(townCode !== null && { townCode }) }
        : { objects: [{ noun: about.noun, id: about.id }] }),
      ...(unit.trim() !== '' && { ownerUnit: unit.trim() }),
    };
    raise.mutate(
      { problem, act },
      {
        onSuccess: (raised) => {
          kept.forget();
          void message.success(t('problems.done.raise', { number: raised.number }));
          onRaised(raised.id);
        },
      },
    );
  };
  return (
    <Modal
      open
      width={600}
      title={t('problems.new.title')}
      okText={t('problems.new.ok')}
      cancelText={t('problems.cancel')}
      confirmLoading={raise.isPending}
      okButtonProps={{ 'data-testid': 'new-problem-ok' }}
      onOk={submit}
      onCancel={() =>
        leave(() => {
          kept.forget();
          onClose();
        })
      }
    >
      <div className={styles.stack} data-testid="new-problem-dialog">
        <RestoredNote isRestored={kept.isRestored} onClear={() => change(emptyProblem)} />
        {about === null ? null : (
          <div className={styles.field}>
            <span>{t('problems.column.objects')}</span>
            <div>
              <Tag>{words.noun(about.noun)}</Tag>
              {aboutName}
            </div>
          </div>
        )}
        <div className={styles.field}>
          <label htmlFor={`${id}-category`}>{t('problems.column.category')}</label>
          <Select
            id={`${id}-category`}
            showSearch={{ optionFilterProp: 'label' }}
            value={category}
            placeholder={t('problems.new.category')}
            status={isTried && lacks.category ? 'error' : ''}
            options={problemCategories.map(({ code }) => ({ value: code, label: words.category(code) }))}
            onChange={(chosen: ProblemCategoryCode) => change({ category: chosen })}
            data-testid="new-problem-category"
          />
          {isTried && lacks.category ? <small role="alert">{t('problems.new.categoryMissing')}</small> : null}
          {days === undefined ? null : (
            <small className={styles.soft}>{t('problems.new.days', { count: days })}</small>
          )}
        </div>
        <div className={styles.field}>
          <label htmlFor={`${id}-title`}>{t('problems.column.title')}</label>
          <Input
            id={`${id}-title`}
            value={title}
            maxLength={200}
            placeholder={t('problems.new.titleHint')}
            status={isTried && lacks.title ? 'error' : ''}
            onChange={(event) => change({ title: event.target.value })}
            data-testid="new-problem-title"
          />
          {isTried && lacks.title ? <small role="alert">{t('problems.new.titleMissing')}</small> : null}
        </div>
        <div className={styles.field}>
          <label htmlFor={`${id}-description`}>{t('problems.new.description')}</label>
          <Input.TextArea
            id={`${id}-description`}
            value={description}
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={4000}
            placeholder={t('problems.new.descriptionHint')}
            onChange={(event) => change({ description: event.target.value })}
            data-testid="new-problem-description"
          />
        </div>
        {about === null ? (
          <div className={styles.pair}>
            {districts.length > 1 ? (
              <div className={styles.field}>
                <label htmlFor={`${id}-district`}>{t('problems.column.districtCode')}</label>
                <Select
                  id={`${id}-district`}
                  allowClear
                  value={districtCode}
                  placeholder={t('problems.new.district')}
                  options={districts.map(({ code, name }) => ({ value: code, label: name }))}
                  onChange={(code) => change({ districtCode: code ?? null, townCode: null })}
                  data-testid="new-problem-district"
                />
              </div>
            ) : null}
            <div className={styles.field}>
              <label htmlFor={`${id}-town`}>{t('problems.column.townCode')}</label>
              <Select
                id={`${id}-town`}
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                value={townCode}
                status={isTried && lacks.town ? 'error' : ''}
                placeholder={t('problems.new.town')}
                options={towns
                  .filter((town) => districtCode === null || town.districtCode === districtCode)
                  .map(({ code, name }) => ({ value: code, label: name }))}
                onChange={(code) => change({ townCode: code ?? null })}
                data-testid="new-problem-town"
              />
              {isTried && lacks.town ? <small role="alert">{t('problems.new.townMissing')}</small> : null}
            </div>
          </div>
        ) : null}
        <div className={styles.field}>
          <label htmlFor={`${id}-unit`}>{t('problems.new.unit')}</label>
          <UnitField
            id={`${id}-unit`}
            value={unit}
            districtCode={districtCode}
            placeholder={t('problems.new.unitHint')}
            onChange={(typed) => change({ unit: typed })}
            testId="new-problem-unit"
          />
        </div>
        <RefusalNote error={raise.error} />
      </div>
    </Modal>
  );
}
