// One kind of thing that waits: how many, the first few with a way there, or that there are none.
import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './home.module.css';

export interface Task {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  /** Left out where the card itself leads there. */
  readonly to?: string;
}

export interface TaskCardProps {
  /** Key under `home`: its title, what is said when there is none, and the word of the way there. */
  readonly kind: string;
  readonly tasks: readonly Task[];
  /** Null while it is not known. */
  readonly count: number | null;
  readonly error?: unknown;
  /** Where all of them are. */
  readonly to?: string;
}

const SHOWN = 5;

export function TaskCard({ kind, tasks, count, error = null, to: toAll }: TaskCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className={styles.card} data-testid={`home-${kind}`}>
      <header>
        <h2>{t(`home.${kind}.title`)}</h2>
        {count === null ? (
          error === null ? (
            <Spin size="small" />
          ) : null
        ) : (
          <b data-zero={count === 0} data-testid={`home-${kind}-count`}>
            {formatCount(count, language)}
          </b>
        )}
      </header>
      <RefusalNote error={error} />
      {count === 0 ? <p className={styles.none}>{t(`home.${kind}.none`)}</p> : null}
      {tasks.length > 0 ? (
        <ul className={styles.list}>
          {tasks.slice(0, SHOWN).map(({ key, title, note, to }) => (
            <li key={key}>
              <span>
                <strong title={title}>{title}</strong>
                <small>{note}</small>
              </span>
              {to === undefined ? null : <Link to={to}>{t(`home.${kind}.act`)}</Link>}
            </li>
          ))}
        </ul>
      ) : null}
      {toAll === undefined ? null : (
        <Link to={toAll} className={styles.all}>
          {t(`home.${kind}.act`)}
        </Link>
      )}
    </section>
  );
}
