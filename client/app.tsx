// The frame around every screen: language, colours, top bar, routes. The only place where map and screens meet.
import { App as AntApp, ConfigProvider, Result, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { useLanguage } from './format/use-language.ts';
import { MapView } from './map/map-view.tsx';
import { type DeskMapProps, DeskMapProvider } from './parts/desk-map-slot.tsx';
import { LinkButton } from './parts/link-button.tsx';
import { useFocusBack } from './parts/use-focus-back.ts';
import { useTabLeavesChoices } from './parts/use-tab-leaves-choices.ts';
import { CoverageScreen } from './screens/coverage/coverage-screen.tsx';
import { PlacingBar } from './screens/library/placing-bar.tsx';
import { FocusCard } from './screens/plan/focus-card.tsx';
import { ItemsTable } from './screens/plan/items-table.tsx';
import { PlanHeader } from './screens/plan/plan-header.tsx';
import { TotalsTable } from './screens/plan/totals-table.tsx';
import { UncoveredTable } from './screens/plan/uncovered-table.tsx';
import { Door } from './screens/session/door.tsx';
import { CrashGuard } from './screens/shell/crash-guard.tsx';
import { Files } from './screens/shell/files.tsx';
import { Guard } from './screens/shell/guard.tsx';
import { TopBar } from './screens/shell/top-bar.tsx';
import { useJobWatch } from './state/job.ts';
import { useLive } from './state/live.ts';
import type { Permission } from './state/session.ts';
import { theme } from './theme.ts';

const DeskMap = lazy(async () => ({
  default: (await import('./map/desk-map.tsx')).DeskMap,
}));
const SitesTable = lazy(async () => ({
  default: (await import('./screens/sites/sites-table.tsx')).SitesTable,
}));
const ImportScreen = lazy(async () => ({
  default: (await import('./screens/import/import-screen.tsx')).ImportScreen,
}));
const PlansScreen = lazy(async () => ({
  default: (await import('./screens/plan/plans-screen.tsx')).PlansScreen,
}));
const PlanOfficePage = lazy(async () => ({
  default: (await import('./screens/plan/plan-office-page.tsx')).PlanOfficePage,
}));
const HomeScreen = lazy(async () => ({
  default: (await import('./screens/home/home-screen.tsx')).HomeScreen,
}));
const MeScreen = lazy(async () => ({
  default: (await import('./screens/session/me-screen.tsx')).MeScreen,
}));
const PeopleScreen = lazy(async () => ({
  default: (await import('./screens/people/people-screen.tsx')).PeopleScreen,
}));
const RolesScreen = lazy(async () => ({
  default: (await import('./screens/people/roles-screen.tsx')).RolesScreen,
}));
const LibraryScreen = lazy(async () => ({
  default: (await import('./screens/library/library-screen.tsx')).LibraryScreen,
}));
const DirectoriesScreen = lazy(async () => ({
  default: (await import('./screens/directory/directories-screen.tsx')).DirectoriesScreen,
}));
const DirectoryScreen = lazy(async () => ({
  default: (await import('./screens/directory/directory-screen.tsx')).DirectoryScreen,
}));
const ProgressScreen = lazy(async () => ({
  default: (await import('./screens/progress/progress-screen.tsx')).ProgressScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('./screens/settings/settings-screen.tsx')).SettingsScreen,
}));
const AuditScreen = lazy(async () => ({
  default: (await import('./screens/audit/audit-screen.tsx')).AuditScreen,
}));
const DemandsScreen = lazy(async () => ({
  default: (await import('./screens/demands/demands-screen.tsx')).DemandsScreen,
}));
const ClaimsScreen = lazy(async () => ({
  default: (await import('./screens/claims/claims-screen.tsx')).ClaimsScreen,
}));
const ProblemsScreen = lazy(async () => ({
  default: (await import('./screens/problems/problems-screen.tsx')).ProblemsScreen,
}));
const CasesScreen = lazy(async () => ({
  default: (await import('./screens/cases/cases-screen.tsx')).CasesScreen,
}));
const CasePage = lazy(async () => ({
  default: (await import('./screens/cases/case-page.tsx')).CasePage,
}));
const CommentsScreen = lazy(async () => ({
  default: (await import('./screens/comments/comments-screen.tsx')).CommentsScreen,
}));
const AreasScreen = lazy(async () => ({
  default: (await import('./screens/areas/areas-screen.tsx')).AreasScreen,
}));
const ExportsScreen = lazy(async () => ({
  default: (await import('./screens/exports/exports-screen.tsx')).ExportsScreen,
}));
const RelocationsScreen = lazy(async () => ({
  default: (await import('./screens/relocations/relocations-screen.tsx')).RelocationsScreen,
}));
const RelocationPage = lazy(async () => ({
  default: (await import('./screens/relocations/relocation-page.tsx')).RelocationPage,
}));
const BatchesScreen = lazy(async () => ({
  default: (await import('./screens/batches/batches-screen.tsx')).BatchesScreen,
}));
const BatchScreen = lazy(async () => ({
  default: (await import('./screens/batches/batch-screen.tsx')).BatchScreen,
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
      // a click beside a dialog is a slip: what was typed in it stays
      modal={{ mask: { closable: false } }}
    >
      <AntApp className="app">
        <Door>
          <DeskMapProvider map={LazyDeskMap}>
            <Frame />
          </DeskMapProvider>
        </Door>
      </AntApp>
    </ConfigProvider>
  );
}

function Frame() {
  useJobWatch();
  useLive();
  useFocusBack();
  useTabLeavesChoices();
  return (
    <>
      <TopBar />
      <Files />
      <div className="screen">
        <CrashGuard>
          <Suspense fallback={<Spin className="screen-wait" size="large" />}>
            <Routes>
              <Route path="/" element={<Workspace />} />
              <Route path="/import" element={guarded('import:read', <ImportScreen />)} />
              <Route path="/plans" element={guarded('plan:read', <PlansScreen />)} />
              <Route path="/plans/:planId/office" element={guarded('plan:read', <PlanOfficePage />)} />
              <Route path="/plans/:planId/review" element={guarded('review:read', <ReviewScreen />)} />
              <Route path="/library" element={guarded('resource:read', <LibraryScreen />)} />
              <Route path="/directories" element={guarded('directory:read', <DirectoriesScreen />)} />
              <Route
                path="/directories/:directoryId"
                element={guarded('directory:read', <DirectoryScreen />)}
              />
              <Route path="/areas" element={guarded('area:read', <AreasScreen />)} />
              <Route path="/batches" element={guarded('batch:read', <BatchesScreen />)} />
              <Route path="/batches/:batchId" element={guarded('batch:read', <BatchScreen />)} />
              <Route path="/demands" element={guarded('demand:read', <DemandsScreen />)} />
              <Route path="/claims" element={guarded('claim:read', <ClaimsScreen />)} />
              <Route path="/problems/:problemId?" element={guarded('problem:read', <ProblemsScreen />)} />
              <Route path="/comments" element={guarded('comment:read', <CommentsScreen />)} />
              <Route path="/progress" element={guarded('case:read', <ProgressScreen />)} />
              <Route path="/cases" element={guarded('case:read', <CasesScreen />)} />
              <Route path="/cases/:caseId" element={guarded('case:read', <CasePage />)} />
              <Route path="/relocations" element={guarded('relocation:read', <RelocationsScreen />)} />
              <Route
                path="/relocations/:relocationId"
                element={guarded('relocation:read', <RelocationPage />)}
              />
              <Route path="/people" element={guarded('account:read', <PeopleScreen />)} />
              <Route path="/people/roles" element={<RolesScreen />} />
              <Route path="/people/rules" element={guarded('rule:read', <SettingsScreen tab="rules" />)} />
              <Route path="/people/calendar" element={<SettingsScreen tab="calendar" />} />
              <Route
                path="/people/webhooks"
                element={guarded('webhook:read', <SettingsScreen tab="webhooks" />)}
              />
              <Route path="/audit" element={guarded('audit:read', <AuditScreen />)} />
              <Route path="/exports" element={<ExportsScreen />} />
              <Route path="/home" element={<HomeScreen />} />
              <Route path="/me" element={<MeScreen />} />
              <Route path="/me/:tab" element={<MeScreen />} />
              <Route path="/sign-in" element={<Navigate to="/home" replace />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </Suspense>
        </CrashGuard>
      </div>
    </>
  );
}

const guarded = (permission: Permission, screen: ReactNode) => (
  <Guard permission={permission}>{screen}</Guard>
);

/** The table stands while its map is fetched. */
function LazyDeskMap(props: DeskMapProps) {
  return (
    <Suspense fallback={null}>
      <DeskMap {...props} />
    </Suspense>
  );
}

function Workspace() {
  return (
    <CoverageScreen
      map={<MapView />}
      header={<PlanHeader />}
      card={
        <>
          <PlacingBar />
          <FocusCard />
        </>
      }
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
        <LinkButton to="/" type="primary">
          {t('shell.toMap')}
        </LinkButton>
      }
    />
  );
}
