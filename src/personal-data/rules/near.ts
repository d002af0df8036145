/** A window ends at a blank, so that no word is cut; a word longer than this is cut all the same. */
const LONGEST_WORD = 80;

/**
 * The matches of a pattern, looked for only around the places that show a sign of one: a house number after a street's
 * ending, the word that announces an account. The sign is cheap to find and the pattern is not.
 * @param before how far before a sign a match, and what it looks back at, can begin
 * @param after how far after a sign a match, and what it looks ahead at, can end
 */
export function matchesNear(
  text: string,
  pattern: RegExp,
  sign: RegExp,
  before: number,
  after: number,
): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  let from = 0;
  let to = -1;
  const readWindow = (): void => {
    if (to < 0) return;
    for (const match of text.slice(from, to).matchAll(pattern)) {
      match.index += from;
      matches.push(match);
    }
  };
  sign.lastIndex = 0;
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    const start = blankBefore(text, found.index - before);
    if (start > to) {
      readWindow();
      from = start;
    }
    to = blankAfter(text, found.index + found[0].length + after);
  }
  readWindow();
  return matches;
}

function blankBefore(text: string, position: number): number {
  let start = Math.max(0, position);
  const last = Math.max(0, start - LONGEST_WORD);
  while (start > last && !isBlank(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function blankAfter(text: string, position: number): number {
  let end = Math.min(text.length, position);
  const last = Math.min(text.length, end + LONGEST_WORD);
  while (end < last && !isBlank(text.charCodeAt(end))) end += 1;
  return end;
}

/** Blank, tab or the end of a line. */
function isBlank(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 9 || unit === 13;
}
