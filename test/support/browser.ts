import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { chromium } from 'playwright-core';

/** The machine that a browser is looked for on. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
}

/** Why tests were skipped that need a browser, and the one command that brings one. */
export const noBrowser =
  'no Chrome, Chromium or Edge was found (CHROMIUM names one). To bring one: npx playwright-core install --with-deps chromium';

/** The browser to test in: the one that CHROMIUM names, else the first in the usual places, else Playwright's own. */
export function findBrowser({ platform, env, exists }: Machine): string | undefined {
  const named = env['CHROMIUM'] ?? '';
  if (named !== '') return named;
  return [...usualPlaces(platform, env), chromium.executablePath()].find(exists);
}

/** The browser of this machine. */
export function browserHere(): string | undefined {
  return findBrowser({ platform: process.platform, env: process.env, exists: existsSync });
}

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

function usualPlaces(platform: NodeJS.Platform, env: Machine['env']): readonly string[] {
  if (platform === 'darwin') {
    return ['/Applications', `${homedir()}/Applications`].flatMap((folder) =>
      macNames.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
      windowsPrograms.map((program) => `${env[variable] ?? 'C:'}\\${program}`),
    );
  }
  const folders = new Set([...(env['PATH'] ?? '').split(':'), '/usr/bin', '/snap/bin']);
  return [...folders].flatMap((folder) => linuxNames.map((name) => `${folder}/${name}`));
}
