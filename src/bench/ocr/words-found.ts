/** How many of so many. */
export interface Found {
  found: number;
  all: number;
}

/** Digits that identify: a CPR number, a telephone, an account, a case. */
const LONG_NUMBER = /\d{6,}/;

/**
 * Which words of a page were read, each counted as often as it stands there, wherever on the page; case and signs aside.
 * Numbers count by their digits, as long as they have six in a row or more when signs between them are left out.
 */
export function found(written: string, read: string): { words: Found; numbers: Found } {
  const there = new Map<string, number>();
  for (const word of wordsOf(read)) there.set(word, (there.get(word) ?? 0) + 1);
  const words = { found: 0, all: 0 };
  const numbers = { found: 0, all: 0 };
  for (const word of wordsOf(written)) {
    const left = there.get(word) ?? 0;
    if (left > 0) there.set(word, left - 1);
    for (const kind of LONG_NUMBER.test(word) ? [words, numbers] : [words]) {
      kind.all += 1;
      if (left > 0) kind.found += 1;
    }
  }
  return { words, numbers };
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word !== '');
}
