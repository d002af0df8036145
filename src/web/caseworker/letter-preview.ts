import type { DecisionLetterData } from '../../pdf';
import type { DecisionPage } from '../views/afgoerelse';

type Paragraph = DecisionPage['letter']['paragraphs'][number];

/** The letter's own words in the order of the letter. */
export function letterPreview(letter: DecisionLetterData): DecisionPage['letter'] {
  const { request, decision, bases, grounds, sources, complaints, rights, enclosures, caseworker } = letter;
  return {
    title: 'Svar på din anmodning om aktindsigt',
    paragraphs: [
      { text: `Kære ${letter.addressee.name}` },
      ...(request.wording ? [{ text: `Du har skrevet: »${request.wording}«` }] : []),
      { text: request.understoodAs },
      { heading: 'Afgørelse', text: decision.text },
      ...listed('Regler', bases),
      ...grounds.flatMap((ground) => groundParagraphs(ground)),
      ...listed('Det har vi søgt i', sources),
      ...complaints.map(({ part, text }) => ({ heading: `Klage: ${part}`, text })),
      ...listed('Dine rettigheder', rights),
      ...listed('Vedlagt', enclosures),
      { text: `Venlig hilsen\n${caseworker.name}` },
    ],
  };
}

function groundParagraphs(ground: DecisionLetterData['grounds'][number]): Paragraph[] {
  const text = [
    ground.provisionText,
    ground.documents,
    ground.restOfDocument,
    ground.extraAccess,
    ground.extraction,
  ].filter(Boolean);
  return [{ heading: `Begrundelse efter ${ground.citation}`, text: text.join('\n') }];
}

function listed(heading: string, sentences: string[]): Paragraph[] {
  return sentences.length > 0 ? [{ heading, text: sentences.join('\n') }] : [];
}
