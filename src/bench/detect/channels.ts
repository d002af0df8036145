import { alignWords } from './align-words';
import type { Label, LabelledCase } from './labelled-case';

/** A way by which a text reaches the detector. */
export type Channel = (one: LabelledCase) => LabelledCase;

const LETTERS = 'abcdefghijklmnoprstuvyæøå';

/** Capitals throughout, as old systems print. */
export const upperCase: Channel = (one) => edited(one, (letter) => letter.toUpperCase());

/** As written on a keyboard without Danish or foreign letters. */
export const withoutDiacritics: Channel = (one) => {
  const plain: Record<string, string> = { æ: 'ae', ø: 'o', Æ: 'Ae', Ø: 'O' };
  return edited(one, (letter) => plain[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''));
};

/** Each letter is hit wrongly with this chance: left out, doubled, or another instead. Names too. */
export function mistyped(share: number): Channel {
  return (one) => {
    // A fixed start for each text, so that the same errors are made each time.
    let state = one.text.length * 7919;
    const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
    return edited(one, (letter) => {
      if (!/\p{L}/u.test(letter) || next() >= share) return letter;
      const kind = next();
      return kind < 1 / 3 ? '' : kind < 2 / 3 ? letter + letter : LETTERS[Math.floor(next() * LETTERS.length)]!;
    });
  };
}

/**
 * The case with another text that was read from its pages: labels go where their words went. A label whose words were not
 * read stands on the picture and cannot be proposed: it goes behind the text, where it counts as missed.
 */
export function reread(one: LabelledCase, text: string): LabelledCase {
  const place = alignWords(one.text, text);
  const nowhere = { start: text.length, end: text.length };
  const labels = one.labels.map((label): Label => ({ ...label, ...(place(label.start, label.end) ?? nowhere) }));
  return { ...one, text, labels };
}

function edited(one: LabelledCase, edit: (letter: string) => string): LabelledCase {
  const places = new Int32Array(one.text.length + 1);
  let text = '';
  for (let at = 0; at < one.text.length; at += 1) {
    places[at] = text.length;
    text += edit(one.text[at]!);
  }
  places[one.text.length] = text.length;
  const labels = one.labels.map((label) => ({ ...label, start: places[label.start]!, end: places[label.end]! }));
  return { ...one, text, labels };
}
