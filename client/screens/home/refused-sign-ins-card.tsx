// Sign-ins the door refused within a day.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAuditPage } from '../../api/audit.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { TaskCard } from './task-card.tsx';

const DAY_MS = 86_400_000;

export function RefusedSignInsCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  // of the moment the page was opened: a question that changes all the time is asked all the time
  const [from] = useState(() => new Date(Date.now() - DAY_MS).toISOString());
  const page = useAuditPage({ action: 'sign-in-refused', from, pageSize: 1 });
  const last = page.data?.records[0];
  return (
    <TaskCard
      kind="refusedSignIns"
      count={page.data?.total ?? null}
      error={page.error}
      tasks={
        last === undefined
          ? []
          : [
              {
                key: String(last.seq),
                title: t('home.refusedSignIns.last', { at: formatDateTime(last.at, language) }),
                note: t('home.refusedSignIns.note', {
                  address: last.address ?? '—',
                }),
                to: '/audit?action=sign-in-refused',
              },
            ]
      }
    />
  );
}
