import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The Chromium or Chrome to test in: the variable `CHROMIUM`, else the first on the `PATH`, else where macOS and Windows have it.
 * Throws when there is none: a spec that skipped itself would look like one that passed.
 */
export function browserPath({ CHROMIUM, PATH = '' } = process.env): string {
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = (CHROMIUM ? [CHROMIUM] : [...onPath, ...elsewhere]).find(canRun);
  if (found !== undefined) return found;
  throw new Error(
    `${CHROMIUM ? `CHROMIUM is ${CHROMIUM}, which cannot be run` : 'no Chromium found'}: ` +
      'apt-get install chromium, or CHROMIUM=/path/to/chrome npm run test:browser',
  );
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
