// Makes a run of days holidays or working days, or lets them be as any other day of the week again. Days somebody else set meanwhile
// are told before they are set over.
import { DatePicker, Input, Modal, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarJson } from '../../../server/contract/rules.ts';
import { freshCalendar, useChangeCalendar } from '../../api/rules.ts';
import { changedKeys } from '../../parts/typed-on-fresh.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import { calendarDraftOf, type DrawnDay, daysBetween } from './calendar-days.ts';
import styles from './settings.module.css';

const MOST_DAYS = 60;
const form = 'YYYY-MM-DD';

type Wanted = 'holiday' | 'worked' | 'plain';

export interface CalendarDialogProps {
  readonly year: number;
  readonly calendar: CalendarJson;
  /** Null: days are chosen here. */
  readonly day: DrawnDay | null;
  readonly onClose: () => void;
}

export function CalendarDialog({ year, calendar, day, onClose }: CalendarDialogProps) {
  const { t } = useTranslation();
  const ids = { days: useId(), note: useId() };
  const change = useChangeCalendar();
  /** As it was when the dialog opened, and as the last refusal had it. */
  const [seen] = useState(calendar);
  const [base, setBase] = useState(calendar);
  const [range, setRange] = useState<readonly [Dayjs, Dayjs] | null>(
    day ? [dayjs(day.day), dayjs(day.day)] : null,
  );
  const [wanted, setWanted] = useState<Wanted>(wantedAtFirst(day));
  const [note, setNote] = useState(day?.note ?? '');
  const days = range ? daysBetween(range[0].format(form), range[1].format(form)) : [];
  const submit = () => {
    const works = wanted === 'plain' ? null : wanted === 'worked';
    change.mutate(
      { calendar: base, days: days.map((each) => ({ day: each, works, note: note.trim() })) },
      { onSuccess: onClose, onError: (error) => setBase((now) => freshCalendar(error) ?? now) },
    );
  };
  const now = calendarDraftOf(base, days);
  const news = changedKeys(calendarDraftOf(seen, days), now).map((key) => ({ key, isTyped: true }));
  const dayText = (key: string): string => {
    const set = now[key] ?? null;
    if (set === null) return t('settings.wanted.plain');
    return `${t(`settings.kind.${set.works ? 'worked' : 'holiday'}`)} ${set.note}`.trim();
  };
  return (
    <Modal
      open
      title={t('settings.addDays')}
      okText={t('shell.save')}
      cancelText={t('shell.cancel')}
      okButtonProps={{
        disabled: days.length === 0 || days.length > MOST_DAYS,
        'data-testid': 'calendar-save',
      }}
      confirmLoading={change.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form} data-testid="calendar-dialog">
        <LateNote<Record<string, unknown>>
          news={base === seen ? null : news}
          label={(each) => each}
          value={dayText}
        />
        <div className={styles.field}>
          <label htmlFor={ids.days}>{t('settings.days')}</label>
          <DatePicker.RangePicker
            id={ids.days}
            value={range ? [range[0], range[1]] : null}
            defaultPickerValue={[dayjs(`${year}-01-01`), dayjs(`${year}-02-01`)]}
            allowClear={false}
            onChange={(chosen) => setRange(chosen?.[0] && chosen[1] ? [chosen[0], chosen[1]] : null)}
          />
          {days.length > MOST_DAYS ? (
            <small role="alert">{t('settings.tooManyDays', { most: MOST_DAYS })}</small>
          ) : null}
        </div>
        <Radio.Group
          optionType="button"
          value={wanted}
          onChange={(event) => setWanted(event.target.value as Wanted)}
          options={(['holiday', 'worked', 'plain'] as const).map((value) => ({
            value,
            label: t(`settings.wanted.${value}`),
          }))}
        />
        {wanted === 'plain' ? null : (
          <div className={styles.field}>
            <label htmlFor={ids.note}>{t('settings.dayNote')}</label>
            <Input
              id={ids.note}
              value={note}
              maxLength={200}
              placeholder={t('settings.dayNoteExample')}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
        )}
        <RefusalNote error={freshCalendar(change.error) === null ? change.error : null} />
      </div>
    </Modal>
  );
}

/** A weekend that is opened is most often one to be worked. */
function wantedAtFirst(day: DrawnDay | null): Wanted {
  if (day === null || day.kind === 'plain') return 'holiday';
  return day.kind === 'weekend' ? 'worked' : 'plain';
}
