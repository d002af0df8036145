import { existsSync } from 'node:fs';

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the browser, or null where none is installed; CI must have one. */
export function chromiumPath(): string | null {
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found) return found;
  if (process.env.CI) throw new Error('No Chromium was found. Install it, or give its path in CHROMIUM.');
  process.stderr.write('\nNOT RUN: the browser tests need Chromium. Install it, or give its path in CHROMIUM.\n\n');
  return null;
}

/** Root may not use the browser's own sandbox. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
];
