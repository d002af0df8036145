import type { ReadingPage, ReadingVersion } from './reading-model';

/** What the reading version says of itself, the same in HTML and PDF. */
export const ABOUT: readonly string[] = [
  'Læseudgaven er lavet til dig, der får siderne læst op eller ikke ser dem. Den har den samme tekst som den samlede PDF, i den rækkefølge, den læses.',
  'Hvor noget er fjernet, står der »oplysning fjernet« og bestemmelsen. I afgørelsen kan du læse, hvorfor.',
  'Overskrifter, spalter og tabeller er genkendt maskinelt ud fra, hvordan siderne ser ud. Er du i tvivl om, hvad der står, gælder den samlede PDF.',
];
export const CONTENTS = 'Dokumenter i læseudgaven';
export const PICTURE = '[Billede. Det kan ikke læses op; det ses på siden i den samlede PDF.]';
export const NO_TEXT = 'Der er ingen tekst på siden.';

export function byLine({ municipality, caseNumber }: ReadingVersion): string {
  return `${municipality}, sag ${caseNumber}`;
}

/** "Side 3 af 12". */
export function pageTitle({ number, of }: ReadingPage): string {
  return `Side ${number} af ${of}`;
}

/** What one must know of a page before it is read. */
export function pageNotes(page: ReadingPage): string[] {
  const { reading, isPicture } = page;
  const place = placeInWords(page);
  if (reading === 'unread')
    return [...place, 'Maskinen kunne ikke læse siden sikkert. Teksten kan mangle eller være forkert.'];
  if (reading === 'ocr') return [...place, 'Siden er et billede. Teksten er aflæst maskinelt og kan indeholde fejl.'];
  return isPicture ? [...place, 'Siden er et billede med tekst, der kan læses.'] : place;
}

function placeInWords({ packagePage, packagePart, of, number }: ReadingPage): string[] {
  if (packagePart !== undefined) return [`Side ${packagePage} i del ${packagePart} af dokumenterne.`];
  return packagePage === number && of > 1 ? [] : [`Side ${packagePage} i den samlede PDF.`];
}
