import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { decodePDFRawStream, PDFDocument, PDFName, type PDFRawStream } from 'pdf-lib';
import sharp from 'sharp';
import type { Box } from '../../contracts';
import { CHANGED_PIXELS_BOUND } from './compare-pages';
import { PdfEngine } from './pdf-engine';
import { rawPdf, type RawObject } from './raw-pdf';

/** Pixels really go, whatever colour space and coding a picture has: the judge takes the cover off and looks under it. */
const PICTURES = join(__dirname, '../../../test/data/pdf-pictures');
const [WIDTH, HEIGHT] = [160, 80];
const SECRET = { left: 60, top: 32, right: 100, bottom: 48 };
/** The page shows a pixel as two points. */
const AT = { x: 100, y: 400, scale: 2 };
const BOX: Box = [
  AT.x + SECRET.left * AT.scale - 2,
  AT.y + (HEIGHT - SECRET.bottom) * AT.scale - 2,
  AT.x + SECRET.right * AT.scale + 2,
  AT.y + (HEIGHT - SECRET.top) * AT.scale + 2,
];
const CONTENT = `q ${WIDTH * AT.scale} 0 0 ${HEIGHT * AT.scale} ${AT.x} ${AT.y} cm /X Do Q`;

const engine = new PdfEngine({ processes: 1 });
const folder = mkdtempSync(join(tmpdir(), 'pdf-pictures-'));
const [input, clean, out] = ['ind.pdf', 'renset.pdf', 'ud.pdf'].map((name) => join(folder, name));
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const picture = (name: string) => readFileSync(join(PICTURES, name));
const image = (entries: string, data: Buffer): RawObject => ({
  dict: `<</Type/XObject/Subtype/Image/Width ${WIDTH}/Height ${HEIGHT}${entries}>>`,
  data,
});
const samples = async (change: (from: sharp.Sharp) => sharp.Sharp) =>
  change(sharp(picture('base.png')))
    .raw()
    .toBuffer();

/** Rows of bits, a set one where the picture is dark. */
async function bits(): Promise<Buffer> {
  const grey = await samples((from) => from.removeAlpha().greyscale());
  const rows = Buffer.alloc((WIDTH / 8) * HEIGHT);
  for (let at = 0; at < WIDTH * HEIGHT; at++) if (grey[at] < 150) rows[at >> 3] |= 0x80 >> (at & 7);
  return rows;
}

/** Run lengths (ISO 32000-1, 7.4.5), as runs of two letters or more and single ones. */
function runLengths(data: Buffer): Buffer {
  const parts: number[] = [];
  for (let at = 0; at < data.length;) {
    let run = 1;
    while (run < 128 && data[at + run] === data[at]) run++;
    parts.push(run > 1 ? 257 - run : 0, data[at]);
    at += run;
  }
  return Buffer.from([...parts, 128]);
}

const flate = '/Filter/FlateDecode';
const rgb = () => samples((from) => from.removeAlpha());
const grey = () => samples((from) => from.removeAlpha().greyscale());
const KINDS: Record<string, () => Promise<RawObject[]>> = {
  'JPEG in three colours': async () => [
    image('/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode', picture('rgb.jpg')),
  ],
  'JPEG in four inks': async () => [
    image('/ColorSpace/DeviceCMYK/BitsPerComponent 8/Decode[1 0 1 0 1 0 1 0]/Filter/DCTDecode', picture('cmyk.jpg')),
  ],
  'JPEG 2000': async () => [image('/Filter/JPXDecode', picture('base.jp2'))],
  'CCITT group 4': async () => [
    image(
      `/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns ${WIDTH}/Rows ${HEIGHT}>>`,
      picture('base.g4'),
    ),
  ],
  'CCITT group 3': async () => [
    image(
      `/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K 0/Columns ${WIDTH}/Rows ${HEIGHT}/EndOfLine true>>`,
      picture('base.g3'),
    ),
  ],
  'one bit': async () => [
    image(`/ColorSpace/DeviceGray/BitsPerComponent 1/Decode[1 0]${flate}`, deflateSync(await bits())),
  ],
  'a stencil': async () => [image(`/ImageMask true/BitsPerComponent 1/Decode[1 0]${flate}`, deflateSync(await bits()))],
  'a palette': async () => {
    const dark = await bits();
    const data = Buffer.alloc(WIDTH * HEIGHT);
    for (let at = 0; at < data.length; at++) data[at] = (dark[at >> 3] >> (7 - (at & 7))) & 1;
    const space = '/ColorSpace[/Indexed/DeviceRGB 1<F0F0D0C02080>]/BitsPerComponent 8';
    return [image(`${space}${flate}`, deflateSync(data))];
  },
  grey: async () => [image(`/ColorSpace/DeviceGray/BitsPerComponent 8${flate}`, deflateSync(await grey()))],
  'four bits of grey': async () => {
    const levels = await grey();
    const data = Buffer.from(
      Array.from({ length: levels.length / 2 }, (_, at) => (levels[at * 2] & 0xf0) | (levels[at * 2 + 1] >> 4)),
    );
    return [image(`/ColorSpace/DeviceGray/BitsPerComponent 4${flate}`, deflateSync(data))];
  },
  'sixteen bits': async () => {
    const levels = await rgb();
    const data = Buffer.from([...levels].flatMap((level) => [level, level]));
    return [image(`/ColorSpace/DeviceRGB/BitsPerComponent 16${flate}`, deflateSync(data))];
  },
  'a calibrated colour space': async () => [
    image(
      `/ColorSpace[/CalRGB<</WhitePoint[0.9505 1 1.089]/Gamma[2.2 2.2 2.2]>>]/BitsPerComponent 8${flate}`,
      deflateSync(await rgb()),
    ),
  ],
  'a colour profile': async () => [
    image(`/ColorSpace[/ICCBased 5 0 R]/BitsPerComponent 8${flate}`, deflateSync(await rgb())),
    { dict: '<</N 3/Alternate/DeviceRGB>>', data: await srgbProfile() },
  ],
  'a spot colour': async () => [
    image(
      `/ColorSpace[/Separation/Stempel/DeviceRGB<</FunctionType 2/Domain[0 1]/C0[1 1 1]/C1[0.7 0.1 0.4]/N 1>>]/BitsPerComponent 8${flate}`,
      deflateSync(await grey()),
    ),
  ],
  'run lengths': async () => [
    image('/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/RunLengthDecode', runLengths(await grey())),
  ],
  'two filters': async () => [
    image(
      '/ColorSpace/DeviceGray/BitsPerComponent 8/Filter[/ASCIIHexDecode/FlateDecode]',
      Buffer.from(`${deflateSync(await grey()).toString('hex')}>`),
    ),
  ],
  'a soft mask': async () => [
    image(`/ColorSpace/DeviceRGB/BitsPerComponent 8/SMask 5 0 R${flate}`, deflateSync(await rgb())),
    image(`/ColorSpace/DeviceGray/BitsPerComponent 8${flate}`, deflateSync(Buffer.alloc(WIDTH * HEIGHT, 200))),
  ],
};

async function srgbProfile(): Promise<Buffer> {
  const withProfile = await sharp(picture('base.png')).withIccProfile('srgb').png().toBuffer();
  return (await sharp(withProfile).metadata()).icc!;
}

/** The file as one who takes the covers off sees it: what is left under them shows. */
async function withoutCovers(pdf: string): Promise<string> {
  const document = await PDFDocument.load(readFileSync(pdf), { updateMetadata: false });
  const leaf = document.getPage(0).node;
  const contents = document.context.lookup(leaf.get(PDFName.of('Contents'))) as PDFRawStream;
  const bare = Buffer.from(decodePDFRawStream(contents).decode())
    .toString('latin1')
    .replace(/^.* re f$/gm, '');
  expect(bare).toMatch(/Do/);
  leaf.set(PDFName.of('Contents'), document.context.register(document.context.flateStream(bare)));
  const bareFile = join(folder, 'uden-daekke.pdf');
  writeFileSync(bareFile, await document.save());
  return bareFile;
}

/** Grey levels of the page in the middle of the secret, and beside it. */
async function levelsAt(pdf: string, left: number): Promise<number[]> {
  const png = await engine.rasterise(pdf, 0, { dpi: 72, format: 'png' });
  const region = { left, top: 842 - Math.round(BOX[3]) + 5, width: 60, height: 20 };
  return [...(await sharp(png).extract(region).greyscale().raw().toBuffer())];
}

const atSecret = Math.round(BOX[0]) + 8;
const beside = AT.x + 30 * AT.scale - 30;
const spread = (levels: number[]) => Math.max(...levels) - Math.min(...levels);

describe('pixels under a box', () => {
  it.each(Object.entries(KINDS))('go from %s, and the rest of the picture stays', async (_, make) => {
    const objects = await make();
    writeFileSync(input, rawPdf([{ content: CONTENT, resources: '/XObject<</X 4 0 R>>' }], objects));
    await engine.sanitise(input, clean);
    const [ground] = await levelsAt(clean, beside);
    expect((await levelsAt(clean, atSecret)).every((level) => Math.abs(level - ground) > 30)).toBe(true);

    const result = await engine.redact(clean, out, { 0: [BOX] });
    expect(result.rasterised).toEqual([]);
    expect(result.changedPixels).toBeLessThanOrEqual(CHANGED_PIXELS_BOUND);
    expect(await levelsAt(out, atSecret)).toEqual(Array(1200).fill(0));
    const left = await levelsAt(await withoutCovers(out), atSecret);
    expect(spread(left)).toBe(0);
  });
});
