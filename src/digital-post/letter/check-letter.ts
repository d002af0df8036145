import type { LetterAddress, PrintedLetter } from '../../contracts';
import { sizeOf } from '../byte-source';

/**
 * Limits of one letter through the print service. Bytes before base64: 7 MiB is what the service takes in production.
 * Characters and patterns: the schema of ForsendelseI (urn:oio:fjernprint:1.0.0) and of Danish addresses (DKCC).
 */
export const LETTER_LIMITS = { rawBytes: 7 * 1024 * 1024, attachments: 100, attachmentName: 300 } as const;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A part of an address: what it is called in a sentence, its rule, and the rule in words. */
const ADDRESS: Readonly<Record<keyof LetterAddress, [name: string, rule: RegExp, words: string]>> = {
  name: ['name', /^.{1,130}$/u, '1 to 130 characters'],
  coName: ['c/o name', /^.{1,130}$/u, '1 to 130 characters'],
  street: ['street', /^.{1,40}$/u, '1 to 40 characters'],
  building: ['house number', /^[1-9]\d{0,2}[A-Z]?$/, 'a number from 1 to 999 and at most one capital letter'],
  floor: ['floor', /^(?:[1-9]\d?|KL|ST|kl|st|[Kk][2-9])$/, 'a number from 1 to 99, ST, KL or K2 to K9'],
  suite: ['door', /^.{1,4}$/u, '1 to 4 characters'],
  subdivision: ['place in the town', /^.{1,34}$/u, '1 to 34 characters'],
  postCode: ['post code', /^\d{4}$/, 'four digits'],
};

/**
 * What the print service would refuse in a letter, in sentences that hold no part of the address. Empty when it may go;
 * whether the files are PDFs is seen when they are read.
 */
export function checkLetter(letter: PrintedLetter, rawBytes: number = LETTER_LIMITS.rawBytes): string[] {
  const { letterId, shipmentType, title, recipient, attachments } = letter;
  const bytes = [letter, ...attachments].reduce((sum, { content }) => sum + sizeOf(content), 0);
  const checks: [isFault: boolean, sentence: string][] = [
    [!UUID.test(letterId), 'The letter has no UUID for its id.'],
    [
      !Number.isSafeInteger(shipmentType) || shipmentType < 1,
      'The type of shipment must be the positive number of the agreement with the print service.',
    ],
    [title.trim() === '', 'The letter has no title.'],
    [
      attachments.length > LETTER_LIMITS.attachments,
      `The letter has ${attachments.length} attachments, and ${LETTER_LIMITS.attachments} is the most.`,
    ],
    [
      attachments.some(({ name }) => name.trim() === '' || [...name].length > LETTER_LIMITS.attachmentName),
      `The name of an attachment must have 1 to ${LETTER_LIMITS.attachmentName} characters.`,
    ],
    [
      bytes > rawBytes,
      `The letter has ${bytes} bytes, and the print service takes ${rawBytes}. Print it here, or hand it over in another way.`,
    ],
  ];
  const faults = checks.filter(([isFault]) => isFault).map(([, sentence]) => sentence);
  return recipient ? [...faults, ...addressFaults(recipient)] : faults;
}

/** What the print service would refuse in an address, in sentences that hold no part of it. */
export function addressFaults(address: LetterAddress): string[] {
  return (Object.keys(ADDRESS) as (keyof LetterAddress)[]).flatMap((part) => {
    const value = address[part];
    const [name, rule, words] = ADDRESS[part];
    const isNeeded = ['name', 'street', 'building', 'postCode'].includes(part);
    if (value === undefined) return isNeeded ? [`The address has no ${name}.`] : [];
    return rule.test(value) ? [] : [`The ${name} of the address must be ${words}.`];
  });
}
