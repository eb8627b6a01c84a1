interface RateBarProps {
  rate: number | null;
  target: number | null;
  met: boolean;
}

/** The rate as a bar from 0 to 100 % with the target as a tick. Decoration: the figures beside it say the same. */
export function RateBar({ rate, target, met }: RateBarProps) {
  return (
    <span className="rate-bar" aria-hidden="true">
      {rate !== null && <span className="fill" data-met={met} style={{ width: `${rate * 100}%` }} />}
      {target !== null && <span className="tick" style={{ left: `${target * 100}%` }} />}
    </span>
  );
}
