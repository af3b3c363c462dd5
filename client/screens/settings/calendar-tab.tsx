// A year of working days at one look: holidays, weekends worked instead, and a warning for a year nobody has entered.
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, InputNumber, Spin, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendar } from '../../api/rules.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMay } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { type DrawnDay, type DrawnMonth, monthsOf, workingDaysOf } from './calendar-days.ts';
import { CalendarDialog } from './calendar-dialog.tsx';
import styles from './settings.module.css';

export function CalendarTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [year, setYear] = useState(() => new Date().getFullYear());
  const { data, isPending, error } = useCalendar(year);
  const mayChange = useMay('rule:change');
  const [asked, setAsked] = useState<DrawnDay | 'new' | null>(null);
  const months = monthsOf(year, data?.days ?? []);
  return (
    <div className={styles.groups}>
      <div className={styles.bar}>
        <InputNumber
          value={year}
          min={2020}
          max={2050}
          precision={0}
          aria-label={t('settings.year')}
          onChange={(next) => setYear(next ?? year)}
          style={{ width: 100 }}
          data-testid="calendar-year"
        />
        {data ? (
          <span>{t('settings.workingDays', { days: formatCount(workingDaysOf(months), language) })}</span>
        ) : null}
        <span className={styles.legend}>
          <i data-kind="holiday" /> {t('settings.kind.holiday')} <i data-kind="worked" />{' '}
          {t('settings.kind.worked')} <i data-kind="weekend" /> {t('settings.kind.weekend')}
        </span>
        {mayChange ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            className={styles.right}
            onClick={() => setAsked('new')}
            data-testid="calendar-add"
          >
            {t('settings.addDays')}
          </Button>
        ) : null}
      </div>
      <RefusalNote error={error} />
      {data && !data.years.includes(year) ? (
        <Alert type="warning" showIcon title={t('settings.yearUnknown', { year })} />
      ) : null}
      {isPending ? <Spin /> : null}
      <div className={styles.months}>
        {months.map((month) => (
          <Month key={month.month} month={month} {...(mayChange && { onDay: setAsked })} />
        ))}
      </div>
      {asked === null || data === undefined ? null : (
        <CalendarDialog
          year={year}
          calendar={data}
          day={asked === 'new' ? null : asked}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

interface MonthProps {
  readonly month: DrawnMonth;
  readonly onDay?: (day: DrawnDay) => void;
}

function Month({ month: { month, before, days }, onDay }: MonthProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.month} data-testid={`month-${month}`}>
      <h3>{t(`settings.month.m${month}`)}</h3>
      <div className={styles.days}>
        {([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => (
          <span key={weekday} className={styles.weekday}>
            {t(`settings.weekday.d${weekday}`)}
          </span>
        ))}
        {days.map((day, index) => (
          <Tooltip key={day.day} title={day.note}>
            <button
              type="button"
              className={styles.day}
              data-kind={day.kind}
              style={index === 0 ? { gridColumnStart: before + 1 } : {}}
              aria-label={`${day.day} ${t(`settings.kind.${day.kind}`)} ${day.note}`}
              disabled={!onDay}
              onClick={() => onDay?.(day)}
              data-testid={`day-${day.day}`}
            >
              {day.number}
            </button>
          </Tooltip>
        ))}
      </div>
    </section>
  );
}
