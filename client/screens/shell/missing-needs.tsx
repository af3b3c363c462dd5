// What still stands in the way of the acts that cannot be done yet: in words on the page, for fingers and keyboards as well as pointers.
import { useTranslation } from 'react-i18next';
import desk from './desk.module.css';

export interface MissingNeedsProps {
  readonly needs: readonly { readonly act: string; readonly missing: readonly string[] }[];
}

/** Nothing where nothing is missing. */
export function MissingNeeds({ needs }: MissingNeedsProps) {
  const { t } = useTranslation();
  const lacking = needs.filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return null;
  return (
    <ul className={`${desk.plainList} ${desk.needs}`} data-testid="missing-needs">
      {lacking.map(({ act, missing }) => (
        <li key={act}>{t('desk.needs', { act, missing: missing.join(t('desk.separator')) })}</li>
      ))}
    </ul>
  );
}
