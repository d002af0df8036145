/** Any spelling of a CPR number: `010190-1234`, `0101901234`, `010190 1234`. */
const CPR = /(?<!\d)\d{6}\s*[-–]?\s*\d{4}(?!\d)/g;

/** Text that may stand in an error or a log: titles and file names of records systems often hold a CPR number. */
export function withoutCpr(text: string): string {
  return text.replace(CPR, '[CPR]');
}
