import type { PullProgress } from '@catchment/sources';

/** Tells of a pull by lines on stderr, each said once. */
export function progressLines(): (progress: PullProgress) => void {
  let last = '';
  return ({ step, said, files }) => {
    const line = [step, said, files && `${files.done} of ${files.total} files`].filter(Boolean).join(': ');
    if (line !== last) process.stderr.write(`${line}\n`);
    last = line;
  };
}
