// Names and units of rule values in the page's language.
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { problemCategoryOf } from './rule-groups.ts';

/** Sources the values come with, as the migrations write them. */
const givenSources: Readonly<Record<string, string>> = {
  D: 'default',
  'R: a provincial measure': 'measure',
  'R: agreement text for 2018-2022': 'agreement',
  'R: 30 calendar days for a plan': 'seen',
};

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
    /** What somebody wrote stands as it is. */
    source: (source: string): string => {
      const key = givenSources[source];
      return key === undefined ? source : t(`settings.givenSource.${key}`);
    },
  };
}
