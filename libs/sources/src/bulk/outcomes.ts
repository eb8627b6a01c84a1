import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ExportFile } from './export-state';
import { isFailure, readIssues, type Issue } from './outcome';

const listed = 100;

/** What the files of OperationOutcomes say: failures, and how many lines could not be understood. */
export async function readFailures(
  folder: string,
  files: readonly ExportFile[],
): Promise<{ failures: Issue[]; warnings: string[] }> {
  const failures: Issue[] = [];
  let more = 0;
  let unread = 0;
  for (const { name } of files.filter(({ kind }) => kind === 'outcome')) {
    const lines = createInterface({ input: createReadStream(join(folder, name)), crlfDelay: Infinity });
    for await (const line of lines) {
      if (line.trim() === '') continue;
      const issues = readIssues(line);
      if (issues.length === 0) unread++;
      for (const issue of issues.filter(isFailure)) {
        if (failures.length < listed) failures.push(issue);
        else more++;
      }
    }
  }
  if (more > 0) failures.push({ severity: 'error', code: 'processing', text: `and ${more} more` });
  return {
    failures,
    warnings: unread > 0 ? [`${unread} lines of the server's error files are no OperationOutcome`] : [],
  };
}
