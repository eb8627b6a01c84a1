import { compile, type ProfileMode } from '@catchment/cql';
import { readLibraries, type ElmLibrary } from '@catchment/elm';
import { Database, installFunctions, loadFixture, prepareWarehouse } from '@catchment/warehouse';
import { bindCodeSets } from '@catchment/terminology';

const qicore = 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-';
const library = (resourceType: string, templateId: string): ElmLibrary =>
  ({
    identifier: { id: 'Diagnoses', version: '1.0.0' },
    schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
    usings: {
      def: [{ localIdentifier: 'QICore', uri: 'http://hl7.org/fhir', version: '6.0.0' }],
    },
    statements: {
      def: [
        {
          name: 'Diagnoses',
          context: 'Patient',
          expression: { type: 'Retrieve', dataType: `{http://hl7.org/fhir}${resourceType}`, templateId },
        },
      ],
    },
  }) as unknown as ElmLibrary;

const diagnosis = {
  coding: [
    { system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' },
  ],
};

type Resources = Record<string, { profile?: string[]; category?: object[]; status?: string }>;

/** Conditions of one patient: what they claim, and whether their category is that of an encounter's diagnosis. */
const conditions: Resources = {
  claims: { profile: [`${qicore}condition-encounter-diagnosis`] },
  'claims another': { profile: [`${qicore}condition-problems-health-concerns`], category: [diagnosis] },
  'claims an unknown': { profile: [`${qicore}condition`], category: [diagnosis] },
  'claims an unknown, without category': { profile: [`${qicore}condition`] },
  'claims an unknown and another': {
    profile: [`${qicore}condition`, `${qicore}condition-problems-health-concerns`],
    category: [diagnosis],
  },
  "claims the other guide's": {
    profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition-encounter-diagnosis'],
    category: [diagnosis],
  },
  'claims a profile of another type': { profile: [`${qicore}encounter`], category: [diagnosis] },
  'claims nothing': { category: [diagnosis] },
  'claims nothing, without category': {},
};

/** Procedures of one patient. */
const procedures: Resources = {
  claims: { profile: [`${qicore}procedure`], status: 'completed' },
  'claims the negation': { profile: [`${qicore}procedurenotdone`], status: 'not-done' },
  'claims an unknown': { profile: [`${qicore}operation`], status: 'completed' },
  'claims an unknown, not done': { profile: [`${qicore}operation`], status: 'not-done' },
  'claims nothing': { status: 'completed' },
};

const diagnoses = { name: 'condition-encounter-diagnosis', resourceType: 'Condition', resources: conditions };

async function found(
  profileMode: ProfileMode,
  { name, resourceType, resources: given }: typeof diagnoses = diagnoses,
): Promise<string[]> {
  const elm = library(resourceType, `${qicore}${name}`);
  const program = compile({
    library: readLibraries('Diagnoses', [elm]),
    defines: ['Diagnoses'],
    profileMode,
  });
  const database = await Database.open(':memory:');
  try {
    const connection = database.main;
    await prepareWarehouse(connection);
    await installFunctions(connection, 'cql-');
    const resources = Object.entries(given).map(([code, { profile, ...content }]) => ({
      resourceType,
      id: code,
      meta: profile && { profile },
      ...content,
      code: { text: code },
      subject: { reference: 'Patient/p' },
    }));
    await loadFixture(connection, [{ resourceType: 'Patient', id: 'p' }, ...resources], program.demand);
    await bindCodeSets(connection, program.codeSets);
    for (const sql of program.preparations) await connection.run(sql);
    for (const { sql } of program.statements) await connection.run(sql);
    const { table, rid } = program.outputs.get('Diagnoses.Diagnoses')!;
    const rows = await connection.rows<{ id: string }>(
      `select resource.id from ${table} as held join registry.resource as resource on resource.rid = held.${rid}`,
    );
    return rows.map(({ id }) => id).sort();
  } finally {
    database.close();
  }
}

describe('a retrieve by profile', () => {
  it('in mode profile takes those who claim it, and nobody else where the profile states a category', async () => {
    expect(await found('profile')).toEqual(['claims']);
  });

  it('in mode profile a general profile also takes those who claim unknown profiles only, unless negated', async () => {
    const general = { name: 'procedure', resourceType: 'Procedure', resources: procedures };
    expect(await found('profile', general)).toEqual(['claims', 'claims an unknown']);
    expect(await found('both', general)).toEqual(['claims', 'claims an unknown', 'claims nothing']);
    const negation = { ...general, name: 'procedurenotdone' };
    expect(await found('profile', negation)).toEqual(['claims the negation']);
  });

  it('in mode both also asks the content of those who claim nothing', async () => {
    expect(await found('both')).toEqual([
      'claims',
      'claims a profile of another type',
      'claims an unknown',
      'claims nothing',
    ]);
  });

  it('in mode discriminator looks at the content alone', async () => {
    expect(await found('discriminator')).toEqual(
      Object.keys(conditions)
        .filter((name) => conditions[name]!.category)
        .sort(),
    );
  });

  it('knows profiles that later versions divided: by claim in mode profile, by content in the others', async () => {
    const former = { ...diagnoses, name: 'condition' };
    expect(await found('profile', former)).toHaveLength(3);
    expect(await found('discriminator', former)).toHaveLength(Object.keys(conditions).length);
  });

  it('takes a profile that the table lacks by its claim in mode profile, and refuses it in the others', async () => {
    expect(await found('profile', { ...diagnoses, name: 'condition' })).toEqual([
      'claims an unknown',
      'claims an unknown and another',
      'claims an unknown, without category',
    ]);
    await expect(found('both', { ...diagnoses, name: 'diagnosis' })).rejects.toThrow(
      'qicore-diagnosis in mode "both"',
    );
  });
});
