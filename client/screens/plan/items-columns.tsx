// The columns of the sites of a plan; some are there only where the plan has what they tell.
import { type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import type { usePlanUnderWay } from '../../api/under-way.ts';
import { formatWan } from '../../format/money.ts';
import { formatCount, formatNumber, formatShare } from '../../format/numbers.ts';
import { phaseColour } from '../../format/phase-colours.ts';
import { standingOf } from '../../state/shown-operator.ts';
import type { ShownItem, ShownPlan } from '../../state/shown-plan.ts';
import type { SiteWords } from '../sites/use-site-words.ts';
import { OperatorMarks } from './operator-marks.tsx';
import { decisionTags } from './plan-status.ts';
import { FirmnessMark } from './preview-firmness.tsx';
import { UnderWayCell, type UnderWayCellProps } from './under-way-cell.tsx';

export interface ShownUnderWay extends Omit<UnderWayCellProps, 'site'> {
  readonly bySite: NonNullable<ReturnType<typeof usePlanUnderWay>['data']>;
}

/** `underWay`: null where claims and cases are not shown. */
export function itemColumns(
  t: TFunction,
  words: SiteWords,
  shown: ShownPlan,
  underWay: ShownUnderWay | null,
): TableColumnsType<ShownItem> {
  const { language } = words;
  const { phases, sharing } = shown.summary;
  const isConfigured = shown.items.some(({ configuration }) => configuration !== null);
  const points = (share: number) => `${formatNumber(share * 100, language, 2)}%`;
  return [
    {
      key: 'rank',
      title: t('plan.columns.rank'),
      width: 54,
      align: 'right',
      sorter: (a, b) => a.rank - b.rank,
      render: (_, item) => (item.status === 'existing' ? t('plan.existingRank') : item.rank),
    },
    ...(phases.length === 0
      ? []
      : [
          {
            key: 'phase',
            title: t('proof.phases.name'),
            width: 90,
            ellipsis: true,
            sorter: (a: ShownItem, b: ShownItem) => a.phase - b.phase || a.rank - b.rank,
            render: (_: unknown, item: ShownItem) =>
              item.status === 'existing' ? null : (
                <>
                  <i className="dot" style={{ background: phaseColour(item.phase) }} />{' '}
                  {phases[item.phase]?.name}
                </>
              ),
          },
        ]),
    {
      key: 'site',
      title: t('plan.columns.site'),
      width: phases.length === 0 ? 210 : 170,
      ellipsis: true,
      render: (_, { site }) => (
        <>
          <FirmnessMark siteId={site.id} />
          {site.name || site.code}
        </>
      ),
    },
    ...(underWay === null
      ? []
      : [
          {
            key: 'underWay',
            title: t('plan.columns.underWay'),
            width: 170,
            render: (_: unknown, { site }: ShownItem) => (
              <UnderWayCell
                site={underWay.bySite.get(site.id)}
                planId={underWay.planId}
                kind={underWay.kind}
                words={underWay.words}
              />
            ),
          },
        ]),
    {
      key: 'type',
      title: t('plan.columns.type'),
      width: 120,
      ellipsis: true,
      render: (_, { site }) => words.resourceType(site.resourceType),
    },
    ...(isConfigured
      ? [
          {
            key: 'configuration',
            title: t('configurations.chosen'),
            width: 130,
            ellipsis: true,
            sorter: (a: ShownItem, b: ShownItem) =>
              (a.configuration?.name ?? '').localeCompare(b.configuration?.name ?? ''),
            render: (_: unknown, { status, configuration }: ShownItem) =>
              configuration?.name ??
              (status === 'existing' ? null : <span className="soft">{t('configurations.asListed')}</span>),
          },
        ]
      : []),
    ...(sharing
      ? [
          {
            key: 'operators',
            title: t('operators.column'),
            width: 190,
            ellipsis: true,
            sorter: (a: ShownItem, b: ShownItem) => standingOf(a).join().localeCompare(standingOf(b).join()),
            render: (_: unknown, item: ShownItem) => <OperatorMarks ids={standingOf(item)} />,
          },
        ]
      : []),
    {
      key: 'cost',
      title: t('plan.columns.cost'),
      width: 110,
      align: 'right',
      sorter: (a, b) => a.costCny - b.costCny,
      render: (_, item) => formatWan(item.costCny, language),
    },
    {
      key: 'gain',
      title: t('plan.columns.gain'),
      width: 100,
      align: 'right',
      sorter: (a, b) => a.gainWeightShare - b.gainWeightShare,
      render: (_, item) => points(item.gainWeightShare),
    },
    {
      key: 'gainPeople',
      title: t('plan.columns.gainPeople'),
      width: 100,
      align: 'right',
      sorter: (a, b) => (a.gainPeople ?? 0) - (b.gainPeople ?? 0),
      render: (_, item) => formatCount(item.gainPeople, language),
    },
    {
      key: 'after',
      title: t('plan.columns.after'),
      width: 100,
      align: 'right',
      render: (_, item) => formatShare(item.shareAfter, language),
    },
    {
      key: 'unique',
      title: t('plan.columns.unique'),
      width: 100,
      align: 'right',
      sorter: (a, b) => a.uniqueWeightShare - b.uniqueWeightShare,
      render: (_, item) => points(item.uniqueWeightShare),
    },
    {
      key: 'placedBy',
      title: t('plan.columns.placedBy'),
      width: 100,
      ellipsis: true,
      render: (_, item) => t(`plan.placedShort.${item.placedBy}`),
    },
    {
      key: 'review',
      title: t('plan.columns.review'),
      width: 96,
      render: (_, { review }) =>
        review === null ? (
          <span className="soft">{words.term('decision', 'none')}</span>
        ) : (
          <Tag color={decisionTags[review.decision]}>{words.term('decision', review.decision)}</Tag>
        ),
    },
  ];
}
