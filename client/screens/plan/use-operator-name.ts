// The name of an operator in the language of the screen; any other name is told as it is.
import { useTranslation } from 'react-i18next';

/** `short`: where several stand side by side. */
export function useOperatorName(length: 'full' | 'short' = 'full'): (id: string) => string {
  const { t } = useTranslation();
  const names = length === 'short' ? 'shortNames' : 'names';
  return (id) => t(`operators.${names}.${id}`, { defaultValue: id });
}
