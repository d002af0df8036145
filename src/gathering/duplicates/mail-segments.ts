const HEADER =
  /^\s*(?:fra|from|til|to|cc|kopi|sendt|sent|dato|date|emne|subject|vedhæftet|vedhæftede filer|svar til)\s*:/i;
const STARTS_HEADER = /^\s*(?:fra|from)\s*:/i;
const SEPARATORS = [
  /^\s*-{2,}\s*(?:oprindelig meddelelse|original message|videresendt meddelelse|forwarded message)\s*-{2,}\s*$/i,
  /^\s*(?:den|d\.)\s.{4,60}\sskrev\s.{2,80}:\s*$/i,
  /^\s*.{2,80}\sskrev\s(?:den|d\.)\s.{4,60}:\s*$/i,
  /^\s*on\s.{4,80}\swrote:\s*$/i,
];

/**
 * The messages of a mail's text, the newest first, each without its header lines: what the mail says itself, then what it
 * quotes. A text without a quoted tail is one segment.
 */
export function mailSegments(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/^\s*(?:>\s?)+/, ''));
  const segments: string[][] = [[]];
  let isInHeader = true;
  for (const [index, line] of lines.entries()) {
    const isSeparator = SEPARATORS.some((separator) => separator.test(line));
    const beginsHeader = !isInHeader && STARTS_HEADER.test(line) && headerLinesFrom(lines, index) >= 2;
    if (isSeparator || beginsHeader) {
      if (segments[segments.length - 1].some((each) => each.trim())) segments.push([]);
      isInHeader = true;
      continue;
    }
    if (isInHeader && (HEADER.test(line) || line.trim() === '')) continue;
    isInHeader = false;
    segments[segments.length - 1].push(line);
  }
  return segments.map((segment) => segment.join('\n').trim()).filter((segment) => segment !== '');
}

/** A quoted header has several of its lines; a sentence that happens to begin with "Fra:" has one. */
function headerLinesFrom(lines: string[], index: number): number {
  return lines.slice(index, index + 6).filter((line) => HEADER.test(line)).length;
}
