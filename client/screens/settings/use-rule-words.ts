// Names and units of rule values in the page's language.
import { useTranslation } from 'react-i18next';
import { problemCategoryOf } from './rule-groups.ts';

export function useRuleWords() {
  const { t } = useTranslation();
  return {
    name: (name: string): string => {
      const category = problemCategoryOf(name);
      return category === null
        ? t(`settings.rule.${name}`, { defaultValue: name })
        : t('settings.problemDays', {
            category: t(`settings.category.${category}`, { defaultValue: category }),
          });
    },
    unit: (unit: string): string => (unit === 'number' ? '' : t(`settings.unit.${unit}`)),
    /** D stands for the product's own default. */
    source: (source: string): string => (source === 'D' ? t('settings.ownDefault') : source),
  };
}
