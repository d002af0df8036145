import { dirname, resolve } from 'node:path';
import { TEMPLATE_FOLDER } from './environment';

// The package gives out its main script only; the rest lies beside it.
const dkfds = resolve(dirname(require.resolve('dkfds')), '..');

/** A folder that is served under an address; only files whose path (after the folder) passes are given out. */
export interface AssetRoot {
  prefix: string;
  folder: string;
  isServed: (path: string) => boolean;
}

const dkfdsFiles = [
  /^css\/dkfds\.min\.css$/,
  /^js\/dkfds\.min\.js$/,
  /^fonts\/IBMPlexSans\/complete\/woff2?\/IBMPlexSans-[A-Za-z]+\.woff2?$/,
  /^img\/all-svg-icons\.svg$/,
  /^img\/svg-icons\/[a-z0-9-]+\.svg$/,
];

/** Of Det Fælles Designsystem only the minimal style sheet, script, fonts and icons; of our own the look and the scripts. */
export const assetRoots: readonly AssetRoot[] = [
  {
    prefix: '/assets/dkfds/',
    folder: dkfds,
    isServed: (path) => dkfdsFiles.some((pattern) => pattern.test(path)),
  },
  {
    prefix: '/assets/stil/',
    folder: resolve(TEMPLATE_FOLDER, 'assets'),
    isServed: (path) => /^[a-z-]+\.(css|svg)$/.test(path),
  },
  {
    prefix: '/assets/klient/',
    folder: resolve(TEMPLATE_FOLDER, '../../dist/web/client'),
    isServed: (path) => /^[a-z-]+\.js$/.test(path),
  },
];

/** The file behind an address under `/assets/`; null for everything that is not given out. */
export function assetFile(address: string): string | null {
  const root = assetRoots.find(({ prefix }) => address.startsWith(prefix));
  if (!root) return null;
  const path = address.slice(root.prefix.length);
  return root.isServed(path) ? resolve(root.folder, path) : null;
}
