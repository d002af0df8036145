import type { PageText } from '../../contracts';
import { withoutTouched } from './read-before';

function page(text: string): PageText {
  const words = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    const line = text.slice(0, index).split('\n').length;
    const left = index * 10;
    const box = [left, 800 - line * 20, left + word.length * 10, 812 - line * 20] as const;
    return { text: word, start: index, end: index + word.length, box: [...box] as PageText['words'][number]['box'] };
  });
  return { index: 0, width: 600, height: 800, rotation: 0, text, words, reading: 'ocr', trust: 0.9 };
}

describe('a page that was read before its redaction', () => {
  const before = page('Notat om Anna Berg\nHun bor i nr. 6');

  it('says the rest in the same lines, with places that fit the new text', () => {
    const [, , first, last] = before.words;
    const after = withoutTouched(before, [first.box, last.box]);
    expect(after.text).toBe('Notat om\nHun bor i nr. 6');
    expect(after.words.map(({ start, end }) => after.text.slice(start, end))).toEqual(after.text.split(/\s/));
    expect(after).toMatchObject({ reading: 'ocr', trust: 0.9 });
  });

  it('loses a word of which a box covers a corner only', () => {
    const { box } = before.words[2];
    const after = withoutTouched(before, [[box[0] - 5, box[1] - 5, box[0] + 1, box[1] + 1]]);
    expect(after.text).not.toContain('Anna');
  });

  it('stays as it is beside a box that only meets it', () => {
    const { box } = before.words[2];
    expect(withoutTouched(before, [[box[2], box[1], box[2] + 5, box[3]]]).text).toBe(before.text);
  });
});
