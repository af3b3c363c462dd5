// First step of the walk: files in, checked rows and issues out; candidates derived where no list exists; earlier imports.
import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.tsx';
import { useMay } from '../../state/session.ts';
import { DerivePanel } from './derive-panel.tsx';
import { ImportFile } from './import-file.tsx';
import { ImportHistory } from './import-history.tsx';

export function ImportScreen() {
  const { t } = useTranslation();
  const may = { file: useMay('import:create'), derive: useMay('resource:create') };
  return (
    <Page title={t('import.title')} subtitle={t('import.subtitle')} testId="import-screen">
      <Tabs
        tabBarStyle={{ marginBottom: 14 }}
        items={[
          ...(may.file ? [{ key: 'file', label: t('import.tab.file'), children: <ImportFile /> }] : []),
          ...(may.derive
            ? [{ key: 'derive', label: t('import.tab.derive'), children: <DerivePanel /> }]
            : []),
          { key: 'history', label: t('import.tab.history'), children: <ImportHistory /> },
        ]}
      />
    </Page>
  );
}
