import { boxOfShown, shownBox, shownSize, type PageShape } from './shown-place';

const upright: PageShape = { width: 600, height: 800, rotation: 0 };
const turned = (rotation: PageShape['rotation']): PageShape => ({ ...upright, rotation });
/** A mark in the lower left corner of the unrotated page, ten points wide and twenty high. */
const corner = [0, 0, 10, 20] as const;

describe('a box on the shown page', () => {
  it('is counted from the top left of an upright page', () => {
    expect(shownBox(upright, [50, 700, 150, 720])).toEqual({ x: 50, y: 80, width: 100, height: 20 });
  });

  it('follows the lower left corner round when the page is turned', () => {
    expect(shownBox(turned(0), corner)).toEqual({ x: 0, y: 780, width: 10, height: 20 });
    expect(shownBox(turned(90), corner)).toEqual({ x: 0, y: 0, width: 20, height: 10 });
    expect(shownBox(turned(180), corner)).toEqual({ x: 590, y: 0, width: 10, height: 20 });
    expect(shownBox(turned(270), corner)).toEqual({ x: 780, y: 590, width: 20, height: 10 });
  });

  it('stands still when the page does not begin at 0, 0', () => {
    const moved: PageShape = { ...upright, origin: [100, 50] };
    expect(shownBox(moved, [150, 750, 250, 770])).toEqual(shownBox(upright, [50, 700, 150, 720]));
  });

  it.each([0, 90, 180, 270] as const)('comes back as it was drawn on a page turned %s degrees', (rotation) => {
    const page: PageShape = { ...turned(rotation), origin: [-12, 30] };
    const box = [40, 110, 190, 128] as const;
    expect(boxOfShown(page, shownBox(page, box))).toEqual(box);
  });

  it('is drawn from any corner, and never outside the page', () => {
    expect(boxOfShown(upright, { x: 700, y: 900, width: -150, height: -200 })).toEqual([550, 0, 600, 100]);
  });
});

it('a page on its side is shown as wide as it is high', () => {
  expect(shownSize(turned(90))).toEqual({ width: 800, height: 600 });
  expect(shownSize(turned(180))).toEqual({ width: 600, height: 800 });
});
