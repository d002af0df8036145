/**
 * A text as it counts when two documents are compared: small letters and digits, one space between words. Line breaks,
 * hyphens at their ends, punctuation and accents differ between a file and its scan and say nothing.
 */
export function canonicalText(text: string): string {
  return text
    .toLowerCase()
    .replace(/(\p{L})-\s*\n\s*(\p{L})/gu, '$1$2')
    .replace(/[éèê]/g, 'e')
    .replace(/[üû]/g, 'u')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The numbers of a canonical text, each with how often it stands there; single digits are too common to tell anything. */
export function numbersIn(canonical: string): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const [number] of canonical.matchAll(/\d{2,}/g)) numbers.set(number, (numbers.get(number) ?? 0) + 1);
  return numbers;
}

/** So few numbers tell nothing. */
const FEW = 6;

/** Share of the numbers of two texts that both have, 0 to 1; 1 when they have too few to tell. */
export function sharedNumbers(one: Map<string, number>, other: Map<string, number>): number {
  let both = 0;
  let either = 0;
  for (const number of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(number) ?? 0, other.get(number) ?? 0];
    both += Math.min(a, b);
    either += Math.max(a, b);
  }
  return either < FEW ? 1 : both / either;
}
