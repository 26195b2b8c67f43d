import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findBrowser, type Machine } from './browser.js';

/** What is found on a machine that has only the given files. */
function found(machine: Pick<Machine, 'platform' | 'env'>, ...files: readonly string[]) {
  return findBrowser({ ...machine, exists: (file) => files.includes(file) });
}

const linux = { platform: 'linux', env: { PATH: '/opt/bin:/usr/bin' } } as const;
const mac = { platform: 'darwin', env: {} } as const;
const windows = {
  platform: 'win32',
  env: { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' },
} as const;

describe('the browser of the tests', () => {
  it.each([
    [linux, '/usr/bin/chromium'],
    [linux, '/opt/bin/google-chrome'],
    [linux, '/snap/bin/chromium'],
    [linux, '/usr/bin/microsoft-edge'],
    [mac, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    [mac, '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    [windows, 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    [windows, 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
  ])('is found on %o at %s', (machine, file) => {
    expect(found(machine, file)).toBe(file);
  });

  it('is the one that CHROMIUM names, there or not, so that a wrong name fails and does not skip', () => {
    const env = { ...linux.env, CHROMIUM: '/my/chrome' };
    expect(found({ ...linux, env }, '/usr/bin/chromium')).toBe('/my/chrome');
    expect(found({ ...linux, env: { ...env, CHROMIUM: '' } }, '/usr/bin/chromium')).toBe(
      '/usr/bin/chromium',
    );
  });

  it("is Playwright's own, which the command in the note brings, where there is no other", () => {
    const own = chromium.executablePath();
    expect(found(linux, own)).toBe(own);
    expect(found(linux)).toBeUndefined();
  });
});
