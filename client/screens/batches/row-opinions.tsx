// What the town and the departments say of a row; the district records what departments answered.
import { AutoComplete, Button, Input, Radio } from 'antd';
import { useId, useState } from 'react';
import { type BatchOpinion, batchOpinions, opinionDepartments } from '../../../engine/index.ts';
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import { hasText } from '../../parts/has-text.ts';
import { useNow } from '../../parts/use-now.ts';
import styles from './batches.module.css';
import { OpinionTag } from './decision-tag.tsx';
import { departmentOf, nameOfDepartment } from './department-names.ts';
import { RowCountersigns } from './row-countersigns.tsx';
import type { BatchWords } from './use-batch-words.ts';

export interface DepartmentOpinion {
  readonly department: string;
  readonly opinion: BatchOpinion;
  readonly text: string;
}

export interface RowOpinionsProps {
  readonly row: BatchRowJson;
  readonly words: BatchWords;
  readonly mayRecordDepartments: boolean;
  readonly onDepartment: (opinion: DepartmentOpinion) => void;
  /** Null: this person asks no departments. */
  readonly onCountersign: (() => void) | null;
  readonly onCountersignBack: (department: string) => void;
  /** Null: nobody is urged by this person. */
  readonly onUrgeTown: (() => void) | null;
}

export function RowOpinions(props: RowOpinionsProps) {
  const { row, words, mayRecordDepartments, onDepartment, onCountersign, onUrgeTown } = props;
  const { t } = words;
  const now = new Date(useNow());
  const [isAdding, setAdding] = useState(false);
  const { townOpinion, townDueAt, departmentOpinions } = row;
  const name = (department: string) => nameOfDepartment(department, words);
  return (
    <section className={styles.group} data-testid="row-opinions">
      <header className={styles.groupHead}>
        <h3>{t('batches.town.title')}</h3>
        {townOpinion === null && row.decision === null && row.townCode !== '' && onUrgeTown !== null ? (
          <Button size="small" type="link" onClick={onUrgeTown} data-testid="row-urge-town">
            {t('batches.verb.urge')}
          </Button>
        ) : null}
      </header>
      {townOpinion === null ? (
        <p className={styles.soft}>
          {townDueAt === null
            ? t('batches.town.none')
            : t('batches.town.noneDue', { due: words.due(townDueAt, now) })}
        </p>
      ) : (
        <Opinion who={row.townName} opinion={townOpinion} words={words} />
      )}
      <header className={styles.groupHead}>
        <h3>{t('batches.department.title')}</h3>
        <span>
          {onCountersign === null ? null : (
            <Button size="small" type="link" onClick={onCountersign} data-testid="row-countersign-ask">
              {t('batches.countersign.ask')}
            </Button>
          )}
          {mayRecordDepartments && !isAdding ? (
            <Button size="small" type="link" onClick={() => setAdding(true)} data-testid="department-add">
              {t('batches.department.add')}
            </Button>
          ) : null}
        </span>
      </header>
      {departmentOpinions.length === 0 && row.countersigns.length === 0 && !isAdding ? (
        <p className={styles.soft}>{t('batches.department.none')}</p>
      ) : null}
      <RowCountersigns
        row={row}
        words={words}
        onBack={onCountersign === null ? null : props.onCountersignBack}
      />
      {departmentOpinions.map((opinion) => (
        <Opinion key={opinion.department} who={name(opinion.department)} opinion={opinion} words={words} />
      ))}
      {isAdding ? (
        <DepartmentForm
          words={words}
          names={opinionDepartments.map(name)}
          onSave={(opinion) => {
            setAdding(false);
            onDepartment({ ...opinion, department: departmentOf(opinion.department, words) });
          }}
          onCancel={() => setAdding(false)}
        />
      ) : null}
    </section>
  );
}

interface OpinionProps {
  readonly who: string;
  readonly opinion: NonNullable<BatchRowJson['townOpinion']>;
  readonly words: BatchWords;
}

function Opinion({ who, opinion: { opinion, text, byName, at }, words }: OpinionProps) {
  return (
    <div className={styles.opinion}>
      <b>{who}</b>
      <OpinionTag opinion={opinion} words={words} />
      <span>{text}</span>
      <small>{at === '' ? byName : words.t('batches.row.byAt', { name: byName, at: words.time(at) })}</small>
    </div>
  );
}

interface DepartmentFormProps {
  readonly words: BatchWords;
  readonly names: readonly string[];
  readonly onSave: (opinion: DepartmentOpinion) => void;
  readonly onCancel: () => void;
}

function DepartmentForm({ words, names, onSave, onCancel }: DepartmentFormProps) {
  const { t } = words;
  const id = useId();
  const [department, setDepartment] = useState('');
  const [opinion, setOpinion] = useState<BatchOpinion>('同意');
  const [text, setText] = useState('');
  const isReady = department.trim() !== '' && (opinion === '同意' || text.trim() !== '');
  const save = () => {
    if (isReady) onSave({ department: department.trim(), opinion, text: text.trim() });
  };
  return (
    <div className={styles.departmentForm} data-testid="department-form">
      <div className={styles.fields}>
        <div className={styles.field}>
          <label htmlFor={`${id}-name`}>{t('batches.department.name')}</label>
          <AutoComplete
            id={`${id}-name`}
            value={department}
            autoFocus
            options={names.map((value) => ({ value }))}
            showSearch={{ filterOption: (typed, option) => hasText(option?.value, typed) }}
            onChange={(value) => setDepartment((value ?? '').slice(0, 50))}
            data-testid="department-name"
          />
        </div>
        <div className={styles.field}>
          <span>{t('batches.department.opinion')}</span>
          <Radio.Group
            value={opinion}
            options={batchOpinions.map((value) => ({ value, label: words.word('opinion', value) }))}
            onChange={({ target }) => setOpinion(target.value)}
          />
        </div>
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-text`}>{t('batches.department.text')}</label>
        <Input
          id={`${id}-text`}
          value={text}
          maxLength={1000}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={save}
          data-testid="department-text"
        />
      </div>
      <div className={styles.reasonEnd}>
        <Button size="small" onClick={onCancel}>
          {t('batches.department.cancel')}
        </Button>
        <Button size="small" type="primary" disabled={!isReady} onClick={save} data-testid="department-save">
          {t('batches.department.save')}
        </Button>
      </div>
    </div>
  );
}
