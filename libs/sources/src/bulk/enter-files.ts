import { Defect } from '@catchment/platform';
import type { ExportState } from './export-state';
import type { Manifest } from './manifest';

/** Enters the files of a manifest's pages into the state; those that are here already stay, with new addresses. */
export function enterFiles(state: ExportState, pages: readonly Manifest[]): void {
  const first = pages[0];
  if (!first) throw new Defect('a manifest without a page');
  const listed = pages.flatMap(({ files }) => files);
  const known = state.transactionTime === first.transactionTime ? (state.files ?? []) : [];
  state.transactionTime = first.transactionTime;
  state.files = listed.map((file, index) => {
    const before = known[index];
    const same =
      before?.done && before.type === file.type && before.kind === file.kind && before.count === file.count;
    if (same) return { ...before, url: file.url, requiresAccessToken: file.requiresAccessToken };
    const name = `${String(index).padStart(5, '0')}.${file.kind}.${file.type.replace(/\W/g, '') || 'file'}.ndjson`;
    return { ...file, name, done: false, bytes: 0, lines: 0 };
  });
}
