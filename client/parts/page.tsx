// The frame of a screen that is a page and not a map: title, one line of explanation, actions on the right.
import type { ReactNode } from 'react';
import styles from './parts.module.css';

export interface PageProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** `text`: a readable column · `wide`: the whole width · `full`: fills the height, content scrolls inside. */
  readonly width?: 'text' | 'wide' | 'full';
  readonly testId: string;
  readonly children: ReactNode;
}

const widths = { text: '', wide: styles.pageWide, full: styles.pageFull };

export function Page({ title, subtitle, actions, width = 'text', testId, children }: PageProps) {
  return (
    <main className={`${styles.page} ${widths[width]}`} data-testid={testId}>
      <header className={styles.pageHead}>
        <div>
          <h1>{title}</h1>
          {subtitle ? <p>{subtitle}</p> : null}
        </div>
        {actions ? <div className={styles.pageActions}>{actions}</div> : null}
      </header>
      {children}
    </main>
  );
}
