// Names and units of rule values in the page's language.
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { problemCategoryOf } from './rule-groups.ts';

export function useRuleWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  const unitWord = (unit: string): string => (unit === 'number' ? '' : t(`settings.unit.${unit}`));
  return {
    name: (name: string): string => {
      const category = problemCategoryOf(name);
      return category === null
        ? t(`settings.rule.${name}`, { defaultValue: name })
        : t('settings.problemDays', {
            category: t(`settings.category.${category}`, { defaultValue: category }),
          });
    },
    unit: unitWord,
    /** With its unit. */
    value: (value: number, unit: string): string =>
      `${formatCount(value, language)} ${unitWord(unit)}`.trim(),
    /** D stands for the product's own default. */
    source: (source: string): string => (source === 'D' ? t('settings.ownDefault') : source),
  };
}
