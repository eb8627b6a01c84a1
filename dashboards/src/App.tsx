import { lazy, Suspense } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router-dom';
import { AppShell } from './design/AppShell';
import { EmptyState } from './design/EmptyState';
import { ErrorBoundary } from './design/ErrorBoundary';
import { ProblemNotice } from './design/ProblemNotice';
import { TableSkeleton } from './design/Skeleton';
import { AbilitiesContext } from './session/abilities';
import { Allowed } from './session/Allowed';
import { ScorecardPage } from './scorecard/ScorecardPage';
import { useSession } from './session/queries';
import type { SignedInUser } from './session/session';
import { SignInPage } from './session/SignInPage';
import { useReadiness } from './startup/queries';
import { StartupPage } from './startup/StartupPage';

// The landing page comes with the app; everything that draws with Chart.js is fetched when it is opened.
const MeasurePage = lazy(() => import('./measure/MeasurePage'));
const NotEvaluatedPage = lazy(() => import('./measure/NotEvaluatedPage'));
const PopulationListPage = lazy(() => import('./population-list/PopulationListPage'));
const CohortsPage = lazy(() => import('./cohorts/CohortsPage'));
const CohortPage = lazy(() => import('./cohorts/CohortPage'));
const GapsPage = lazy(() => import('./gaps/GapsPage'));
const PatientPage = lazy(() => import('./patient/PatientPage'));
const RunsPage = lazy(() => import('./runs/RunsPage'));
const ReportsPage = lazy(() => import('./reports/ReportsPage'));
const IdentityPage = lazy(() => import('./identity/IdentityPage'));
const AttributionPage = lazy(() => import('./attribution/AttributionPage'));
const QualityPage = lazy(() => import('./quality/QualityPage'));
const MeasureQualityPage = lazy(() => import('./quality/MeasureQualityPage'));
const MappingsPage = lazy(() => import('./quality/MappingsPage'));
const CodesPage = lazy(() => import('./quality/CodesPage'));
const SourcesPage = lazy(() => import('./sources/SourcesPage'));
const SourcePage = lazy(() => import('./sources/SourcePage'));
const SourceRunPage = lazy(() => import('./sources/SourceRunPage'));

/** Being prepared → start-up progress; nobody signed in → sign-in; else the screens. */
export function App() {
  const ready = useReadiness();
  const session = useSession();
  if (ready.data === false || (ready.isError && ready.failureCount > 0)) return <StartupPage />;
  if (session.isError) {
    return (
      <main className="center-screen">
        <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!ready.data || !session.data) return <main aria-busy="true" aria-label="Loading" />;
  if (!session.data.user) return <SignInPage demoUsers={session.data.demoUsers} />;
  return <Screens user={session.data.user} />;
}

function Screens({ user }: { user: SignedInUser }) {
  return (
    <AbilitiesContext value={user.abilities}>
      <ErrorBoundary>
        <Suspense fallback={<ScreenLoading />}>
          <Routes>
            <Route element={<AppShell user={user} />}>
              <Route index element={<Navigate to="/scorecard" replace />} />
              <Route path="scorecard" element={<ScorecardPage />} />
              <Route path="measures/:measureId" element={<MeasurePage />} />
              <Route
                path="measures/:measureId/not-evaluated"
                element={
                  <Allowed ability="read:Patient" what="lists of patients">
                    <NotEvaluatedPage />
                  </Allowed>
                }
              />
              <Route
                path="measures/:measureId/groups/:groupId/patients"
                element={
                  <Allowed ability="read:Patient" what="lists of patients">
                    <PopulationListPage />
                  </Allowed>
                }
              />
              <Route path="cohorts" element={<CohortsPage />} />
              <Route path="cohorts/:cohortId" element={<CohortPage />} />
              <Route
                path="gaps"
                element={
                  <Allowed ability="read:Worklist" what="care gaps">
                    <GapsPage />
                  </Allowed>
                }
              />
              <Route
                path="patients/:patientId"
                element={
                  <Allowed ability="read:Patient" what="patients">
                    <PatientPage />
                  </Allowed>
                }
              />
              <Route
                path="runs"
                element={
                  <Allowed ability="read:Run" what="evaluation runs">
                    <RunsPage />
                  </Allowed>
                }
              />
              <Route
                path="reports"
                element={
                  <Allowed ability="read:Report" what="reports">
                    <ReportsPage />
                  </Allowed>
                }
              />
              <Route
                path="sources"
                element={
                  <Allowed ability="read:Source" what="sources of data">
                    <SourcesPage />
                  </Allowed>
                }
              />
              <Route
                path="sources/:sourceId"
                element={
                  <Allowed ability="read:Source" what="sources of data">
                    <SourcePage />
                  </Allowed>
                }
              />
              <Route
                path="sources/:sourceId/runs/:runId"
                element={
                  <Allowed ability="read:Source" what="sources of data">
                    <SourceRunPage />
                  </Allowed>
                }
              />
              <Route
                path="identity"
                element={
                  <Allowed ability="read:Identity" what="the identity of patients">
                    <IdentityPage />
                  </Allowed>
                }
              />
              <Route
                path="attribution"
                element={
                  <Allowed ability="read:Attribution" what="attribution">
                    <AttributionPage />
                  </Allowed>
                }
              />
              <Route
                path="quality"
                element={
                  <Allowed ability="read:DataQuality" what="the quality of data">
                    <QualityPage />
                  </Allowed>
                }
              />
              <Route
                path="quality/measures/:measureId"
                element={
                  <Allowed ability="read:DataQuality" what="the quality of data">
                    <MeasureQualityPage />
                  </Allowed>
                }
              />
              <Route
                path="quality/codes"
                element={
                  <Allowed ability="read:DataQuality" what="the quality of data">
                    <CodesPage />
                  </Allowed>
                }
              />
              <Route
                path="quality/mappings"
                element={
                  <Allowed ability="read:DataQuality" what="the quality of data">
                    <MappingsPage />
                  </Allowed>
                }
              />
              <Route path="*" element={<NoSuchScreen />} />
            </Route>
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </AbilitiesContext>
  );
}

function ScreenLoading() {
  return (
    <main className="page">
      <TableSkeleton label="Loading the screen" />
    </main>
  );
}

function NoSuchScreen() {
  return (
    <div className="panel">
      <EmptyState
        level={1}
        title="There is no such screen"
        action={
          <Link className="button" to="/scorecard">
            Open the scorecard
          </Link>
        }
      >
        The address may be incomplete or from an older version.
      </EmptyState>
    </div>
  );
}
