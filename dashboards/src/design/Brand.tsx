/** The mark: three streams that meet. */
export function Brand() {
  return (
    <>
      <svg viewBox="0 0 24 24" fill="none" strokeWidth="2.3" strokeLinecap="round" aria-hidden="true">
        <g stroke="var(--accent)">
          <path d="M4.5 4c0 6 7.5 5.5 7.5 11v5" />
          <path d="M19.5 4c0 6-7.5 5.5-7.5 11" />
        </g>
        <path d="M12 3.5v6" stroke="var(--better)" />
      </svg>
      Catchment
    </>
  );
}
