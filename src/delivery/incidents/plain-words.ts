import { withoutCpr } from '../../records';
import { Refusal } from '../../requests/refusal';

/**
 * What an employee writes about an incident: long enough, and without a CPR number, since it is read by many and kept long.
 * @param field what the refusal is called, so that the page can show it at its field
 */
export function requirePlainWords(field: string, words: string, shortest: number, missing: string): string {
  const text = words.replace(/\r\n/g, '\n').trim();
  if (text.length < shortest) throw new Refusal(field, `${missing} Mindst ${shortest} tegn.`);
  if (withoutCpr(text) !== text)
    throw new Refusal(field, 'Teksten ser ud til at indeholde et personnummer. Skriv den uden personnumre.');
  return text;
}
