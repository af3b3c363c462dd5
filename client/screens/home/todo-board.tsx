// What waits for me, what is due, what I asked for: each line is a count of rows with the way to exactly those rows.
import {
  AuditOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  DatabaseOutlined,
  DeploymentUnitOutlined,
  ExclamationCircleOutlined,
  FileDoneOutlined,
  FlagOutlined,
  RightOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HomeJson, Todo, TodoDesk } from '../../../server/contract/home.ts';
import { useHome } from '../../api/home.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './todo.module.css';
import { daysUntil, type TodoGroup, todoGroups, urgencyOf } from './todo-groups.ts';

const icons: Readonly<Record<TodoDesk, ReactNode>> = {
  demands: <DeploymentUnitOutlined />,
  claims: <FlagOutlined />,
  batches: <AuditOutlined />,
  cases: <FileDoneOutlined />,
  problems: <ExclamationCircleOutlined />,
  relocations: <SwapOutlined />,
  library: <DatabaseOutlined />,
};

export function TodoBoard() {
  const { data, error } = useHome();
  if (error) return <RefusalNote error={error} />;
  if (data === undefined)
    return (
      <div className={styles.board}>
        <Skeleton active paragraph={{ rows: 3 }} />
      </div>
    );
  return <Board home={data} />;
}

function Board({ home: { todos, now, missing } }: { readonly home: HomeJson }) {
  const { t } = useTranslation();
  const groups = todoGroups(todos);
  return (
    <div className={styles.board} data-testid="todo-board">
      {missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          className={styles.wide}
          title={t('home.todoMissing', { desks: missing.map((desk) => t(`home.desk.${desk}`)).join('、') })}
        />
      ) : null}
      {groups.map((group) => (
        <Group key={group.section} group={group} now={now} />
      ))}
    </div>
  );
}

function Group({
  group: { section, todos, total },
  now,
}: {
  readonly group: TodoGroup;
  readonly now: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isLate = todos.some((todo) => urgencyOf(todo, now) === 'overdue');
  return (
    <section className={styles.group} data-section={section} data-testid={`todo-${section}`}>
      <header>
        <h2>{t(`home.section.${section}`)}</h2>
        <b
          data-zero={total === 0}
          data-late={section === 'due' && isLate}
          data-testid={`todo-${section}-count`}
        >
          {formatCount(total, language)}
        </b>
      </header>
      {todos.length === 0 ? (
        <p className={styles.none}>
          <CheckCircleOutlined /> {t(`home.sectionNone.${section}`)}
        </p>
      ) : (
        <ul>
          {todos.map((todo) => (
            <li key={`${todo.desk} ${todo.kind}`}>
              <TodoLine todo={todo} now={now} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function TodoLine({ todo, now }: { readonly todo: Todo; readonly now: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { desk, kind, count, path } = todo;
  return (
    <Link to={path} className={styles.line} data-testid={`todo-${desk}-${kind}`}>
      <span className={styles.icon}>{icons[desk]}</span>
      <span className={styles.what}>
        <strong>{t(`home.todo.${desk}.${kind}`)}</strong>
        <small>
          {t(`home.desk.${desk}`)}
          <Due todo={todo} now={now} />
        </small>
      </span>
      <b className={styles.count}>{formatCount(count, language)}</b>
      <RightOutlined className={styles.go} />
    </Link>
  );
}

function Due({ todo, now }: { readonly todo: Todo; readonly now: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { soonestDueAt } = todo;
  if (soonestDueAt === null) return null;
  const days = daysUntil(soonestDueAt, now);
  const urgency = urgencyOf(todo, now);
  const key = urgency === 'overdue' ? (days === 0 ? 'overdueToday' : 'overdue') : days === 0 ? 'today' : 'in';
  return (
    <time
      dateTime={soonestDueAt}
      title={formatDateTime(soonestDueAt, language)}
      className={styles.due}
      data-urgency={urgency}
    >
      <ClockCircleOutlined /> {t(`home.due.${key}`, { count: Math.abs(days) })}
    </time>
  );
}
