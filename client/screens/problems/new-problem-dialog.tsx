// Raises a problem, about something or about a place. Its number and due date come from the service.
import { App, Input, Modal, Select, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProblemCategoryCode, problemCategories } from '../../../engine/index.ts';
import type { ProblemNoun } from '../../../server/contract/problems.ts';
import { useDistricts, useTowns } from '../../api/areas.ts';
import { makeAct } from '../../api/once-key.ts';
import { useRaiseProblem } from '../../api/problems.ts';
import { useResource } from '../../api/resources.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
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

export function NewProblemDialog({ about, words, onRaised, onClose }: NewProblemDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const raise = useRaiseProblem();
  const [act] = useState(makeAct);
  const [category, setCategory] = useState<ProblemCategoryCode | null>(null);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [unit, setUnit] = useState('');
  const [isTried, setTried] = useState(false);
  const resource = useResource(about?.noun === 'resource' && about.name === '' ? about.id : null).data;
  const aboutName = about?.name || resource?.name || resource?.code || about?.id;
  const districts = useDistricts().data ?? [];
  const towns = useTowns().data ?? [];
  const [chosenDistrict, setDistrict] = useState<string | null>(null);
  const [townCode, setTown] = useState<string | null>(null);
  const districtCode = chosenDistrict ?? (districts.length === 1 ? (districts[0]?.code ?? null) : null);
  const days = problemCategories.find(({ code }) => code === category)?.workingDays;
  const lacks = { category: category === null, title: title.trim() === '' };
  const submit = () => {
    setTried(true);
    if (category === null || lacks.title) return;
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
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="new-problem-dialog">
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
            onChange={setCategory}
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
            onChange={(event) => setTitle(event.target.value)}
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
            onChange={(event) => setDescription(event.target.value)}
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
                  onChange={(code) => {
                    setDistrict(code ?? null);
                    setTown(null);
                  }}
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
                placeholder={t('problems.new.town')}
                options={towns
                  .filter((town) => districtCode === null || town.districtCode === districtCode)
                  .map(({ code, name }) => ({ value: code, label: name }))}
                onChange={(code) => setTown(code ?? null)}
                data-testid="new-problem-town"
              />
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
            onChange={setUnit}
            testId="new-problem-unit"
          />
        </div>
        <RefusalNote error={raise.error} />
      </div>
    </Modal>
  );
}
