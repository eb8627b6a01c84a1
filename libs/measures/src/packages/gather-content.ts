import type { ContentOptions } from './import-options';
import { addBuiltInHelpers } from './fhir-helpers';
import { Diagnostic } from '@catchment/platform';
import { closeIncludes, type MissingLibrary } from './include-order';
import { modelsFolder } from './model-infos';
import { PackageContent } from './package-content';
import { readContent, readPublished } from './read-content';

/**
 * Reads all paths of an import into one content, then the model folders, then what is still missing from the packages
 * that a content repository publishes.
 * @throws Diagnostic for unreadable or hostile files.
 */
export async function gatherContent({
  dataDir,
  paths,
  modelPaths = [],
  onProgress,
  signal,
}: ContentOptions): Promise<PackageContent> {
  let files = 0;
  const read = { signal, onFile: () => onProgress?.({ step: 'read', files: ++files }) };
  const content = new PackageContent();
  for (const path of paths) await readContent(path, content, read);
  // Model folders come last: what content brings itself has precedence. Their measures and value sets are not wanted.
  const support = new PackageContent(content.models, content.libraries);
  for (const path of [...modelPaths, modelsFolder(dataDir)]) {
    if (path !== undefined) await readContent(path, support, read);
  }
  const missing = () => missingLibraries(content);
  for (const path of paths) await readPublished(path, content, missing, read);
  addBuiltInHelpers(missing(), content.libraries);
  return content;
}

/** What measures need and the content lacks; measures that are at fault themselves are judged later. */
function missingLibraries({ measures, libraries }: PackageContent): MissingLibrary[] {
  return measures.flatMap(({ measure }) => {
    try {
      return closeIncludes(measure, libraries).missing;
    } catch (error) {
      if (error instanceof Diagnostic) return [];
      throw error;
    }
  });
}
