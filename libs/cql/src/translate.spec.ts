import { join } from 'node:path';
import { projectRoot } from '@catchment/platform';
import { translate, translatorVersion } from './translate';

const fhir = {
  id: 'FHIR',
  version: '4.0.1',
  file: join(projectRoot(), 'node_modules', 'cql-exec-fhir', 'lib', 'modelInfos', 'fhir-modelinfo-4.0.1.xml'),
};

const helper = `library Common version '1.0.0' define function Twice(n Integer): n * 2`;

describe('translate', () => {
  it('translates libraries that include one another, whatever their order', async () => {
    const using = `library Main version '2.0.0' include Common version '1.0.0' called C define Four: C.Twice(2)`;
    const done: number[] = [];
    const { libraries, failures } = await translate({
      sources: [{ text: using }, { text: helper }],
      models: [],
      onProgress: (count) => done.push(count),
    });
    expect(failures).toEqual([]);
    expect(libraries.map((library) => library.identifier)).toEqual([
      { id: 'Common', version: '1.0.0' },
      { id: 'Main', version: '2.0.0' },
    ]);
    expect(done).toEqual([1, 2]);
    const four = libraries[1]?.statements?.def.find((definition) => definition.name === 'Four');
    expect(four?.expression).toMatchObject({ type: 'FunctionRef', libraryName: 'C', name: 'Twice' });
  });

  it('names a library by its last part, without its namespace', async () => {
    const { libraries, failures } = await translate({
      sources: [
        { text: `library hl7.fhir.us.Common version '1.0.0'\ndefine One: 1` },
        { text: `library Main\ninclude hl7.fhir.us.Common version '1.0.0' called C\ndefine Two: C.One + 1` },
      ],
      models: [],
    });
    expect(failures).toEqual([]);
    expect(libraries.map((library) => library.identifier.id)).toEqual(['Common', 'Main']);
  });

  it('gives errors with their place and keeps what depends on them out', async () => {
    const broken = `library Common version '1.0.0'\n\ndefine Wrong: NoSuchDefine + 1`;
    const dependent = `library Main include Common version '1.0.0' called C define W: C.Wrong`;
    const { libraries, failures } = await translate({
      sources: [{ text: dependent }, { text: broken }],
      models: [],
    });
    expect(libraries).toEqual([]);
    expect(failures.map((failure) => failure.library)).toEqual(['Common', 'Main']);
    expect(failures[0]?.messages[0]?.locator).toMatch(/^3:/);
    expect(failures[0]?.messages[0]?.message).toContain('NoSuchDefine');
    expect(failures[1]?.messages[0]?.message).toBe('it includes Common, which has errors');
  });

  it('names a model that is not there', async () => {
    const text = `library Main using QUICK version '9.9' define N: 1`;
    const { failures } = await translate({ sources: [{ text }], models: [fhir] });
    expect(failures[0]?.messages.map((message) => message.message).join(' ')).toContain('QUICK 9.9');
  });

  it('stops with its caller', async () => {
    const abort = new AbortController();
    const work = translate({ sources: [{ text: helper }], models: [], signal: abort.signal });
    abort.abort();
    await expect(work).rejects.toThrow(/abort/i);
  });
});

it('says which translator it is', () => {
  expect(translatorVersion()).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/);
});
