import { useEffect, type ReactNode } from 'react';
import type { Publication } from '../../../apps/api/src/clinical/contract';
import { countText, dateText } from './format';

interface PageHeaderProps {
  title: ReactNode;
  /** Title of the browser's tab; never anything about a patient. */
  documentTitle: string;
  breadcrumb?: ReactNode;
  subtitle?: ReactNode;
  end?: ReactNode;
}

export function PageHeader({ title, documentTitle, breadcrumb, subtitle, end }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${documentTitle} · Catchment`;
  }, [documentTitle]);
  return (
    <header className="page-header">
      <div>
        {breadcrumb && (
          <nav className="breadcrumb" aria-label="Breadcrumb">
            {breadcrumb}
          </nav>
        )}
        <h1>{title}</h1>
        {subtitle && <div className="subtitle">{subtitle}</div>}
      </div>
      {end}
    </header>
  );
}

interface ProvenanceProps {
  publication: Publication;
  /** Whom the numbers are about; absent where the screen does not know it. */
  patients?: number;
}

/** Where the numbers on a screen come from: period, data as-of, patients. */
export function Provenance({ publication, patients }: ProvenanceProps) {
  const { periodStart, periodEnd, dataAsOf } = publication;
  return (
    <div className="provenance">
      <div>
        Measurement period <strong>{`${dateText(periodStart)} to ${dateText(periodEnd)}`}</strong>
      </div>
      <div>
        Data as of <strong>{dateText(dataAsOf)}</strong>
        {patients !== undefined && (
          <>
            {' '}
            · <strong>{countText(patients)}</strong> {patients === 1 ? 'patient' : 'patients'}
          </>
        )}
      </div>
    </div>
  );
}
