import { wilsonInterval } from './wilson';

describe('wilsonInterval', () => {
  // Newcombe (1998), Statistics in Medicine 17:857, table I, method 3
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i: %d to %d', (numerator, denominator, low, high) => {
    const interval = wilsonInterval(numerator, denominator);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('says nothing of nobody', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});
