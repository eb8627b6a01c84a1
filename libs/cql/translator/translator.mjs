/**
 * Child process around the official CQL-to-ELM translator (@cqframework/cql, pure ESM). It runs apart from the
 * service because it needs 0.4–0.9 GB and cannot be loaded inside Jest's VM.
 *
 * stdin: one JSON document `{ sources: [{ id, version, includes, text }], models: [{ id, version, file }] }`
 *   with includes before those that include them
 * stdout: one JSON document `{ libraries: [elm], failures: [{ library, version, messages: [{ message, locator }] }] }`
 * IPC, when there is a channel: the number of libraries done, after each.
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

const { sources } = request;

const models = new Map(request.models.map((model) => [`${model.id}|${model.version}`, model.file]));
const missingModels = new Set();

const modelManager = new ModelManager(new exported.NamespaceManager());
modelManager.modelInfoLoader.registerModelInfoProvider(
  exported.createModelInfoProvider((id, _system, version) => {
    const file =
      models.get(`${id}|${version}`) ??
      (version ? undefined : [...models].find(([key]) => key.startsWith(`${id}|`))?.[1]);
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

/** A library whose include has errors would be translated again and again in vain, at ten times the memory. */
function failedInclude(source) {
  return source.includes.find((include) =>
    failures.some(
      (failure) => failure.library === include.id && (failure.version ?? '') === (include.version ?? ''),
    ),
  );
}

sources.forEach((source, index) => {
  translateSource(source);
  process.send?.(index + 1);
});

function translateSource(source) {
  let messages;
  const broken = failedInclude(source);
  if (broken) {
    failures.push({
      ...named(source),
      messages: [{ message: `it includes ${broken.id}, which has errors` }],
    });
    return;
  }
  try {
    const translator = CqlTranslator.fromText(source.text, libraryManager);
    const elm = JSON.parse(translator.toJson()).library;
    messages = errorsOf(translator, elm);
    if (messages.length === 0) {
      libraries.push(elm);
      return;
    }
  } catch (error) {
    messages = [{ message: error?.message ?? String(error) }];
  }
  if (missingModels.size > 0)
    messages.unshift({ message: `no model info for ${[...missingModels].join(', ')}` });
  failures.push({ ...named(source), messages });
}

/** The errors with their places, which only the annotations of the ELM give as numbers. */
function errorsOf(translator, elm) {
  const annotated = (elm.annotation ?? []).filter((annotation) => annotation.errorSeverity === 'error');
  if (annotated.length > 0) {
    return annotated.map(({ message, startLine, startChar, endLine, endChar }) => ({
      message,
      locator: startLine === undefined ? undefined : `${startLine}:${startChar}-${endLine}:${endChar}`,
    }));
  }
  return [...translator.errors.asJsReadonlyArrayView()].map((error) => ({
    message: error.message ?? String(error),
  }));
}

function named(source) {
  return { library: source.id ?? '(no library line)', version: source.version };
}

answer(JSON.stringify({ libraries, failures }));
process.disconnect?.();
