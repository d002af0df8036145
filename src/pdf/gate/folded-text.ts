/** A text reduced to what survives retyping: lower-case letters and digits without marks, and where each came from. */
export interface FoldedText {
  letters: string;
  /** `starts[i]` and `ends[i]` are the UTF-16 range in the input that `letters[i]` stands for. */
  starts: number[];
  ends: number[];
}

const FOLDED = new Map<string, string>();

/**
 * Folds a text for comparison. Case, diacritics, ligatures, full-width forms, blanks, dashes and invisible characters
 * vanish; æ, ä and `ae`, ø, ö and `oe`, å and `aa` become one letter each, since registers spell names both ways.
 * @param digraphs false leaves `aa`, `ae`, `oe` as two letters (a text that is spaced letter by letter)
 */
export function foldText(text: string, digraphs = true): FoldedText {
  const folded: FoldedText = { letters: '', starts: [], ends: [] };
  const letters: string[] = [];
  let lastEnd = -1;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const width = code >= 0xd800 && code < 0xdc00 && at + 1 < text.length ? 2 : 1;
    const simple = code < 0x80 ? foldAscii(code) : foldOther(text.slice(at, at + width));
    for (const letter of simple) {
      const previous = letters[letters.length - 1];
      const adjacent = digraphs && lastEnd === at && simple.length === 1;
      if (adjacent && ((letter === 'a' && previous === 'a') || (letter === 'e' && isOneOf(previous, 'a', 'o')))) {
        folded.ends[folded.ends.length - 1] = at + width;
        continue;
      }
      letters.push(letter);
      folded.starts.push(at);
      folded.ends.push(at + width);
    }
    if (simple !== '') lastEnd = at + width;
    at += width;
  }
  folded.letters = letters.join('');
  return folded;
}

const ASCII = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(letter) ? letter : '';
});

function foldAscii(code: number): string {
  return ASCII[code] as string;
}

function foldOther(character: string): string {
  const known = FOLDED.get(character);
  if (known !== undefined) return known;
  const plain = character
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[åÅ]/g, 'a')
    .replace(/[æäǽ]/g, 'a')
    .replace(/[øöœ]/g, 'o')
    .replace(/ß/g, 'ss')
    .replace(/đ/g, 'd')
    .replace(/ł/g, 'l')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
  if (FOLDED.size < 20_000) FOLDED.set(character, plain);
  return plain;
}

function isOneOf(value: string | undefined, ...choices: string[]): boolean {
  return value !== undefined && choices.includes(value);
}

/** True for a letter or a digit: what must not stand beside a short term that is found. */
export function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && character !== '' && /[\p{L}\p{N}]/u.test(character);
}
