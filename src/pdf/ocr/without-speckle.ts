import sharp from 'sharp';

/** Mean difference, of 255, between a picture and itself with every pixel the median of those around: clean pages have 0 to 3. */
const SPECKLED = 7;
const SAMPLE = 500;

/** A speckled scan with the speckle taken out; any other picture as it is. Speckle makes a reading program slow and wrong. */
export async function withoutSpeckle(png: Buffer): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(png).metadata();
  if (width < SAMPLE || height < SAMPLE) return png;
  const region = {
    left: Math.floor((width - SAMPLE) / 2),
    top: Math.floor((height - SAMPLE) / 2),
    width: SAMPLE,
    height: SAMPLE,
  };
  const sample = await sharp(png).flatten({ background: '#ffffff' }).extract(region).greyscale().png().toBuffer();
  const [plain, smooth] = await Promise.all([sharp(sample).raw().toBuffer(), sharp(sample).median(3).raw().toBuffer()]);
  const difference = plain.reduce((sum, value, at) => sum + Math.abs(value - (smooth[at] as number)), 0) / plain.length;
  if (difference < SPECKLED) return png;
  return sharp(png).flatten({ background: '#ffffff' }).greyscale().median(3).png({ compressionLevel: 1 }).toBuffer();
}
