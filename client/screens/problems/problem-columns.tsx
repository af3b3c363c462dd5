// The columns of the problem list, in the order of the table.
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import { ClockText, LevelTag, ProblemStateTag } from './problem-tags.tsx';
import type { ProblemWords } from './use-problem-words.ts';

export function problemColumns(
  t: TFunction,
  words: ProblemWords,
  onOpen: (id: string) => void,
): readonly DeskColumn<ProblemJson>[] {
  const { language } = words;
  const isEnglish = language === 'en';
  const column = (
    key: string,
    widthPx: number,
    render: DeskColumn<ProblemJson>['render'],
    more: Partial<DeskColumn<ProblemJson>> = {},
  ): DeskColumn<ProblemJson> => ({ key, title: t(`problems.column.${key}`), widthPx, render, ...more });
  return [
    column(
      'number',
      175,
      (problem) => (
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          aria-label={t('problems.open', { title: problem.title })}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(problem.id);
          }}
        >
          {problem.number}
        </Button>
      ),
      { fixed: true, sortable: true },
    ),
    column('title', 220, ({ title }) => title),
    column('category', isEnglish ? 170 : 110, ({ category }) => words.category(category)),
    column('townCode', 110, ({ townCode }) => words.town(townCode)),
    column('ownerUnit', 150, ({ ownerUnit }) => ownerUnit || '—', { sortable: true }),
    column('level', isEnglish ? 120 : 95, ({ level }) => <LevelTag level={level} words={words} />),
    column('dueAt', isEnglish ? 190 : 145, (problem) => <ClockText problem={problem} words={words} />, {
      sortable: true,
    }),
    column('state', isEnglish ? 110 : 85, ({ state }) => <ProblemStateTag state={state} words={words} />),
    column('raiser', 125, ({ raiser, raiserOrganisation }) => raiserOrganisation || raiser),
    column('raisedAt', 110, ({ raisedAt }) => formatDate(raisedAt, language), { sortable: true }),
    column('objects', 200, ({ objects }) => words.list(objects.map(({ name }) => name)), { optional: true }),
    column('coUnits', 180, ({ coUnits }) => words.list(coUnits), { optional: true }),
    column('districtCode', 110, ({ districtCode }) => words.place(districtCode), { optional: true }),
    column('reopenings', 90, ({ reopenings }) => reopenings, { optional: true, align: 'right' }),
    column('updatedAt', 150, ({ updatedAt }) => formatDateTime(updatedAt, language), {
      optional: true,
      sortable: true,
    }),
  ];
}
