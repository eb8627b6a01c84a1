import { NavLink } from 'react-router-dom';

const TABS = [
  { path: '/quality', label: 'Grades and findings' },
  { path: '/quality/codes', label: 'Codes to map' },
  { path: '/quality/mappings', label: 'Mappings' },
];

/** The screens about the quality of data. */
export function QualityTabs() {
  return (
    <nav className="segmented quality-tabs" aria-label="Data quality">
      {TABS.map(({ path, label }) => (
        <NavLink key={path} end to={path}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
