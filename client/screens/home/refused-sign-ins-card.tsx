// Sign-ins the door refused since yesterday: whole days, as the audit page takes them.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAuditPage } from '../../api/audit.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { pageQueryOf, plainView, writeAuditView } from '../audit/audit-query.ts';
import { TaskCard } from './task-card.tsx';

export function RefusedSignInsCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [view] = useState(() => ({ ...plainView, action: 'sign-in-refused', from: yesterday() }));
  const page = useAuditPage({ ...pageQueryOf(view), pageSize: 1 });
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
                to: `/audit?${writeAuditView(view)}`,
              },
            ]
      }
    />
  );
}

/** The day of the reader before today, yyyy-mm-dd. */
function yesterday(): string {
  const day = new Date();
  day.setDate(day.getDate() - 1);
  return day.toLocaleDateString('en-CA');
}
