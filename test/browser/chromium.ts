import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { projectRoot } from '@catchment/platform';

const run = promisify(execFile);

/** Headless, for root too, and without a word to anybody on the network. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** A real Chromium, and the folder that goes with it. */
export interface RunningBrowser {
  browser: Browser;
  close: () => Promise<void>;
}

/**
 * Starts the Chromium that `@sparticuz/chromium` brings as an npm package, with its own shared libraries and font, so
 * that a machine needs nothing installed. CHROMIUM_PATH names another one.
 */
export async function startBrowser(): Promise<RunningBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'catchment-chromium-'));
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await unpack(folder));
  const browser = await chromium.launch({
    executablePath,
    args: flags,
    env: { ...process.env, ...libraries(folder) },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The package unpacks into the temporary folder of its process; one of our own, so that an unpacking that was cut off
 * harms no later run. It brings the libraries along where it believes to be on the platform that lacks them.
 */
async function unpack(folder: string): Promise<string> {
  const script = join(projectRoot(), 'test', 'browser', 'unpack-chromium.cjs');
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { stdout } = await run(process.execPath, [script], { env });
  return stdout;
}

function libraries(folder: string): Record<string, string> {
  const fonts = join(folder, 'fonts');
  mkdirSync(fonts, { recursive: true });
  writeFileSync(
    join(fonts, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
    <fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  return { FONTCONFIG_PATH: fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
}
