import { MEMO_LIMITS } from './memo-limits';

/**
 * Characters that NgDP refuses in file names since November 2024: `< > : " / \ | ? *`, line breaks and the
 * unusual spaces. Other control characters have no place in a name either.
 */
const REFUSED = /[<>:"/\\|?*\u0000-\u001f\u007f\u00a0\u2000-\u200a\u2028\u205f\u2060\u3000]/;
const REFUSED_RUN = new RegExp(`${REFUSED.source}+`, 'g');

/** True when NgDP would refuse the name for one of its characters. */
export function hasRefusedCharacter(fileName: string): boolean {
  return REFUSED.test(fileName);
}

/** The part after the last dot in lower case without the dot, or an empty text. */
export function extensionOf(fileName: string): string {
  return /[^.]\.([A-Za-z0-9]{1,10})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/**
 * A name that Digital Post takes: refused runs become `-`, edges are trimmed, the extension is kept, at most
 * 256 characters (code points). A name of which nothing is left becomes `dokument`.
 */
export function sanitiseFileName(fileName: string): string {
  const extension = extensionOf(fileName.trim());
  const stem = extension ? fileName.trim().slice(0, -extension.length - 1) : fileName;
  const ending = extension ? `.${extension}` : '';
  const clean = stem
    .normalize('NFC')
    .replace(REFUSED_RUN, '-')
    .replace(/^[\s.-]+|[\s.-]+$/g, '');
  const room = MEMO_LIMITS.text - ending.length;
  return `${[...(clean || 'dokument')].slice(0, room).join('')}${ending}`;
}

/** The same names, sanitised, with ` (2)`, ` (3)` … where two would be equal (case does not count). */
export function uniqueFileNames(fileNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return fileNames.map((name) => {
    const clean = sanitiseFileName(name);
    const extension = extensionOf(clean);
    const ending = extension ? `.${extension}` : '';
    const stem = clean.slice(0, clean.length - ending.length);
    let candidate = clean;
    for (let copy = 2; taken.has(candidate.toLowerCase()); copy += 1) {
      const mark = ` (${copy})${ending}`;
      candidate = `${[...stem].slice(0, MEMO_LIMITS.text - mark.length).join('')}${mark}`;
    }
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}
