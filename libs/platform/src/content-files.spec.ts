import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { tarArchive } from '../testing/tar-archive';
import { zipArchive, type ZipEntry } from '../testing/zip-archive';
import { contentLimits } from './content-limits';
import { contentFiles } from './content-files';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'content-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Buffer): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function read(path: string, wanted?: (name: string) => boolean): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const file of contentFiles(path, wanted)) found[file.path] = await file.text();
  return found;
}

/** The failure of reading an archive of these entries, which lies in the folder as a.zip. */
async function refusal(entries: ZipEntry[]): Promise<string> {
  write('a.zip', zipArchive(entries));
  const outcome = await read(folder).catch((error: Error) => error);
  expect(outcome).toMatchObject({ name: 'Diagnostic' });
  return (outcome as Error).message;
}

describe('contentFiles', () => {
  it('walks folders and archives, and archives in them', async () => {
    write('b/two.txt', '2');
    write('one.txt', '1');
    write(
      'b/c.zip',
      zipArchive([
        { name: 'in/three.txt', content: '3' },
        { name: 'd.ZIP', content: zipArchive([{ name: 'four', content: '4' }]) },
      ]),
    );
    expect(await read(folder)).toEqual({
      'one.txt': '1',
      'b/c.zip!/in/three.txt': '3',
      'b/c.zip!/d.ZIP!/four': '4',
      'b/two.txt': '2',
    });
    expect(Object.keys(await read(folder))[0]).toBe('one.txt');
  });

  it('reads one file, or one archive', async () => {
    expect(await read(write('x.json', '{}'))).toEqual({ 'x.json': '{}' });
    expect(await read(write('x.zip', zipArchive([{ name: 'y', content: 'z' }])))).toEqual({
      'x.zip!/y': 'z',
    });
  });

  it('asks before it reads, and follows no links out of the folder', async () => {
    write('keep.txt', 'k');
    write('drop.zip', 'this is no archive and is never opened');
    symlinkSync(tmpdir(), join(folder, 'link'));
    expect(await read(folder, (name) => name.startsWith('keep'))).toEqual({ 'keep.txt': 'k' });
    expect(Object.keys(await read(folder, (name) => !name.endsWith('.zip')))).toEqual(['keep.txt']);
  });

  it('says when there is nothing at a path', async () => {
    await expect(read(join(folder, 'none'))).rejects.toThrow('there is no file or folder');
  });
});

describe('a tar archive', () => {
  const long = `package/${'n'.repeat(120)}.json`;

  it('is entered; links and folders in it are passed over', async () => {
    write(
      'p.tgz',
      tarArchive([
        { name: 'package/', type: '5' },
        { name: 'package/a.json', content: '{}' },
        { name: 'package/l', type: '2' },
      ]),
    );
    expect(await read(folder)).toEqual({ 'p.tgz!/package/a.json': '{}' });
  });

  it('may have long names', async () => {
    const record = ` path=${long}\n`;
    write(
      'p.tgz',
      tarArchive([
        { name: 'pax', type: 'x', content: `${record.length + 3}${record}` },
        { name: 'short', content: '1' },
        { name: 'b', content: '2' },
      ]),
    );
    expect(await read(folder)).toEqual({ [`p.tgz!/${long}`]: '1', 'p.tgz!/b': '2' });
  });

  it.each(['../out', '/etc/out', 'a/../../out'])('with the name %s is refused', async (name) => {
    write('p.tgz', tarArchive([{ name, content: 'x' }]));
    await expect(read(folder)).rejects.toThrow('the archive is refused: the file is outside its folder');
  });

  it('that is truncated or none at all is refused', async () => {
    write(
      'p.tgz',
      gzipSync(gunzipSync(tarArchive([{ name: 'a', content: 'x'.repeat(2000) }])).subarray(0, 1024)),
    );
    await expect(read(folder)).rejects.toThrow('it is no complete tar archive (file p.tgz)');
    write('p.tgz', gzipSync(Buffer.alloc(1024, 'x')));
    await expect(read(folder)).rejects.toThrow('it is no complete tar archive (file p.tgz)');
    write('p.tgz', 'not even compressed');
    await expect(read(folder)).rejects.toThrow('the archive is refused: incorrect header check (file p.tgz)');
  });

  it('that unpacks beyond the limit is refused', async () => {
    const limit = jest.replaceProperty(contentLimits, 'archiveBytes', 10_000);
    write('p.tgz', tarArchive([{ name: 'a', content: 'x'.repeat(20_000) }]));
    await expect(read(folder)).rejects.toThrow('it unpacks to more than 10000 bytes (file p.tgz)');
    limit.restore();
  });
});

describe('a hostile or damaged archive is refused', () => {
  it.each(['../outside.txt', 'a/../../outside.txt', '/etc/outside', 'C:\\outside'])(
    'name %s',
    async (name) => {
      expect(await refusal([{ name, content: 'x' }])).toMatch(/refused: .*(relative|absolute|invalid)/i);
    },
  );

  it('a bomb by its ratio', async () => {
    const message = await refusal([{ name: 'bomb.json', content: Buffer.alloc(20_000_000) }]);
    expect(message).toBe(
      'the archive is refused: the file unpacks to more than 250 times its size (file a.zip!/bomb.json)',
    );
  });

  it('a bomb by its declared size', async () => {
    expect(await refusal([{ name: 'x', content: 'x', declaredSize: 500_000_000 }])).toContain(
      'unpacks to 500000000 bytes',
    );
  });

  it('many files that are too large together', async () => {
    const many = Array.from({ length: 101 }, (_, at) => ({
      name: `x${at}`,
      content: 'x',
      declaredSize: 9_999_999,
    }));
    write('a.zip', zipArchive(many));
    const walk = async () => {
      for await (const file of contentFiles(folder)) expect(file.path).toMatch(/^a\.zip!\/x\d+$/);
    };
    await expect(walk()).rejects.toThrow('it unpacks to more than 1000000000 bytes (file a.zip!/x100)');
  });

  it('a size that is not the declared one', async () => {
    expect(await refusal([{ name: 'x', content: 'a'.repeat(1000), declaredSize: 10 }])).toMatch(
      /refused: .*bytes/,
    );
  });

  it('an encrypted file', async () => {
    expect(await refusal([{ name: 'x', content: 'x', encrypted: true }])).toContain('the file is encrypted');
  });

  it('archives in archives without end', async () => {
    let content = zipArchive([{ name: 'x', content: 'x' }]);
    for (let depth = 0; depth < 5; depth++) content = zipArchive([{ name: 'deeper.zip', content }]);
    expect(await refusal([{ name: 'top.zip', content }])).toContain(
      'archives inside archives more than 4 deep',
    );
  });

  it('a truncated one', async () => {
    write('a.zip', zipArchive([{ name: 'x', content: 'x'.repeat(500) }]).subarray(0, 40));
    await expect(read(folder)).rejects.toThrow(/the archive is refused: .* \(file a\.zip\)/);
  });
});
