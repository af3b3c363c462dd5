// Files brought in lately, and how many of their rows were of no use.
import { useTranslation } from 'react-i18next';
import { useImports } from '../../api/imports.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { TaskCard } from './task-card.tsx';

export function ImportsCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  const imports = useImports();
  const reports = imports.data ?? [];
  return (
    <TaskCard
      kind="imports"
      count={imports.data === undefined ? null : reports.length}
      error={imports.error}
      to="/import"
      tasks={reports.map(({ id, digest, fileName, kind, accepted, rejected }) => ({
        key: id ?? digest,
        title: `${fileName} · ${t(`terms.kind.${kind}`)}`,
        note: t('home.imports.note', {
          accepted: formatCount(accepted, language),
          rejected: formatCount(rejected, language),
        }),
      }))}
    />
  );
}
