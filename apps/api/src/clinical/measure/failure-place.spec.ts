import { Diagnostic } from '@catchment/platform';
import { failurePlace } from './failure-place';

describe('the place of a failure', () => {
  it('is what a Diagnostic says of it', () => {
    const { message } = new Diagnostic('singleton from more than one element (of a list)', {
      library: 'Screening',
      define: 'Last "Good" Result, of any kind',
      locator: '12:3-14:20',
    });
    expect(failurePlace(message)).toEqual({
      reason: 'singleton from more than one element (of a list)',
      library: 'Screening',
      define: 'Last "Good" Result, of any kind',
      locator: '12:3-14:20',
    });
    const without = new Diagnostic('no unit', { library: 'Screening', define: 'Result' }).message;
    expect(failurePlace(without)).toMatchObject({ reason: 'no unit', define: 'Result', locator: null });
  });

  it('is unknown where the text names none', () => {
    expect(failurePlace('no unit')).toEqual({
      reason: 'no unit',
      library: null,
      define: null,
      locator: null,
    });
  });
});
