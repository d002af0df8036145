/** APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe colour transform) decide how the picture looks; the rest tells stories. */
const KEPT_SEGMENTS = new Set([0xe0, 0xe2, 0xee]);

/** Leaves camera data, places, thumbnails, comments and what follows the picture out of a JPEG file. Pixels are untouched. */
export function stripJpeg(jpeg: Uint8Array): Uint8Array {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return jpeg;
  const parts: Uint8Array[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) {
      parts.push(jpeg.subarray(at, endOfPicture(jpeg, at)));
      return Buffer.concat(parts);
    }
    const length = 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
    const isStory = (marker >= 0xe0 && marker <= 0xef && !KEPT_SEGMENTS.has(marker)) || marker === 0xfe;
    if (!isStory) parts.push(jpeg.subarray(at, at + length));
    at += length;
  }
  return jpeg;
}

function endOfPicture(jpeg: Uint8Array, from: number): number {
  for (let at = jpeg.length - 2; at > from; at--) {
    if (jpeg[at] === 0xff && jpeg[at + 1] === 0xd9) return at + 2;
  }
  return jpeg.length;
}
