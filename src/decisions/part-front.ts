import { join } from 'node:path';
import { pageCountOf, typeset, type DividedDocument } from '../pdf';
import type { PartsPlan } from './package-parts';
import { PACKAGE_STEM, partFileName, type Part } from './part-names';

const TEMPLATE = join(__dirname, '..', '..', 'templates', 'letters', 'del.typ');
/** The list grows by its page numbers at most once or twice. */
const MOST_TRIES = 4;

/** Data of `del.typ`. */
interface PartFrontData {
  municipality: string;
  caseNumber: string;
  date: string;
  part: Part;
  documents: { number: string; title: string; case: string; page: number; piece: string }[];
  /** The other files, and what is in them. */
  others: { name: string; documents: string }[];
}

/** The list in front of one part of a divided package: PDF. Its page numbers are those of the part, itself included. */
export async function partFront(plan: PartsPlan, groups: DividedDocument[][], part: Part): Promise<Uint8Array> {
  let inFront = 1;
  for (let tries = 1; ; tries += 1) {
    const data = frontData(plan, groups, part, inFront);
    const { pdf } = await typeset(TEMPLATE, data, { standard: 'ua-1', createdAt: plan.createdAt });
    const pages = await pageCountOf(pdf);
    if (pages === inFront || tries === MOST_TRIES) return pdf;
    inFront = pages;
  }
}

function frontData(
  { municipality, caseNumber, date }: PartsPlan,
  groups: DividedDocument[][],
  part: Part,
  inFront: number,
): PartFrontData {
  const documents: PartFrontData['documents'] = [];
  let page = inFront + 1;
  for (const document of groups[part.number - 1] as DividedDocument[]) {
    const { number, title, caseTitle, pages } = document;
    documents.push({
      number: String(number),
      title,
      case: caseTitle.replace(/^Sag /, ''),
      page,
      piece: pieceInWords(document, part),
    });
    page += pages;
  }
  const others = groups.flatMap((group, index) => {
    if (index + 1 === part.number) return [];
    const name = partFileName(PACKAGE_STEM, { number: index + 1, of: part.of });
    return [{ name, documents: numbersInWords(group) }];
  });
  return { municipality, caseNumber, date, part, documents, others };
}

/** "Side 41 til 80 af 90. Fortsættes i del 3." */
function pieceInWords({ piece, pages }: DividedDocument, { number }: Part): string {
  if (!piece) return '';
  const { before, of } = piece;
  return [
    `Side ${before + 1} til ${before + pages} af ${of}.`,
    ...(before > 0 ? [`Fortsat fra del ${number - 1}.`] : []),
    ...(before + pages < of ? [`Fortsættes i del ${number + 1}.`] : []),
  ].join(' ');
}

function numbersInWords(group: readonly DividedDocument[]): string {
  const [first, last] = [group[0]?.number, group[group.length - 1]?.number];
  return first === last ? `dokument ${first}` : `dokument ${first} til ${last}`;
}
