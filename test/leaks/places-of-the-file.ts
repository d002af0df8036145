import type { LeakyPdf } from './leaky-pdf';
import type { Random } from './random';
import { literal, stringOf } from './secret';

/** A way to hide a text in a PDF. */
export interface HidingPlace {
  name: string;
  hide(pdf: LeakyPdf, secret: string, random: Random): void;
}

const place = (name: string, hide: HidingPlace['hide']): HidingPlace => ({ name, hide });
const pdfName = (text: string): string =>
  `/${[...Buffer.from(text, 'latin1')].map((byte) => `#${byte.toString(16).padStart(2, '0')}`).join('')}`;

/** Places outside the pages: catalogue, trailer, names, left-overs. */
export const PLACES_OF_THE_FILE: readonly HidingPlace[] = [
  place('document information', (pdf, secret, random) => {
    const key = random.pick(['Title', 'Author', 'Subject', 'Keywords', 'Producer', 'EgetFelt']);
    pdf.trailer.push(`/Info ${pdf.add(`<< /${key} ${stringOf(secret, random)} >>`)} 0 R`);
  }),
  place('XMP of the file', (pdf, secret, random) => {
    const xmp = `<?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>${secret}</rdf:li></x:xmpmeta>`;
    pdf.catalogue.push(
      `/Metadata ${pdf.addStream(Buffer.from(xmp, 'utf8'), '/Type /Metadata /Subtype /XML', random)} 0 R`,
    );
  }),
  place('bookmark', (pdf, secret, random) => {
    const root = pdf.add('<< >>');
    const item = pdf.add(`<< /Title ${stringOf(secret, random)} /Parent ${root} 0 R /Dest [3 0 R /Fit] >>`);
    pdf.catalogue.push(`/Outlines << /First ${item} 0 R /Last ${item} 0 R /Count 1 >>`);
  }),
  place('named destination', (pdf, secret, random) => {
    pdf.names.push(`/Dests << /Names [${stringOf(secret, random)} [3 0 R /Fit]] >>`);
  }),
  place('named destination of PDF 1.1', (pdf, secret) => {
    pdf.catalogue.push(`/Dests << ${pdfName(secret)} [3 0 R /Fit] >>`);
  }),
  place('page label', (pdf, secret, random) => {
    pdf.catalogue.push(`/PageLabels << /Nums [0 << /P ${stringOf(secret, random)} >>] >>`);
  }),
  place('attached file', (pdf, secret, random) => {
    const file = pdf.addStream(`notat ${secret}`, '/Type /EmbeddedFile', random);
    const spec = pdf.add(`<< /Type /Filespec /F ${literal(`${secret}.txt`)} /EF << /F ${file} 0 R >> >>`);
    pdf.names.push(`/EmbeddedFiles << /Names [(bilag) ${spec} 0 R] >>`);
  }),
  place('associated file', (pdf, secret, random) => {
    const file = pdf.addStream(`data ${secret}`, '/Type /EmbeddedFile', random);
    pdf.catalogue.push(`/AF [<< /Type /Filespec /F (a.xml) /EF << /F ${file} 0 R >> >>]`);
  }),
  place('portfolio field', (pdf, secret, random) => {
    pdf.catalogue.push(`/Collection << /Schema << /Felt << /Subtype /S /N ${stringOf(secret, random)} >> >> >>`);
  }),
  place('JavaScript', (pdf, secret, random) => {
    pdf.names.push(
      `/JavaScript << /Names [(a) << /S /JavaScript /JS ${stringOf(`var a = "${secret}"`, random)} >>] >>`,
    );
  }),
  place('address of the opening action', (pdf, secret) => {
    pdf.catalogue.push(`/OpenAction << /S /URI /URI ${literal(`https://x.example/?q=${secret}`)} >>`);
  }),
  place('additional actions', (pdf, secret, random) => {
    pdf.catalogue.push(`/AA << /WC << /S /JavaScript /JS ${stringOf(secret, random)} >> >>`);
  }),
  place('XFA form', (pdf, secret, random) => {
    const xfa = pdf.addStream(`<xdp:xdp><felt>${secret}</felt></xdp:xdp>`, '', random);
    pdf.catalogue.push(`/AcroForm << /Fields [] /XFA ${xfa} 0 R >>`);
  }),
  place('name of a layer', (pdf, secret, random) => {
    const layer = pdf.add(`<< /Type /OCG /Name ${stringOf(secret, random)} >>`);
    pdf.catalogue.push(`/OCProperties << /OCGs [${layer} 0 R] /D << /Order [${layer} 0 R] >> >>`);
  }),
  place('article thread', (pdf, secret, random) => {
    const bead = pdf.add('<< /R [0 0 10 10] /P 3 0 R >>');
    pdf.catalogue.push(`/Threads [<< /F ${bead} 0 R /I << /Title ${stringOf(secret, random)} >> >>]`);
    pdf.page.push(`/B [${bead} 0 R]`);
  }),
  place('structure element', (pdf, secret, random) => {
    const key = random.pick(['Alt', 'ActualText', 'E', 'T', 'Lang']);
    const root = pdf.add('<< /Type /StructTreeRoot >>');
    const element = pdf.add(
      `<< /Type /StructElem /S /Figure /P ${root} 0 R /Pg 3 0 R /${key} ${stringOf(secret, random)} >>`,
    );
    pdf.catalogue.push(`/StructTreeRoot << /Type /StructTreeRoot /K [${element} 0 R] >> /MarkInfo << /Marked true >>`);
  }),
  place('private data of a program', (pdf, secret, random) => {
    pdf[random.pick(['page', 'catalogue'] as const)].push(
      `/PieceInfo << /Prog << /Private ${stringOf(secret, random)} >> >>`,
    );
  }),
  place('signature dictionary', (pdf, secret, random) => {
    const signature = pdf.add(
      `<< /Type /Sig /Filter /Adobe.PPKLite /Name ${stringOf(secret, random)} /Reason (x) /ByteRange [0 1 2 3] /Contents <00> >>`,
    );
    pdf.catalogue.push(`/Perms << /DocMDP ${signature} 0 R >>`);
  }),
  place('capture information', (pdf, secret, random) => {
    pdf.catalogue.push(`/SpiderInfo << /V 1.0 /C [${pdf.add(`<< /URL ${stringOf(secret, random)} >>`)} 0 R] >>`);
  }),
  place('viewer preference of another program', (pdf, secret, random) => {
    pdf.catalogue.push(
      `/ViewerPreferences << /Eget ${stringOf(secret, random)} >> /URI << /Base ${stringOf(secret, random)} >>`,
    );
  }),
  place('output intent', (pdf, secret, random) => {
    pdf.catalogue.push(`/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /Info ${stringOf(secret, random)} >>]`);
  }),
  place(
    'object that nothing refers to',
    (pdf, secret, random) => void pdf.add(`<< /Forladt ${stringOf(secret, random)} >>`),
  ),
  place('stream that nothing refers to', (pdf, secret, random) => void pdf.addStream(`glemt ${secret}`, '', random)),
  place('packed object', (pdf, secret, random) => {
    const packed = pdf.add(`<< /Note ${stringOf(secret, random)} >>`);
    pdf.packed.add(packed);
    if (random.next() < 0.5) pdf.page.push(`/Eget ${packed} 0 R`);
  }),
  place('trailer', (pdf, secret, random) => void pdf.trailer.push(`/Eget ${stringOf(secret, random)}`)),
  place('comment between objects', (pdf, secret) => void pdf.between.push(`% ${secret}\n`)),
  place('bytes between objects', (pdf, secret) => void pdf.between.push(`${secret}\n`)),
  place('bytes after the end', (pdf, secret) => void pdf.after.push(`${secret}\n`)),
  place('earlier revision', (pdf, secret, random) => {
    const old = pdf.add(`<< /Gammel ${stringOf(secret, random)} >>`);
    pdf.between.push(`${old} 0 obj\n<< /Gammel ${literal(secret)} >>\nendobj\n`);
    pdf.page.push(`/Eget ${old} 0 R`);
  }),
  place('name of an entry', (pdf, secret) => void pdf.page.push(`${pdfName(secret)} true`)),
];
