interface SkeletonProps {
  width?: string;
  height?: string;
}

export function Skeleton({ width = '100%', height = '12px' }: SkeletonProps) {
  return <span className="skeleton" style={{ width, height }} />;
}

/** Grey rows in place of a table that is on its way; told to assistive technology once. */
export function TableSkeleton({ rows = 10, label }: { rows?: number; label: string }) {
  return (
    <div className="panel" role="status" aria-label={label}>
      <div className="panel-body stack" style={{ gap: '22px', padding: '20px 16px' }}>
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} style={{ display: 'flex', gap: '24px' }}>
            <Skeleton width={`${24 + ((row * 7) % 12)}%`} height="14px" />
            <Skeleton width="10%" height="14px" />
            <Skeleton width="18%" height="14px" />
            <Skeleton width="8%" height="14px" />
            <Skeleton width="8%" height="14px" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A grey block in place of a panel with a chart. */
export function PanelSkeleton({ height = '280px', label }: { height?: string; label: string }) {
  return (
    <div className="panel panel-body" role="status" aria-label={label}>
      <Skeleton width="180px" height="15px" />
      <div style={{ height: '14px' }} />
      <Skeleton height={height} />
    </div>
  );
}
