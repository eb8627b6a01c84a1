import { nameChoiceTypes } from './named-types';
import type { ElmLibrary } from './types';

const named = (type: string) => ({ type: 'NamedTypeSpecifier', name: `{urn:hl7-org:elm-types:r1}${type}` });

function libraryOf(asTypeSpecifier: object): ElmLibrary {
  const expression = { type: 'As', operand: { type: 'Null' }, asTypeSpecifier };
  return {
    identifier: { id: 'Choices' },
    statements: { def: [{ name: 'Cast', expression }] },
  };
}

const cast = (library: ElmLibrary): unknown => library.statements!.def[0]!.expression!.asTypeSpecifier;

describe('choice types', () => {
  const choice = [named('DateTime'), { type: 'ListTypeSpecifier', elementType: named('Quantity') }];

  it('get their name where a translator wrote the deprecated element', () => {
    const read = nameChoiceTypes(libraryOf({ localId: '7', type: [], choice }));
    expect(cast(read)).toEqual({ localId: '7', type: 'ChoiceTypeSpecifier', choice });
  });

  it('may be in the deprecated element', () => {
    const read = nameChoiceTypes(libraryOf({ type: choice }));
    expect(cast(read)).toEqual({ type: 'ChoiceTypeSpecifier', choice });
  });

  it('stay as they are where they have a name, as everything else does', () => {
    const library = libraryOf({ type: 'ChoiceTypeSpecifier', choice });
    expect(nameChoiceTypes(library)).toEqual(library);
  });
});
