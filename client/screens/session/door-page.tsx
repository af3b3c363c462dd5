// The paper around every form at the door: mark, name, one sentence, a card, the language.
import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../../format/i18n.ts';
import { useLanguage } from '../../format/use-language.ts';
import styles from './session.module.css';

export interface DoorPageProps {
  readonly testId: string;
  readonly children: ReactNode;
  /** Beside the form, below it where it is narrow. */
  readonly side?: ReactNode;
}

export function DoorPage({ testId, children, side }: DoorPageProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <main className={styles.door} data-testid={testId}>
      <Button
        type="text"
        className={styles.language}
        icon={<GlobalOutlined />}
        aria-label={t('shell.languageSwitch')}
        data-testid="language-switch"
        onClick={() => switchLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {t('shell.language')}
      </Button>
      <div className={styles.middle}>
        <header className={styles.brand}>
          <img src="/mark.svg" alt="" width={56} height={56} />
          <h1>{t('shell.product')}</h1>
          <p>{t('session.promise')}</p>
        </header>
        <div className={side ? `${styles.card} ${styles.cardWide}` : styles.card}>
          <div className={styles.cardPart}>{children}</div>
          {side ? <aside className={styles.cardSide}>{side}</aside> : null}
        </div>
      </div>
    </main>
  );
}
