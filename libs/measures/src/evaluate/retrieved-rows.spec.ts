import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@catchment/cql';
import { readLibraries, type ElmLibrary } from '@catchment/elm';
import { bindCodeSets, importValueSets } from '@catchment/terminology';
import { Database, installFunctions, loadFixture, prepareWarehouse } from '@catchment/warehouse';

const canonical = 'http://example.org/ValueSet/stockings';
const codes = { type: 'ValueSetRef', name: 'Stockings' };

/** ELM of two questions about procedures: one retrieve by value set, and one condition on the text of a code. */
const library = (expression: object): ElmLibrary =>
  ({
    identifier: { id: 'Retrieves' },
    schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
    usings: { def: [{ localIdentifier: 'FHIR', uri: 'http://hl7.org/fhir', version: '4.0.1' }] },
    valueSets: { def: [{ name: 'Stockings', id: canonical }] },
    statements: { def: [{ name: 'Found', context: 'Patient', expression }] },
  }) as unknown as ElmLibrary;

const retrieve = (more: object): object => ({
  type: 'Retrieve',
  dataType: '{http://hl7.org/fhir}Procedure',
  templateId: 'http://hl7.org/fhir/StructureDefinition/Procedure',
  ...more,
});

const notDone = 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-notDoneValueSet';
const inSet = { coding: [{ system: 'urn:devices', code: '1' }] };
const procedures = {
  'of the set': { code: inSet },
  'of another code': { code: { coding: [{ system: 'urn:devices', code: '2' }] } },
  'of another system': { code: { coding: [{ system: 'urn:others', code: '1' }] } },
  'nothing of the set': { code: { extension: [{ url: notDone, valueCanonical: canonical }] } },
  'nothing of another set': { code: { extension: [{ url: notDone, valueCanonical: `${canonical}/x` }] } },
};

async function found(expression: object): Promise<string[]> {
  const program = compile({ library: readLibraries('Retrieves', [library(expression)]), defines: ['Found'] });
  const database = await Database.open(':memory:');
  const folder = mkdtempSync(join(tmpdir(), 'catchment-retrieves-'));
  try {
    const connection = database.main;
    await prepareWarehouse(connection);
    await installFunctions(connection, 'cql-');
    const contains = [{ system: 'urn:devices', code: '1' }];
    const valueSet = {
      resourceType: 'ValueSet',
      status: 'active',
      url: canonical,
      expansion: { timestamp: '2026', contains },
    };
    writeFileSync(join(folder, 'set.json'), JSON.stringify(valueSet));
    await importValueSets(connection, [folder]);
    const resources = Object.entries(procedures).map(([id, { code }]) => ({
      resourceType: 'Procedure',
      id,
      status: 'not-done',
      subject: { reference: 'Patient/p' },
      code: { ...code, text: id },
    }));
    await loadFixture(connection, [{ resourceType: 'Patient', id: 'p' }, ...resources], program.demand);
    await bindCodeSets(connection, program.codeSets);
    for (const sql of program.preparations) await connection.run(sql);
    for (const { sql } of program.statements) await connection.run(sql);
    const { table, rid } = program.outputs.get('Retrieves.Found')!;
    const rows = await connection.rows<{ id: string }>(
      `select resource.id from ${table} as held join registry.resource as resource on resource.rid = held.${rid}`,
    );
    return rows.map(({ id }) => id).sort();
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

const query = (where: object): object => ({
  type: 'Query',
  source: [{ alias: 'P', expression: retrieve({}) }],
  relationship: [],
  where,
});

describe('a cast', () => {
  const castStatus = (name: string): object => {
    const operand = { type: 'Property', path: 'status', scope: 'P' };
    return query({
      type: 'Not',
      operand: { type: 'IsNull', operand: { type: 'As', operand, asType: name } },
    });
  };

  it('to a type that only a model has keeps a value, and to another type makes nothing of it', async () => {
    expect(await found(castStatus('{http://hl7.org/fhir}ReasonOfRefusal'))).toHaveLength(5);
    expect(await found(castStatus('{http://hl7.org/fhir}Quantity'))).toEqual([]);
    expect(await found(castStatus('{urn:hl7-org:elm-types:r1}Integer'))).toEqual([]);
  });
});

describe('a retrieve by value set', () => {
  it('finds resources with a code of the set', async () => {
    expect(await found(retrieve({ codes, codeProperty: 'code', codeComparator: 'in' }))).toEqual([
      'of the set',
    ]);
  });

  it('compared by ~ also finds what says that nothing of the set was done', async () => {
    expect(await found(retrieve({ codes, codeProperty: 'code', codeComparator: '~' }))).toEqual([
      'nothing of the set',
      'of the set',
    ]);
  });

  it('and a text that is in the set, whatever the system', async () => {
    const text = {
      type: 'Property',
      path: 'reference',
      source: { type: 'Property', path: 'subject', scope: 'P' },
    };
    const code = {
      type: 'If',
      condition: { type: 'Equal', operand: [text, literal('Patient/p')] },
      then: literal('1'),
      else: literal('2'),
    };
    const member = (of: object): object => ({
      type: 'InValueSet',
      code: of,
      valueset: { name: 'Stockings' },
    });
    expect(await found(query(member(code)))).toHaveLength(5);
    expect(await found(query(member(literal('2'))))).toEqual([]);
  });
});

function literal(value: string): object {
  return { type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}String', value };
}
