/**
 * Child process around the official CQL-to-ELM translator (@cqframework/cql, pure ESM). It runs apart from the
 * service because it needs 0.4–0.9 GB and cannot be loaded inside Jest's VM.
 *
 * stdin: one JSON document `{ sources: [{ text }], models: [{ id, version, file }] }`
 * stdout: one JSON document `{ libraries: [elm], failures: [{ library, messages: [{ message, locator }] }] }`
 */
import { readFileSync } from 'node:fs';

// The translator's logger writes to stdout, which carries the answer only.
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;

const translatorModule = await import('@cqframework/cql/cql-to-elm');
const modelModule = await import('@cqframework/cql/cql');

const { CqlCompilerOptions, CqlTranslator, LibraryBuilder, LibraryManager, ModelManager } = translatorModule;
const exported = { ...translatorModule, ...modelModule };

const request = JSON.parse(readFileSync(0, 'utf8'));

/** Identifier and version of a library, from its first line of code. */
function identify(text) {
  const match = /^\s*library\s+((?:[\w-]+\.)*)("[^"]+"|[\w-]+)(?:\s+version\s+'([^']*)')?/m.exec(text);
  return { id: match ? match[2].replaceAll('"', '') : undefined, version: match?.[3] };
}

/** Includes such as `hl7.fhir.uv.cql.FHIRHelpers` name a namespace, which packages resolve by library name alone. */
function withoutNamespaces(text) {
  return text.replace(/^(\s*include\s+)(?:[\w-]+\.)+(?=[\w"-])/gm, '$1').replace(/^(\s*library\s+)(?:[\w-]+\.)+/m, '$1');
}

const sources = request.sources.map((source) => {
  const text = withoutNamespaces(source.text);
  return { ...identify(text), text };
});

const models = new Map(request.models.map((model) => [`${model.id}|${model.version}`, model.file]));
const missingModels = new Set();

const modelManager = new ModelManager(new exported.NamespaceManager());
modelManager.modelInfoLoader.registerModelInfoProvider(
  exported.createModelInfoProvider((id, _system, version) => {
    const file = models.get(`${id}|${version}`) ?? (version ? undefined : [...models].find(([key]) => key.startsWith(`${id}|`))?.[1]);
    if (file) return exported.stringAsSource(readFileSync(file, 'utf8'));
    if (id !== 'System') missingModels.add(`${id} ${version ?? ''}`.trim());
    return null;
  }),
);
modelManager.modelInfoLoader.registerModelInfoProvider(new exported.SystemModelInfoProvider());

const options = CqlCompilerOptions.defaultOptions();
const { Options } = CqlCompilerOptions;
options.setOptions([Options.EnableAnnotations, Options.EnableLocators, Options.EnableResultTypes]);
options.signatureLevel = LibraryBuilder.SignatureLevel.All;

const refuse = () => {
  throw new Error('the translator never converts units');
};
const libraryManager = new LibraryManager(
  modelManager,
  options,
  null,
  exported.createUcumService(refuse, () => null, refuse, refuse),
);
libraryManager.librarySourceLoader.registerProvider(
  exported.createLibrarySourceProvider((id, _system, version) => {
    const found =
      sources.find((source) => source.id === id && source.version === version) ??
      (version ? undefined : sources.find((source) => source.id === id));
    return found ? exported.stringAsSource(found.text) : null;
  }),
);

const libraries = [];
const failures = [];
for (const source of sources) {
  let messages;
  try {
    const translator = CqlTranslator.fromText(source.text, libraryManager);
    messages = [...translator.errors.asJsReadonlyArrayView()].map((error) => ({
      message: error.message ?? String(error),
      locator: error.locator?.toLocator?.() ?? undefined,
    }));
    if (messages.length === 0) {
      libraries.push(JSON.parse(translator.toJson()).library);
      continue;
    }
  } catch (error) {
    messages = [{ message: error?.message ?? String(error) }];
  }
  if (missingModels.size > 0) messages.unshift({ message: `no model info for ${[...missingModels].join(', ')}` });
  failures.push({ library: source.id ?? '(no library line)', version: source.version, messages });
}
answer(JSON.stringify({ libraries, failures }));
