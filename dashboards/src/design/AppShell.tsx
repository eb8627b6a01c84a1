import { useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router-dom';
import { pathWith, usePanelFilter } from '../filters/panel-filter';
import type { Ability } from '../session/abilities';
import type { SignedInUser } from '../session/session';
import { HeldBanner } from '../runs/HeldBanner';
import { Brand } from './Brand';
import { UserMenu } from './UserMenu';

const SCREENS: { path: string; label: string; ability?: Ability }[] = [
  { path: '/scorecard', label: 'Scorecard' },
  { path: '/gaps', label: 'Care gaps', ability: 'read:Worklist' },
  { path: '/cohorts', label: 'Cohorts' },
  { path: '/reports', label: 'Reports', ability: 'read:Report' },
  { path: '/runs', label: 'Runs', ability: 'read:Run' },
  { path: '/identity', label: 'Identity', ability: 'read:Identity' },
  { path: '/attribution', label: 'Attribution', ability: 'read:Attribution' },
  { path: '/quality', label: 'Data quality', ability: 'read:DataQuality' },
  { path: '/sources', label: 'Sources', ability: 'read:Source' },
];

/** The frame of every screen: those that the person may see. Navigation carries site, provider and payer along. */
export function AppShell({ user }: { user: SignedInUser }) {
  const filter = usePanelFilter();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const firstScreen = useRef(true);

  // A new screen starts at its top with the focus there, as a new document would.
  useEffect(() => {
    if (firstScreen.current) {
      firstScreen.current = false;
      return;
    }
    window.scrollTo({ top: 0 });
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="app-bar">
        <Link className="brand" to={pathWith('/scorecard', filter)} aria-label="Catchment, scorecard">
          <Brand />
        </Link>
        <nav className="app-nav" aria-label="Screens">
          {SCREENS.filter(({ ability }) => !ability || user.abilities.includes(ability)).map(
            ({ path, label }) => (
              <NavLink key={path} to={pathWith(path, filter)}>
                {label}
              </NavLink>
            ),
          )}
        </nav>
        <div className="app-bar-end">
          <UserMenu user={user} />
        </div>
      </header>
      <main id="main" className="page" ref={main} tabIndex={-1}>
        <HeldBanner />
        <Outlet />
      </main>
    </>
  );
}
