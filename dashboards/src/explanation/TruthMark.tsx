import { Icon, type IconName } from '../design/Icon';
import type { Truth } from './truth';

const SIGNS: Record<Truth, IconName> = {
  true: 'check',
  false: 'cross',
  unknown: 'question',
  value: 'equals',
};

/** True, false or unknown as a shape; the word stands beside it. */
export function TruthMark({ truth }: { truth: Truth }) {
  return (
    <span className="truth-mark" data-truth={truth} aria-hidden="true">
      <Icon name={SIGNS[truth]} />
    </span>
  );
}
