// What brings the case further, by whom, and on which desk: said to everybody, because the next step is mostly somebody else's.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { nextCaseStep } from '../../../engine/index.ts';
import type { CaseJson } from '../../../server/contract/cases.ts';
import { mayDo, useMe } from '../../state/session.ts';
import desk from '../shell/desk.module.css';

export function CaseNext({ state, siteCode }: Pick<CaseJson, 'state' | 'siteCode'>) {
  const { t } = useTranslation();
  const me = useMe();
  const step = nextCaseStep(state);
  if (step === null) return null;
  const paths: Readonly<Record<string, string>> = {
    ...(mayDo({ me }, 'claim:read') && {
      claims: `/claims?${new URLSearchParams({ tab: 'open', q: siteCode ?? '' })}`,
    }),
    ...(mayDo({ me }, 'batch:read') && { batches: '/batches' }),
  };
  const path = step.desk === null ? undefined : paths[step.desk];
  return (
    <p className={desk.soft} style={{ marginBlock: '0 8px' }} data-testid="case-next">
      {t('cases.next', { step: t(`cases.nextStep.${step.to}`) })}{' '}
      {path === undefined ? null : <Link to={path}>{t(`cases.nextDesk.${step.desk}`)}</Link>}
    </p>
  );
}
