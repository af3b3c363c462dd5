// The columns of the table of target areas.
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { formatDateTime } from '../../format/dates.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import { AreaStateTag } from './area-state-tag.tsx';
import type { useAreaWords } from './use-area-words.ts';

export function areaColumns(words: ReturnType<typeof useAreaWords>): readonly DeskColumn<AreaJson>[] {
  const { t, language } = words;
  const column = (
    key: string,
    render: (row: AreaJson) => ReactNode,
    more: Partial<DeskColumn<AreaJson>> = {},
  ): DeskColumn<AreaJson> => ({ key, title: t(`areas.column.${key}`), render, ...more });
  return [
    column('name', ({ name }) => name, { fixed: true, widthPx: 200 }),
    column('state', (area) => <AreaStateTag area={area} />, { widthPx: 100 }),
    column('kind', ({ kind }) => kind, { widthPx: 110 }),
    column('areaKm2', ({ areaKm2 }) => words.ground(areaKm2), { align: 'right', widthPx: 110 }),
    column('target', (area) => words.target(area), { widthPx: 210 }),
    column(
      'approval',
      ({ approval }) =>
        approval === null ? (
          '—'
        ) : (
          <>
            {words.approval(approval)}
            {approval.differs.length > 0 ? (
              <Tag color="orange" style={{ marginInlineStart: 6 }}>
                {t('areas.differs')}
              </Tag>
            ) : null}
          </>
        ),
      { widthPx: 280 },
    ),
    column('submittedName', ({ submittedName }) => submittedName || '—', { widthPx: 110 }),
    column('stateSince', ({ stateSince }) => formatDateTime(stateSince, language), { widthPx: 150 }),
    column('stateNote', ({ stateNote }) => stateNote || '—', { widthPx: 220 }),
    column('sourceFile', ({ sourceFile }) => sourceFile ?? '—', {
      widthPx: 180,
      optional: true,
    }),
  ];
}
