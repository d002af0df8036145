import sharp from 'sharp';

/** A picture in shades of grey, a byte a pixel, white is 255. */
export interface GreyPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
  /** Pixels of the original a pixel of this one. */
  scale: number;
}

/** The resolution at which skew and ink are measured: small enough to be quick, fine enough for letters. */
export const MEASURING_DPI = 100;

/** The picture made small. Noise of single pixels is averaged away. */
export async function greyPicture(png: Buffer, dpi: number): Promise<GreyPicture> {
  const { width = 1 } = await sharp(png).metadata();
  const wanted = Math.max(1, Math.round((width * MEASURING_DPI) / dpi));
  const { data, info } = await sharp(png)
    .flatten({ background: '#ffffff' })
    .greyscale()
    .resize({ width: wanted, kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = info.channels === 1 ? new Uint8Array(data) : data.filter((_, index) => index % info.channels === 0);
  return { width: info.width, height: info.height, pixels: new Uint8Array(pixels), scale: width / info.width };
}

/** True for every pixel so much darker than the paper that something is written or drawn there. */
export function inkOf({ pixels }: GreyPicture): Uint8Array {
  const paper = brightness(pixels);
  const limit = paper - Math.max(48, paper * 0.28);
  return pixels.map((value) => (value < limit ? 1 : 0));
}

/** How bright most of the page is. */
function brightness(pixels: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const value of pixels) counts[value] += 1;
  let seen = 0;
  for (let value = 255; value >= 0; value -= 1) {
    seen += counts[value];
    if (seen >= pixels.length * 0.4) return Math.max(value, 120);
  }
  return 255;
}
