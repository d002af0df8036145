import type { AbsentTerm } from '../../src/contracts';
import type { Random } from './random';

const FIRST = ['Thyra', 'Vagn', 'Solvej', 'Ejvind', 'Asbjørn', 'Gudrun', 'Børge', 'Ragnhild'];
const LAST = ['Qvistgaard', 'Stjernholm', 'Ærenlund', 'Wøldike', 'Zachariassen', 'Håstrup', 'Brunkhorst'];

/** Something that must be gone; its kind says how it may be written. */
export function secretFrom(random: Random): AbsentTerm {
  const digits = (count: number): string => Array.from({ length: count }, () => random.whole(0, 9)).join('');
  const two = (low: number, high: number): string => String(random.whole(low, high)).padStart(2, '0');
  switch (random.whole(0, 4)) {
    case 0:
      return { text: `${two(1, 28)}${two(1, 12)}${two(10, 99)}-${digits(4)}`, type: 'CPR' };
    case 1:
      return { text: `${random.whole(20, 99)}${digits(6)}`, type: 'PHONE' };
    case 2:
      return { text: `${digits(4)} ${random.whole(1, 9)}${digits(9)}`, type: 'BANK_ACCOUNT' };
    case 3:
      return {
        text: `${random
          .pick(FIRST)
          .toLowerCase()
          .replace(/[^a-z]/g, 'x')}${digits(3)}@fjern.example`,
        type: 'EMAIL',
      };
    default:
      return { text: `${random.pick(FIRST)} ${random.pick(LAST)}`, type: 'NAME' };
  }
}

/** A secret as a PDF string, in one of the ways in which programs write it. */
export function stringOf(text: string, random: Random): string {
  switch (random.whole(0, 3)) {
    case 0:
      return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
    case 1:
      return `<${Buffer.from(text, 'latin1').toString('hex')}>`;
    case 2:
      return `(${[...text].map((letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')})`;
    default:
      return literal(text);
  }
}

export function literal(text: string): string {
  return `(${text.replace(/[\\()]/g, '\\$&')})`;
}
