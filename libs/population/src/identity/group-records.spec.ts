import { groupRecords, type GroupInput } from './group-records';

const nothing: GroupInput = { same: [], contradicting: [], decidedSame: [], decidedApart: [] };
const pair = (left: string, right: string) => ({ left, right });

describe('groupRecords', () => {
  it('joins chains of records', () => {
    const { persons } = groupRecords({
      ...nothing,
      same: [pair('c', 'd'), pair('a', 'b'), pair('b', 'c'), pair('x', 'y')],
    });
    expect(persons).toEqual([
      ['a', 'b', 'c', 'd'],
      ['x', 'y'],
    ]);
  });

  it('follows no link of a chain whose ends contradict each other', () => {
    const groups = groupRecords({
      ...nothing,
      same: [pair('a', 'b'), pair('b', 'c'), pair('x', 'y')],
      contradicting: [pair('a', 'c')],
    });
    expect(groups).toEqual({ persons: [['x', 'y']], doubtful: [pair('a', 'b'), pair('b', 'c')] });
  });

  it('never joins what people keep apart, not even over a third record', () => {
    const same = [pair('a', 'b'), pair('b', 'c')];
    expect(groupRecords({ ...nothing, same, decidedApart: [pair('b', 'a')] }).persons).toEqual([['b', 'c']]);
    expect(groupRecords({ ...nothing, same, decidedApart: [pair('c', 'a')] }).persons).toEqual([]);
  });

  it('joins what people merged although it contradicts', () => {
    const groups = groupRecords({
      ...nothing,
      contradicting: [pair('a', 'b')],
      decidedSame: [pair('a', 'b')],
    });
    expect(groups.persons).toEqual([['a', 'b']]);
  });

  it('keeps merges of people when a chain of the matcher around them breaks', () => {
    const { persons } = groupRecords({
      ...nothing,
      same: [pair('b', 'c')],
      contradicting: [pair('a', 'c')],
      decidedSame: [pair('a', 'b')],
    });
    expect(persons).toEqual([['a', 'b']]);
  });

  it('refuses decisions that say both', () => {
    expect(() =>
      groupRecords({
        ...nothing,
        decidedSame: [pair('a', 'b'), pair('b', 'c')],
        decidedApart: [pair('a', 'c')],
      }),
    ).toThrow('merged and kept apart at once');
  });
});
