import { rewritten, type LabelledText } from './labelled-text';
import type { Random } from './random';

const MISREAD: Record<string, string[]> = {
  ø: ['o', '0', 'g'],
  æ: ['ae', 'a', '&'],
  å: ['a', 'ä'],
  l: ['1', 'i', 'I'],
  i: ['l', '1'],
  m: ['rn', 'nn'],
  n: ['ri', 'u'],
  e: ['c', 'o'],
  o: ['0', 'c'],
  h: ['b'],
  b: ['h'],
  s: ['5'],
  r: ['i'],
  t: ['f', 'l'],
  u: ['ii', 'n'],
  g: ['q', '9'],
  f: ['t'],
};
const LETTERS = 'abcdefghijklmnoprstuvyæøå';

/** The same text as other channels bring it; labels stay on their words. */
export const inCapitals = (text: LabelledText): LabelledText => each(text, (piece) => piece.toUpperCase());
export const inSmallLetters = (text: LabelledText): LabelledText => each(text, (piece) => piece.toLowerCase());

/** Only the names small: how they are written in chats and hasty notes. */
export function withSmallNames(text: LabelledText): LabelledText {
  return rewritten(
    text,
    (piece) => piece,
    (piece) => piece.toLowerCase(),
  );
}

/** `Kjær` -> `Kjaer`, `Bjørn` -> `Bjorn`, `é` -> `e`. */
export function withoutDanishLetters(text: LabelledText): LabelledText {
  return each(text, (piece) =>
    piece
      .replace(/æ/g, 'ae')
      .replace(/Æ/g, 'Ae')
      .replace(/ø/g, 'o')
      .replace(/Ø/g, 'O')
      .normalize('NFD')
      .replace(/\p{M}/gu, ''),
  );
}

/** As a reading machine gives a bad scan back: about `share` of the letters misread. */
export function misread(text: LabelledText, share: number, random: Random): LabelledText {
  return each(text, (piece) =>
    [...piece]
      .map((letter) => {
        const wrong = MISREAD[letter];
        return wrong && random.chance(share) ? random.of(wrong) : letter;
      })
      .join(''),
  );
}

/** As typed in haste: letters left out, doubled, swapped or hit beside. */
export function mistyped(text: LabelledText, share: number, random: Random): LabelledText {
  return each(text, (piece) => {
    let out = '';
    for (let at = 0; at < piece.length; at += 1) {
      const letter = piece[at]!;
      if (!/\p{L}/u.test(letter) || !random.chance(share)) {
        out += letter;
        continue;
      }
      const kind = random.below(4);
      const next = piece[at + 1];
      if (kind === 1) out += letter + letter;
      else if (kind === 2) out += random.of([...LETTERS]);
      else if (kind === 3 && next && /\p{Ll}/u.test(next)) {
        out += next + letter;
        at += 1;
      }
    }
    return out;
  });
}

function each(text: LabelledText, rewrite: (piece: string) => string): LabelledText {
  const noisy = rewritten(text, rewrite, rewrite);
  return { ...noisy, spans: noisy.spans.filter(({ start, end }) => end > start) };
}
