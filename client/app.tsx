// The frame around every screen: language, colours, top bar, routes. The only place where map and screens meet.
import { App as AntApp, Button, ConfigProvider, Result, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes } from 'react-router';
import { useLanguage } from './format/use-language.ts';
import { MapView } from './map/map-view.tsx';
import { CoverageScreen } from './screens/coverage/coverage-screen.tsx';
import { FocusCard } from './screens/plan/focus-card.tsx';
import { ItemsTable } from './screens/plan/items-table.tsx';
import { PlanHeader } from './screens/plan/plan-header.tsx';
import { TotalsTable } from './screens/plan/totals-table.tsx';
import { UncoveredTable } from './screens/plan/uncovered-table.tsx';
import { CrashGuard } from './screens/shell/crash-guard.tsx';
import { TopBar } from './screens/shell/top-bar.tsx';
import { useJobWatch } from './state/job.ts';
import { theme } from './theme.ts';

const SitesTable = lazy(async () => ({
  default: (await import('./screens/sites/sites-table.tsx')).SitesTable,
}));
const ImportScreen = lazy(async () => ({
  default: (await import('./screens/import/import-screen.tsx')).ImportScreen,
}));
const PlansScreen = lazy(async () => ({
  default: (await import('./screens/plan/plans-screen.tsx')).PlansScreen,
}));
const ReviewScreen = lazy(async () => ({
  default: (await import('./screens/review/review-screen.tsx')).ReviewScreen,
}));

export function App() {
  const language = useLanguage();
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={theme}
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="app">
        <Frame />
      </AntApp>
    </ConfigProvider>
  );
}

function Frame() {
  useJobWatch();
  return (
    <>
      <TopBar />
      <div className="screen">
        <CrashGuard>
          <Suspense fallback={<Spin className="screen-wait" size="large" />}>
            <Routes>
              <Route path="/" element={<Workspace />} />
              <Route path="/import" element={<ImportScreen />} />
              <Route path="/plans" element={<PlansScreen />} />
              <Route path="/plans/:planId/review" element={<ReviewScreen />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </Suspense>
        </CrashGuard>
      </div>
    </>
  );
}

function Workspace() {
  return (
    <CoverageScreen
      map={<MapView />}
      header={<PlanHeader />}
      card={<FocusCard />}
      tables={{
        items: <ItemsTable />,
        // Waited for here, so that the map stays on the screen meanwhile.
        library: (
          <Suspense fallback={<Spin className="screen-wait" />}>
            <SitesTable />
          </Suspense>
        ),
        uncovered: <UncoveredTable />,
        areas: <TotalsTable by="areas" />,
        districts: <TotalsTable by="districts" />,
      }}
    />
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      title={t('shell.notFound')}
      extra={
        <Link to="/">
          <Button type="primary">{t('shell.toMap')}</Button>
        </Link>
      }
    />
  );
}
