// The chain of a case as a line of steps, and the way aside where it left the chain. Scrolls sideways where there is no room.
import { CheckCircleFilled, ClockCircleFilled, PauseCircleFilled } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseJson } from '../../../server/contract/cases.ts';
import { CaseStateTag } from './case-state-tag.tsx';
import { type CaseStep, casePicture } from './case-steps.ts';
import styles from './cases.module.css';
import type { CaseWords } from './use-case-words.ts';

export interface CaseStepperProps {
  readonly shown: Pick<CaseJson, 'state' | 'stateBefore' | 'listedAt'>;
  readonly words: CaseWords;
}

const icons = {
  done: <CheckCircleFilled aria-hidden />,
  now: <ClockCircleFilled aria-hidden />,
  held: <PauseCircleFilled aria-hidden />,
  open: <i className={styles.dot} aria-hidden="true" />,
  ahead: <i className={styles.dot} aria-hidden="true" />,
} satisfies Readonly<Record<CaseStep['standing'], unknown>>;

export function CaseStepper({ shown, words }: CaseStepperProps) {
  const { t } = useTranslation();
  const { steps, aside } = casePicture(shown);
  const line = useRef<HTMLOListElement>(null);
  // where there is no room for all, where it stands is in view
  useEffect(() => {
    const here = line.current?.querySelector<HTMLElement>('[data-standing=now], [data-standing=held]');
    const frame = line.current?.parentElement;
    if (here && frame) frame.scrollLeft = here.offsetLeft - (frame.clientWidth - here.offsetWidth) / 2;
  }, []);
  return (
    <div className={styles.chain} data-testid="case-chain">
      <ol ref={line} aria-label={t('cases.chain')}>
        {steps.map(({ state, standing }) => (
          <li
            key={state}
            data-standing={standing}
            {...(standing === 'now' && { 'aria-current': 'step' as const })}
          >
            {icons[standing]}
            <span>{words.state(state)}</span>
          </li>
        ))}
      </ol>
      {aside === null ? null : (
        <p className={styles.aside}>
          <CaseStateTag state={aside} words={words} /> {t(`cases.aside.${aside}`)}
        </p>
      )}
    </div>
  );
}
