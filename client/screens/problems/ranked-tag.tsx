// What the rows of the list are, when a figure of the ranking board led there.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { readRankedProblems } from '../../../engine/index.ts';
import desk from '../shell/desk.module.css';

export interface RankedTagProps {
  readonly ranked: string | null;
  readonly onClose: () => void;
}

export function RankedTag({ ranked, onClose }: RankedTagProps) {
  const { t } = useTranslation();
  const figure = ranked === null ? null : readRankedProblems(ranked);
  if (figure === null) return null;
  return (
    <p className={desk.line}>
      <Tag closable color="blue" onClose={onClose} data-testid="problems-ranked">
        {t('problems.ranking.rows', {
          figure: t(`problems.ranking.${figure.figure}`),
          from: figure.from,
          to: figure.to,
        })}
      </Tag>
    </p>
  );
}
