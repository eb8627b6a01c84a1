import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipArchive, type ZipEntry } from '../../../platform/testing/zip-archive';
import { isZip, unpackZip, type ZipLimits } from './unpack-zip';

const patient = '{"resourceType":"Patient","id":"a"}\n';
const small: ZipLimits = { files: 3, fileBytes: 20_000_000, archiveBytes: 30_000_000, ratio: 250 };
const zeros = (bytes: number): Buffer => Buffer.alloc(bytes);

describe('a zip archive', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'catchment-zip-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function unpack(entries: readonly ZipEntry[] | Buffer): Promise<Map<string, string>> {
    const path = join(folder, 'archive');
    writeFileSync(path, Buffer.isBuffer(entries) ? entries : zipArchive(entries));
    expect(isZip(path)).toBe(true);
    return unpackZip(path, join(folder, 'out'), undefined, small);
  }

  it('is unpacked under names of our own, and the names of the archive are told', async () => {
    const files = await unpack([
      { name: 'export/', content: '' },
      { name: 'export/Patient.ndjson', content: patient },
      { name: '__MACOSX/export/._Patient.ndjson', content: 'resource fork' },
      { name: 'README.txt', content: 'from the laboratory' },
    ]);
    expect([...files.values()]).toEqual(['export/Patient.ndjson', 'README.txt']);
    expect(readdirSync(join(folder, 'out'))).toEqual(['00000.ndjson', '00001']);
    expect(readFileSync([...files.keys()][0]!, 'utf8')).toBe(patient);
  });

  it.each<[string, ZipEntry[], RegExp]>([
    ['that leads out of its folder', [{ name: '../../etc/cron.d/x', content: 'x' }], /invalid relative path/],
    ['with an absolute name', [{ name: '/etc/passwd', content: 'x' }], /absolute path/],
    ['that is encrypted', [{ name: 'a.ndjson', content: patient, encrypted: true }], /encrypted.*a\.ndjson/],
    [
      'that holds an archive',
      [{ name: 'b.zip', content: 'x' }],
      /archives inside archives are not read.*b\.zip/,
    ],
    [
      'that holds an archive under another name',
      [{ name: 'b.ndjson', content: zipArchive([{ name: 'c', content: 'x' }]) }],
      /archives inside archives.*b\.ndjson/,
    ],
    ['without files', [{ name: 'empty/', content: '' }], /holds no files/],
    ['with too many files', [1, 2, 3, 4].map((n) => ({ name: `${n}`, content: 'x' })), /more than 3 files/],
    ['of one huge file', [{ name: 'a', content: 'x', declaredSize: 20_000_001 }], /more than the 20000000/],
    [
      'of many large files',
      [1, 2].map((n) => ({ name: `${n}`, content: 'x', declaredSize: 19_000_000 })),
      /more than (30000000 bytes|250 times)/,
    ],
    ['that is a bomb', [{ name: 'zeros', content: zeros(11_000_000) }], /more than 250 times its size/],
    [
      'that lies about its size',
      [{ name: 'zeros', content: zeros(11_000_000), declaredSize: 10 }],
      /too many bytes in the stream/,
    ],
  ])('%s is refused', async (_what, entries, reason) => {
    await expect(unpack(entries)).rejects.toThrow(reason);
  });

  it('that is cut off is refused', async () => {
    const whole = zipArchive([{ name: 'a.ndjson', content: patient }]);
    await expect(unpack(whole.subarray(0, whole.length - 10))).rejects.toThrow(/the archive is refused/);
  });

  it('is known by its content, not by its name', () => {
    const path = join(folder, 'patients.zip');
    writeFileSync(path, patient);
    expect(isZip(path)).toBe(false);
  });
});
