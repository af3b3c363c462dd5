// What happened to a problem, newest first: who took which step, when, why, and what was given with it.
import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProblemStepJson } from '../../../server/contract/problems.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import styles from './problems.module.css';
import type { ProblemWords } from './use-problem-words.ts';

const colours: Readonly<Record<ProblemStepJson['kind'], string>> = {
  raise: 'orange',
  assign: 'blue',
  start: 'blue',
  progress: 'gray',
  evidence: 'blue',
  settle: 'gold',
  confirm: 'green',
  override: 'green',
  return: 'orange',
  reopen: 'orange',
  escalate: 'red',
  urge: 'gold',
};

export interface ProblemStepsProps {
  readonly steps: readonly ProblemStepJson[];
  readonly words: ProblemWords;
}

export function ProblemSteps({ steps, words }: ProblemStepsProps) {
  const { t } = useTranslation();
  return (
    <div data-testid="problem-steps">
      <Timeline
        items={[...steps].reverse().map((step) => ({
          key: step.id,
          color: colours[step.kind],
          content: (
            <article className={styles.moment}>
              <header>
                <b>{t(`problems.step.${step.kind}`)}</b>
                <span>{personOf(step)}</span>
                <time dateTime={step.at}>{formatDateTime(step.at, words.language)}</time>
              </header>
              {factsOf(step).map((line) => (
                <span key={line} className={styles.soft}>
                  {line}
                </span>
              ))}
              {step.words === '' ? null : <p>{step.words}</p>}
              {step.photoIds.length > 0 ? (
                <span className={styles.photos}>
                  {step.photoIds.map((id) => (
                    <a
                      key={id}
                      href={`/api/photos/${encodeURIComponent(id)}`}
                      target="_blank"
                      rel="noreferrer"
                    >
                      {t('problems.photo')}
                    </a>
                  ))}
                </span>
              ) : null}
            </article>
          ),
        }))}
      />
    </div>
  );

  function personOf({ accountName, role }: ProblemStepJson): string {
    if (role === null) return t('problems.bySystem');
    return t('problems.person', { name: accountName, role: t(`people.role.${role}`) });
  }

  function factsOf({ kind, facts }: ProblemStepJson): string[] {
    const { ownerUnit = '', coUnits = [], dueAt, level, byClock, since, urged } = facts;
    if (kind === 'urge') return [t(`problems.urge.to.${urged ?? 'district'}`, { unit: ownerUnit })];
    if (kind === 'escalate' && level !== undefined)
      return [
        t(byClock ? 'problems.escalatedByClock' : 'problems.escalatedTo', {
          level: words.level(level),
          date: formatDate(since ?? null, words.language),
        }),
      ];
    if (kind !== 'assign' && kind !== 'reopen' && kind !== 'return') return [];
    const line = (column: string, value: string) =>
      t('problems.given', { label: t(`problems.column.${column}`), value });
    return [
      ...(ownerUnit === '' ? [] : [line('ownerUnit', words.list([ownerUnit, ...coUnits]))]),
      ...(dueAt === undefined ? [] : [line('dueAt', formatDate(dueAt, words.language))]),
    ];
  }
}
