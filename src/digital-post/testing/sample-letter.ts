import type { LetterAddress, PrintedLetter } from '../../contracts';
import { samplePdf } from './sample-message';

/** For specs: an address with every part, of a place that does not exist. */
export function sampleAddress(changes: Partial<LetterAddress> = {}): LetterAddress {
  return {
    name: 'Åse & Sønner',
    coName: 'Ida Prøve',
    street: 'Prøvevej',
    building: '12B',
    floor: 'ST',
    suite: 'TV',
    subdivision: 'Nørre Prøve',
    postCode: '8000',
    ...changes,
  };
}

/** For specs: a good letter of three files. */
export function sampleLetter(changes: Partial<PrintedLetter> = {}): PrintedLetter {
  return {
    letterId: '0b3b2c9e-6a1f-4a6d-9a35-1d2b7f0c4e55',
    shipmentType: 265,
    title: 'Svar på din anmodning om aktindsigt',
    createdAt: '2026-11-23T09:14:00Z',
    recipient: sampleAddress(),
    content: samplePdf('brev.pdf', 700).content,
    attachments: ['aktliste', 'aktindsigt'].map((name) => ({ name, content: samplePdf(`${name}.pdf`, 2000).content })),
    ...changes,
  };
}
