// All fields of one demand; unknown ones say so.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DemandJson } from '../../../server/contract/demands.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { useMay } from '../../state/session.ts';
import desk from '../shell/desk.module.css';
import type { DemandWords } from './use-demand-words.ts';

export interface DemandFactsProps {
  readonly demand: DemandJson;
  readonly words: DemandWords;
}

export function DemandFacts({ demand, words }: DemandFactsProps) {
  const { t } = useTranslation();
  const mayResources = useMay('resource:read');
  const { language, library } = words;
  const list = (values: readonly string[]) =>
    values.length === 0 ? '—' : values.join(t('demands.separator'));
  const resource = demand.resourceCode ?? demand.resourceId ?? '—';
  const source = demand.sourceFile ?? '—';
  const facts: readonly (readonly [field: string, value: ReactNode])[] = [
    ['code', demand.code],
    ['name', demand.name || '—'],
    ['operator', demand.operator],
    ['jointOperators', list(demand.jointOperators)],
    ['batch', demand.batch || '—'],
    ['priority', t(`demands.form.priority.${demand.priority}`)],
    ['reason', words.word('reason', demand.reason)],
    ['scenario', words.word('scenario', demand.scenario)],
    ['position', formatPosition(demand.position)],
    ['originalPosition', `${formatPosition(demand.originalPosition)} ${demand.datum}`],
    ['searchRadiusM', words.metres(demand.searchRadiusM)],
    ['districtCode', library.place(demand.districtCode)],
    ['townCode', library.place(demand.townCode)],
    ['form', words.word('form', demand.form)],
    ['band', demand.band ?? '—'],
    ['wantHeightM', words.metres(demand.wantHeightM, 1)],
    ['azimuthsDeg', demand.azimuthsDeg === null ? '—' : `${demand.azimuthsDeg.join(' / ')}°`],
    ['wantDate', demand.wantDate === null ? '—' : formatDate(demand.wantDate, language)],
    ['shareable', library.value('shareable', demand.shareable)],
    ['keyArea', demand.keyArea ?? '—'],
    ['tags', list(demand.tags)],
    [
      'resource',
      demand.resourceId !== null && mayResources ? (
        <Link key="resource" to={`/library?${new URLSearchParams({ resource: demand.resourceId })}`}>
          {resource}
        </Link>
      ) : (
        resource
      ),
    ],
    ['matchedAt', formatDateTime(demand.matchedAt, language)],
    ['note', demand.note || '—'],
    [
      'sourceFile',
      demand.sourceRow === null
        ? source
        : t('library.unit.row', { file: source, row: String(demand.sourceRow) }),
    ],
    ['createdAt', formatDateTime(demand.createdAt, language)],
    ['updatedAt', formatDateTime(demand.updatedAt, language)],
  ];
  return (
    <dl className={desk.facts} data-testid="demand-facts">
      {facts.map(([field, value]) => (
        <div key={field}>
          <dt>{words.field(field)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
