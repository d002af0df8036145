/** A text of a foreign system with everything that looks like a CPR number masked, fit for errors and staff pages. */
export function withoutCpr(text: string): string {
  return text.replace(/(?<!\d)\d{6}[- ]?\d{4}(?!\d)/g, 'XXXXXX-XXXX');
}
