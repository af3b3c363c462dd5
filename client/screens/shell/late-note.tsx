// Somebody else was faster: what stands there now, field by field, above what was typed, which is kept.
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LateField } from '../../parts/typed-on-fresh.ts';
import desk from './desk.module.css';

export interface LateNoteProps<Draft> {
  /** Null: nobody was. */
  readonly news: readonly LateField<Draft>[] | null;
  readonly label: (key: keyof Draft & string) => string;
  /** The value of the fresh row in one line. */
  readonly value: (key: keyof Draft & string) => string;
}

export function LateNote<Draft>({ news, label, value }: LateNoteProps<Draft>) {
  const { t } = useTranslation();
  if (news === null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('desk.late.title')}
      description={
        <>
          <div>{t(news.length === 0 ? 'desk.late.plain' : 'desk.late.note')}</div>
          <ul className={desk.plainList}>
            {news.map(({ key, isTyped }) => (
              <li key={key}>
                {t(isTyped ? 'desk.late.both' : 'desk.late.field', { label: label(key), value: value(key) })}
              </li>
            ))}
          </ul>
        </>
      }
      data-testid="late-note"
    />
  );
}
