import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const DPI = 200;

/** What a scanner would have made of a printed PDF: a little askew, grey, without text. */
export async function scanned(pdf: Buffer, to: 'jpg' | 'png' | 'tif'): Promise<Buffer> {
  const pages = await Promise.all(rasterised(pdf).map(askew));
  if (to !== 'tif' && pages.length > 1) throw new Error(`A ${to} holds one page and the text fills ${pages.length}.`);
  if (to === 'jpg') return sharp(pages[0]).jpeg({ quality: 55 }).withMetadata({ density: DPI }).toBuffer();
  if (to === 'png') return sharp(pages[0]).png({ palette: true, colours: 8 }).withMetadata({ density: DPI }).toBuffer();
  const pixelsPerMillimetre = DPI / 25.4;
  return sharp(pages, { join: { animated: true } })
    .grayscale()
    .threshold(165)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, xres: pixelsPerMillimetre, yres: pixelsPerMillimetre })
    .toBuffer();
}

function rasterised(pdf: Buffer): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'scan-'));
  try {
    writeFileSync(join(folder, 'in.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', String(DPI), '-gray', '-png', join(folder, 'in.pdf'), join(folder, 'page')]);
    const names = readdirSync(folder).filter((name) => name.endsWith('.png'));
    return names.sort().map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Half a degree to one side, and the same size again, so that frames of one file are equal. */
async function askew(page: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(page).metadata();
  const turned = await sharp(page).rotate(0.4, { background: '#fff' }).toBuffer();
  return sharp(turned).resize(width, height, { fit: 'cover' }).grayscale().blur(0.5).png().toBuffer();
}
