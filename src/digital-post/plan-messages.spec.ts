import fc from 'fast-check';
import { EnclosureTooLargeError, numberedLabel, planMessages } from './plan-messages';

const LETTER = [{ size: 10 }];
const files = (...sizes: number[]) => sizes.map((size, index) => ({ size, name: `fil ${index + 1}` }));

describe('planMessages', () => {
  it('keeps a package in one message when it fits', () => {
    expect(planMessages(LETTER, files(30, 60), { files: 3, rawBytes: 100 })).toEqual([
      { part: 1, parts: 1, enclosures: files(30, 60) },
    ]);
  });

  it('begins a new message at a border when the bytes or the files are used up', () => {
    const sizes = (plan: ReturnType<typeof planMessages>) =>
      plan.map((each) => each.enclosures.map(({ size }) => size));

    expect(sizes(planMessages(LETTER, files(50, 40, 1, 89), { files: 10, rawBytes: 100 }))).toEqual([
      [50, 40],
      [1, 89],
    ]);
    expect(sizes(planMessages(LETTER, files(1, 1, 1, 1, 1), { files: 3, rawBytes: 100 }))).toEqual([
      [1, 1],
      [1, 1],
      [1],
    ]);
  });

  it('counts documents that are bound into one file by their bytes only', () => {
    const documents = Array.from({ length: 40 }, () => ({ size: 2, files: 0 }));
    expect(planMessages([...LETTER, { size: 0 }], documents, { files: 2, rawBytes: 50 })).toHaveLength(2);
  });

  it('sends the letter alone when there is nothing to enclose', () => {
    expect(planMessages(LETTER, [])).toEqual([{ part: 1, parts: 1, enclosures: [] }]);
  });

  it('names the file that fits into no message and says what to do', () => {
    const plan = () => planMessages(LETTER, files(5, 91), { files: 10, rawBytes: 100 });
    expect(plan).toThrow(/Number 2 .* 91 bytes.*room for 90.*Divide/);
    expect(plan).toThrow(EnclosureTooLargeError);
  });

  it('loses nothing, repeats nothing, keeps the order and never exceeds a limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 60 }), (sizes) => {
        const all = files(...sizes);
        const plan = planMessages(LETTER, all, { files: 10, rawBytes: 100 });
        expect(plan.flatMap(({ enclosures }) => enclosures)).toEqual(all);
        for (const { enclosures } of plan) {
          expect(enclosures.length).toBeLessThan(10);
          expect(enclosures.reduce((sum, { size }) => sum + size, 10)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

describe('the title of a message that is one of several', () => {
  it('ends in its number, and is left alone when it is the only one', () => {
    expect(numberedLabel('Svar på din anmodning', 2, 3)).toBe('Svar på din anmodning (2/3)');
    expect(numberedLabel('Svar på din anmodning', 1, 1)).toBe('Svar på din anmodning');
  });

  it('is cut before the number, never the number', () => {
    const label = numberedLabel('å'.repeat(200), 10, 12);
    expect([...label]).toHaveLength(128);
    expect(label.endsWith('å… (10/12)')).toBe(true);
  });
});
