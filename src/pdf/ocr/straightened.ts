import sharp from 'sharp';
import type { GreyPicture } from './grey-picture';
import type { RecognisedWord } from './recognised-word';
import { skewOf } from './skew';

export interface Straightened {
  png: Buffer;
  /** Degrees that the picture was turned; 0 when it was left as it is. */
  turned: number;
  /** A word's place in the picture as it was given. */
  placeBefore(word: RecognisedWord): RecognisedWord;
}

/** Turns a scan that was laid in askew, so that its lines are level. */
export async function straightened(png: Buffer, grey: GreyPicture): Promise<Straightened> {
  const skew = skewOf(grey);
  if (skew === 0) return { png, turned: 0, placeBefore: (word) => word };
  const { data, info } = await sharp(png)
    .rotate(-skew, { background: '#ffffff' })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  const { width = info.width, height = info.height } = await sharp(png).metadata();
  const back = turnBack(skew, [info.width / 2, info.height / 2], [width / 2, height / 2]);
  return { png: data, turned: -skew, placeBefore: (word) => ({ ...word, ...back(word) }) };
}

type Place = Pick<RecognisedWord, 'left' | 'top' | 'right' | 'bottom'>;

/** The middle line of a word keeps its length; the word's height stays, so that the box does not grow over its neighbours. */
function turnBack(degrees: number, from: readonly [number, number], to: readonly [number, number]) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const moved = (x: number, y: number): [number, number] => [
    (x - from[0]) * cos - (y - from[1]) * sin + to[0],
    (x - from[0]) * sin + (y - from[1]) * cos + to[1],
  ];
  return ({ left, top, right, bottom }: Place): Place => {
    const corners = [moved(left, top), moved(right, top), moved(left, bottom), moved(right, bottom)];
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  };
}
