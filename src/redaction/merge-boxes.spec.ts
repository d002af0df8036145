import fc from 'fast-check';
import type { Box } from '../contracts';
import { mergeOverlapping, type LabelledBox } from './merge-boxes';

const labelled = (...box: [number, number, number, number]): LabelledBox => ({ box, label: '§ 15 b, nr. 5' });

describe('boxes of overlapping decisions', () => {
  it('become one box around both', () => {
    expect(mergeOverlapping([labelled(10, 100, 60, 112), labelled(40, 101, 90, 112)])).toEqual([
      labelled(10, 100, 90, 112),
    ]);
  });

  it('join in a chain', () => {
    expect(mergeOverlapping([labelled(0, 0, 10, 10), labelled(18, 0, 30, 10), labelled(8, 0, 20, 10)])).toEqual([
      labelled(0, 0, 30, 10),
    ]);
  });

  it('stay apart on neighbouring lines that touch', () => {
    const lines = [labelled(10, 112, 60, 124), labelled(10, 100, 60, 112.5)];
    expect(mergeOverlapping(lines)).toEqual(lines);
  });

  it('cover everything that they covered before', () => {
    const box = fc
      .tuple(
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
      )
      .map(([x, y, w, h]): Box => [x, y, x + w, y + h]);
    fc.assert(
      fc.property(fc.array(box, { maxLength: 12 }), (boxes) => {
        const merged = mergeOverlapping(boxes.map((each) => ({ box: each, label: undefined })));
        return boxes.every((each) =>
          merged.some(({ box: [x0, y0, x1, y1] }) => x0 <= each[0] && y0 <= each[1] && x1 >= each[2] && y1 >= each[3]),
        );
      }),
    );
  });
});
