import type { LeakyPdf } from './leaky-pdf';
import { stream } from './leaky-pdf';
import type { HidingPlace } from './places-of-the-file';
import { literal, stringOf } from './secret';

const place = (name: string, hide: HidingPlace['hide']): HidingPlace => ({ name, hide });
const shown = (secret: string, x: number, y: number, before = ''): string =>
  `BT ${before} /F1 12 Tf ${x} ${y} Td ${literal(secret)} Tj ET`;
const whiteImage = (entries: string): string =>
  `/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray ${entries}`;
const PIXELS = Buffer.alloc(4, 255);

function paintImage(pdf: LeakyPdf, image: number): void {
  pdf.resources.XObject.push(`/Im${image} ${image} 0 R`);
  pdf.content.push(`q 20 0 0 20 500 ${pdf.nextLine()} cm /Im${image} Do Q`);
}

/** A JPEG of nothing but its comment and metadata segments: what a camera leaves. */
function jpegWith(secret: string, marker: number): Buffer {
  const text = Buffer.from(marker === 0xe1 ? `Exif\0\0${secret}` : secret, 'latin1');
  const segment = Buffer.from([0xff, marker, (text.length + 2) >> 8, (text.length + 2) & 0xff]);
  const [start, rest] = [TINY_JPEG.subarray(0, 2), TINY_JPEG.subarray(2)];
  return Buffer.concat([start, segment, text, rest]);
}

/** One white pixel, coded in the way that every program reads. */
const TINY_JPEG = Buffer.from(
  '/9j/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAABAAEDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAj/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AKpAB//Z',
  'base64',
);

/** Places on the page and in what it draws with: seen, unseen, covered, off. */
export const PLACES_ON_THE_PAGE: readonly HidingPlace[] = [
  place('visible text', (pdf, secret) => void pdf.content.push(shown(secret, 72, pdf.nextLine()))),
  place('white text', (pdf, secret) => void pdf.content.push(`q 1 g ${shown(secret, 72, pdf.nextLine())} Q`)),
  place(
    'invisible text',
    (pdf, secret) => void pdf.content.push(shown(secret, 72, pdf.nextLine(), '3 Tr'), 'BT 0 Tr ET'),
  ),
  place('text off the page', (pdf, secret) => void pdf.content.push(shown(secret, -400, pdf.nextLine()))),
  place(
    'clipped text',
    (pdf, secret) => void pdf.content.push(`q 0 0 1 1 re W n ${shown(secret, 72, pdf.nextLine())} Q`),
  ),
  place(
    'tiny text',
    (pdf, secret) => void pdf.content.push(`BT /F1 0.4 Tf 300 ${pdf.nextLine()} Td ${literal(secret)} Tj ET`),
  ),
  place('text under a black bar', (pdf, secret) => {
    const y = pdf.nextLine();
    pdf.content.push(shown(secret, 72, y), `q 0 g 70 ${y - 4} 200 18 re f Q`);
  }),
  place('text under a dark picture', (pdf, secret) => {
    const y = pdf.nextLine();
    pdf.content.push(shown(secret, 72, y), `q 200 0 0 18 70 ${y - 4} cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q`);
  }),
  place('text set letter by letter', (pdf, secret) => {
    const pieces = [...secret].map((letter) => `${literal(letter)} ${-10}`).join(' ');
    pdf.content.push(`BT /F1 12 Tf 72 ${pdf.nextLine()} Td [${pieces}] TJ ET`);
  }),
  place('ActualText of marked content', (pdf, secret, random) => {
    pdf.content.push(`/Span << /ActualText ${stringOf(secret, random)} >> BDC ${shown('x', 72, pdf.nextLine())} EMC`);
  }),
  place('Alt of a property list', (pdf, secret, random) => {
    const list = pdf.add(`<< /MCID 7 /Alt ${stringOf(secret, random)} >>`);
    pdf.resources.Properties.push(`/P${list} ${list} 0 R`);
    pdf.content.push(`/Span /P${list} BDC ${shown('y', 72, pdf.nextLine())} EMC`);
  }),
  place('comment in a content stream', (pdf, secret) => void pdf.content.push(`% ${secret}`)),
  place('operand of an unknown operator', (pdf, secret) => void pdf.content.push(`BX ${literal(secret)} ukendt EX`)),
  place('layer that is switched off', (pdf, secret) => {
    const layer = pdf.add('<< /Type /OCG /Name (lag) >>');
    pdf.catalogue.push(`/OCProperties << /OCGs [${layer} 0 R] /D << /OFF [${layer} 0 R] /Order [${layer} 0 R] >> >>`);
    pdf.resources.Properties.push(`/L${layer} ${layer} 0 R`);
    pdf.content.push(`/OC /L${layer} BDC ${shown(secret, 72, pdf.nextLine())} EMC`);
  }),
  place('form that is painted', (pdf, secret, random) => {
    const form = pdf.addStream(
      shown(secret, 0, 2),
      '/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 5 0 R >> >>',
      random,
    );
    pdf.resources.XObject.push(`/Fm${form} ${form} 0 R`);
    pdf.content.push(`q 1 0 0 1 72 ${pdf.nextLine()} cm /Fm${form} Do Q`);
  }),
  place('form that nothing paints', (pdf, secret, random) => {
    const form = pdf.addStream(
      shown(secret, 0, 2),
      '/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << /Font << /F1 5 0 R >> >>',
      random,
    );
    pdf.resources.XObject.push(`/Fu${form} ${form} 0 R`);
  }),
  place('PostScript object', (pdf, secret, random) => {
    const script = pdf.addStream(`${literal(secret)} show`, '/Type /XObject /Subtype /PS', random);
    pdf.resources.XObject.push(`/Ps${script} ${script} 0 R`);
  }),
  place('private data of a form', (pdf, secret, random) => {
    const form = pdf.addStream(
      '0 0 1 1 re f',
      `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /PieceInfo << /P << /Private ${stringOf(secret, random)} >> >>`,
      random,
    );
    pdf.resources.XObject.push(`/Fp${form} ${form} 0 R`);
    pdf.content.push(`q /Fp${form} Do Q`);
  }),
  place('metadata of a picture', (pdf, secret, random) => {
    const xmp = pdf.addStream(`<x>${secret}</x>`, '/Type /Metadata /Subtype /XML', random);
    paintImage(pdf, pdf.addStream(PIXELS, whiteImage(`/Metadata ${xmp} 0 R`), random));
  }),
  place('alternate of a picture', (pdf, secret, random) => {
    const other = pdf.addStream(PIXELS, whiteImage(`/Eget ${stringOf(secret, random)}`), random);
    paintImage(pdf, pdf.addStream(PIXELS, whiteImage(`/Alternates [<< /Image ${other} 0 R >>]`), random));
  }),
  place('bytes behind the pixels', (pdf, secret, random) => {
    paintImage(pdf, pdf.addStream(Buffer.concat([PIXELS, Buffer.from(secret, 'latin1')]), whiteImage(''), random));
  }),
  place('name of a colorant', (pdf, secret, random) => {
    const space = `[/Separation /${Buffer.from(secret, 'latin1')
      .toString('latin1')
      .replace(
        /[^A-Za-z0-9]/g,
        (sign) => `#${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
      )} /DeviceGray << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>]`;
    pdf.resources.ColorSpace.push(`/Cs${random.whole(1, 999)} ${space}`);
  }),
  place('ICC profile', (pdf, secret, random) => {
    const profile = pdf.addStream(
      Buffer.concat([Buffer.alloc(40), Buffer.from(secret, 'latin1'), Buffer.alloc(20)]),
      '/N 1',
      random,
    );
    pdf.resources.ColorSpace.push(`/Icc${profile} [/ICCBased ${profile} 0 R]`);
  }),
  place('EXIF of a JPEG', (pdf, secret) => {
    paintImage(
      pdf,
      pdf.add(
        stream(
          jpegWith(secret, 0xe1),
          '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode',
        ),
      ),
    );
  }),
  place('comment of a JPEG', (pdf, secret) => {
    paintImage(
      pdf,
      pdf.add(
        stream(
          jpegWith(secret, 0xfe),
          '/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode',
        ),
      ),
    );
  }),
  place('inline picture', (pdf, secret) => {
    pdf.content.push(`q 9 0 0 9 500 ${pdf.nextLine()} cm BI /W ${secret.length} /H 1 /BPC 8 /CS /G ID ${secret} EI Q`);
  }),
  place('thumbnail', (pdf, secret, random) => {
    pdf.page.push(
      `/Thumb ${pdf.addStream(Buffer.concat([PIXELS, Buffer.from(secret, 'latin1')]), whiteImage(''), random)} 0 R`,
    );
  }),
  place('font name', (pdf, secret) => {
    const name = secret.replace(/[^A-Za-z0-9]/g, (sign) => `#${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
    const font = pdf.add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`);
    pdf.resources.Font.push(`/N${font} ${font} 0 R`);
    pdf.content.push(`BT /N${font} 12 Tf 72 ${pdf.nextLine()} Td (ord) Tj ET`);
  }),
  place('ToUnicode of a font', (pdf, secret, random) => {
    const hex = Buffer.from(secret, 'utf16le').swap16().toString('hex');
    const cmap = `/CIDInit /ProcSet findresource begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <${hex}> endbfchar endcmap end`;
    const font = pdf.add(
      `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode ${pdf.addStream(cmap, '', random)} 0 R >>`,
    );
    pdf.resources.Font.push(`/U${font} ${font} 0 R`);
    if (random.next() < 0.5) pdf.content.push(`BT /U${font} 12 Tf 72 ${pdf.nextLine()} Td (A) Tj ET`);
  }),
  place('comment in a CMap', (pdf, secret, random) => {
    const cmap = `% ${secret}\nbegincmap 1 begincodespacerange <00> <FF> endcodespacerange endcmap`;
    const font = pdf.add(
      `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode ${pdf.addStream(cmap, '', random)} 0 R >>`,
    );
    pdf.resources.Font.push(`/C${font} ${font} 0 R`);
    pdf.content.push(`BT /C${font} 12 Tf 72 ${pdf.nextLine()} Td (ord) Tj ET`);
  }),
  place('Type 3 glyph', (pdf, secret, random) => {
    const glyph = pdf.addStream(`600 0 d0 ${literal(secret)} pop 0 0 400 600 re f`, '', random);
    const font = pdf.add(
      `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 600] /FontMatrix [.001 0 0 .001 0 0] /CharProcs << /a ${glyph} 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [600] >>`,
    );
    pdf.resources.Font.push(`/T${font} ${font} 0 R`);
    pdf.content.push(`BT /T${font} 12 Tf 72 ${pdf.nextLine()} Td (a) Tj ET`);
  }),
  place('tiling pattern', (pdf, secret, random) => {
    const tile = pdf.addStream(
      shown(secret, 0, 2),
      '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 20] /XStep 300 /YStep 20 /Resources << /Font << /F1 5 0 R >> >>',
      random,
    );
    pdf.resources.Pattern.push(`/Pt${tile} ${tile} 0 R`);
    pdf.content.push(`q /Pattern cs /Pt${tile} scn 72 ${pdf.nextLine()} 250 18 re f Q`);
  }),
  place('soft mask', (pdf, secret, random) => {
    const group = pdf.addStream(
      shown(secret, 0, 2),
      '/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Group << /S /Transparency /CS /DeviceGray >> /Resources << /Font << /F1 5 0 R >> >>',
      random,
    );
    pdf.resources.ExtGState.push(`/Gs${group} << /SMask << /S /Luminosity /G ${group} 0 R >> >>`);
    pdf.content.push(`q /Gs${group} gs 0.5 g 72 ${pdf.nextLine()} 40 12 re f Q`);
  }),
  place('note', (pdf, secret, random) => {
    pdf.annotations.push(
      `${pdf.add(`<< /Type /Annot /Subtype /Text /Rect [500 700 520 720] /Contents ${stringOf(secret, random)} /T ${stringOf(secret, random)} >>`)} 0 R`,
    );
  }),
  place('address of a link', (pdf, secret) => {
    pdf.annotations.push(
      `${pdf.add(`<< /Type /Annot /Subtype /Link /Rect [72 100 90 110] /A << /S /URI /URI ${literal(`mailto:${secret}`)} >> >>`)} 0 R`,
    );
  }),
  place('redaction mark that was not applied', (pdf, secret) => {
    const y = pdf.nextLine();
    pdf.content.push(shown(secret, 72, y));
    pdf.annotations.push(
      `${pdf.add(`<< /Type /Annot /Subtype /Redact /Rect [70 ${y - 4} 270 ${y + 14}] /OverlayText ${literal(secret)} >>`)} 0 R`,
    );
  }),
  place('value of a form field', (pdf, secret, random) => {
    const field = pdf.add(
      `<< /Type /Annot /Subtype /Widget /FT /Tx /T (felt${random.whole(1, 9999)}) /V ${stringOf(secret, random)} /DV ${stringOf(secret, random)} /Rect [72 60 272 80] /DA (/F1 12 Tf 0 g) >>`,
    );
    pdf.annotations.push(`${field} 0 R`);
    pdf.catalogue.push(`/AcroForm << /Fields [${field} 0 R] /DR << /Font << /F1 5 0 R >> >> /DA (/F1 12 Tf 0 g) >>`);
  }),
];
