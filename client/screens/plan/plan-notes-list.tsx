// The notes on a plan's models and input, one line each; sites that were left out are named.
import { useTranslation } from 'react-i18next';
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import { type PlanNote, planNotes } from './plan-notes.ts';

export function PlanNotesList({ summary }: { readonly summary: PlanSummaryJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const notes = planNotes(summary, language);
  if (notes.length === 0) return null;
  return (
    <section className="plan-notes" data-testid="plan-notes">
      <h4>{t('plan.notes.title')}</h4>
      <ul>
        {notes.map((note) => (
          <li key={JSON.stringify(note)} data-note={note.key}>
            <NoteWords note={note} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoteWords({ note }: { readonly note: PlanNote }) {
  const { t } = useTranslation();
  if (note.key === 'outOfRange') {
    const { model, bins, range } = note;
    const quantity = t(`plan.notes.quantity.${note.quantity}`);
    return range === null
      ? t('plan.notes.outOfRangeOnly', { model, bins, quantity })
      : t('plan.notes.outOfRange', { model, bins, quantity, range });
  }
  if (note.key !== 'leftOut') return t(`plan.notes.${note.key}`, { count: note.count });
  const { code, count, siteIds } = note;
  return (
    <>
      {t('plan.notes.leftOut', { count, code, reason: t(`plan.notes.leftOutReason.${code}`) })}{' '}
      <code>{siteIds.join(', ')}</code>
      {siteIds.length < count ? ` ${t('plan.notes.leftOutMore', { count })}` : null}
    </>
  );
}
