import { SnapshotCache } from './snapshot-cache';

describe('SnapshotCache', () => {
  it('computes once for each publication and key, also for those who ask at the same time', async () => {
    const cache = new SnapshotCache();
    let computed = 0;
    const ask = (snapshot: string, key: string) =>
      cache.remember(snapshot, key, () => Promise.resolve(++computed));
    expect(await Promise.all([ask('a', 'x'), ask('a', 'x'), ask('a', 'y')])).toEqual([1, 1, 2]);
    expect(await ask('a', 'x')).toBe(1);
    expect(await ask('b', 'x')).toBe(3);
  });

  it('does not keep what was computed from a publication that is no longer current', async () => {
    const cache = new SnapshotCache();
    let finish: (value: string) => void = () => undefined;
    const slow = cache.remember('old', 'x', () => new Promise<string>((resolve) => (finish = resolve)));
    expect(await cache.remember('new', 'x', () => Promise.resolve('new'))).toBe('new');
    finish('old');
    expect(await slow).toBe('old');
    expect(await cache.remember('new', 'x', () => Promise.reject(new Error('asked again')))).toBe('new');
  });

  it('does not keep failures', async () => {
    const cache = new SnapshotCache();
    await expect(cache.remember('a', 'x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.remember('a', 'x', () => Promise.resolve('yes'))).toBe('yes');
  });

  it('forgets what was not asked for longest', async () => {
    const cache = new SnapshotCache(25);
    const computed: string[] = [];
    const ask = (key: string) =>
      cache.remember('a', key, () => {
        computed.push(key);
        return Promise.resolve('ten chars');
      });
    await ask('x');
    await ask('y');
    await ask('x');
    await ask('z');
    await ask('x');
    await ask('y');
    expect(computed).toEqual(['x', 'y', 'z', 'y']);
  });
});
