/** Which of several files it is; both from 1. */
export interface Part {
  number: number;
  of: number;
}

/** The documents' PDF. */
export const PACKAGE_STEM = 'aktindsigt';

/** `aktindsigt.pdf`, or `aktindsigt-del-2-af-3.pdf`. */
export function partFileName(stem: string, { number, of }: Part): string {
  return of === 1 ? `${stem}.pdf` : `${stem}-del-${number}-af-${of}.pdf`;
}

/** "del 2 af 3"; empty for a file that is the only one of its kind. */
export function partInWords(fileName: string): string {
  const [, number, of] = /-del-(\d+)-af-(\d+)\.pdf$/.exec(fileName) ?? [];
  return number === undefined ? '' : `del ${number} af ${of}`;
}
