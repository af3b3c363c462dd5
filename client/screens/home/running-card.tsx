// Plans the service is busy with.
import { useTranslation } from 'react-i18next';
import { usePlans } from '../../api/plans.ts';
import { plansRunning } from './home-tasks.ts';
import { TaskCard } from './task-card.tsx';

export function RunningCard() {
  const { t } = useTranslation();
  const plans = usePlans();
  const running = plansRunning(plans.data ?? []);
  return (
    <TaskCard
      kind="running"
      count={plans.data === undefined ? null : running.length}
      error={plans.error}
      {...(running.length > 0 && { to: '/plans' })}
      tasks={running.map(({ id, name, progress }) => ({
        key: id,
        title: name,
        note: progress === null ? t('home.running.queued') : t(`coverage.steps.${progress.step}`),
      }))}
    />
  );
}
