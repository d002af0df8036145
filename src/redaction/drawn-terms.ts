import type { AbsentTerm, Box, PageText } from '../contracts';
import { isLookedFor } from './looked-for';

/** Left out before numbers are looked for: a day has as many digits as a telephone number. */
const DAY = /(?<!\d)(?:\d{1,2}[./ -]\d{1,2}[./ -]\d{4}|\d{4}-\d{2}-\d{2})(?!\d)/g;
const NUMBER = /(?<!\d)\+?\d(?:[ .-]?\d){7,}(?!\d)/g;
const MAIL_ADDRESS = /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu;
/** Two to five words with capitals and nothing else. */
const PROPER_NAME = /^\p{Lu}[\p{L}'’-]*\.?(?: \p{Lu}[\p{L}'’-]*\.?){1,4}$/u;
const ENDS = /^[\s.,;:()»«"]+|[\s.,;:()»«"]+$/g;

/** The words whose middle lies under one of the boxes, in reading order, parted by blanks. */
export function textUnderBoxes(page: PageText, boxes: Box[]): string {
  return page.words
    .filter(({ box }) => boxes.some((each) => holdsMiddle(each, box)))
    .map((word) => word.text)
    .join(' ');
}

/**
 * What of a text that a person drew over may stand nowhere else: whole numbers, mail addresses, and the text itself when it
 * is a name or an address. Running words are not looked for: they stand in other sentences too.
 */
export function drawnTerms(text: string, type: string): AbsentTerm[] {
  const whole = text.replace(ENDS, '');
  const numbers = whole.replace(DAY, '|').match(NUMBER) ?? [];
  const mailAddresses = whole.match(MAIL_ADDRESS) ?? [];
  return [
    ...numbers.map((number) => ({ text: number, type: numberType(number) })),
    ...mailAddresses.map((address) => ({ text: address, type: 'EMAIL' })),
    ...wholeTerm(whole, type),
  ];
}

function wholeTerm(whole: string, type: string): AbsentTerm[] {
  if (type === 'ADDRESS' && isLookedFor(whole, 'ADDRESS')) return [{ text: whole, type }];
  const isName = (type === 'NAME' || type === 'DRAWN') && PROPER_NAME.test(whole);
  return isName && isLookedFor(whole, 'NAME') ? [{ text: whole, type: 'NAME' }] : [];
}

function numberType(number: string): string {
  const digits = number.replace(/\D/g, '').length;
  if (digits === 10) return 'CPR';
  return digits === 8 ? 'PHONE' : 'BANK_ACCOUNT';
}

function holdsMiddle(outer: Box, inner: Box): boolean {
  const [x, y] = [(inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2];
  return x >= outer[0] && x <= outer[2] && y >= outer[1] && y <= outer[3];
}
