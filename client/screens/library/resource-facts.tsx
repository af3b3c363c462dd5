// All fields of one resource in the groups of the data dictionary; unknown ones say so.
import { useTranslation } from 'react-i18next';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { formatPosition, isRounded } from '../../format/coordinates.ts';
import { formatDateTime } from '../../format/dates.ts';
import styles from './library.module.css';
import { fieldGroups } from './resource-fields.ts';
import { useLibraryWords } from './use-library-words.ts';

export function ResourceFacts({ resource }: { readonly resource: ResourceJson }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const { position, originalPosition, datum, sourceFile, sourceRow } = resource;
  const placeText = (at: readonly number[]) =>
    isRounded(at) ? t('library.rounded', { position: formatPosition(at) }) : formatPosition(at);
  const place: Rows = [
    ['position', position === null ? '—' : placeText(position)],
    [
      'originalPosition',
      originalPosition === null ? '—' : `${placeText(originalPosition)} ${datum ?? ''}`.trim(),
    ],
    ['locationQuality', words.value('locationQuality', resource.locationQuality)],
  ];
  const source = sourceFile ?? '—';
  const record: Rows = [
    ['state', words.state(resource.state)],
    ['whitelisted', words.value('whitelisted', resource.whitelisted)],
    ['ownerConfirmedAt', formatDateTime(resource.ownerConfirmedAt, words.language)],
    ['directoryNumber', resource.directoryNumber ?? '—'],
    ['origin', words.value('origin', resource.origin)],
    [
      'sourceFile',
      sourceRow === null ? source : t('library.unit.row', { file: source, row: String(sourceRow) }),
    ],
    ['createdAt', formatDateTime(resource.createdAt, words.language)],
    ['updatedAt', formatDateTime(resource.updatedAt, words.language)],
  ];
  return (
    <div className={styles.stack} data-testid="resource-facts">
      {fieldGroups.map(({ group, fields }) => (
        <div key={group} className={styles.stack}>
          <Group
            group={group}
            rows={fields.map((field) => [field, words.value(field, resource[field])] as const)}
          />
          {group === 'identity' ? <Group group="place" rows={place} /> : null}
        </div>
      ))}
      <Group group="record" rows={record} />
    </div>
  );
}

type Rows = readonly (readonly [field: string, text: string])[];

function Group({ group, rows }: { readonly group: string; readonly rows: Rows }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  return (
    <section className={styles.group}>
      <h3>{t(`library.group.${group}`)}</h3>
      <dl className={styles.facts}>
        {rows.map(([field, text]) => (
          <div key={field}>
            <dt>{words.field(field)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
