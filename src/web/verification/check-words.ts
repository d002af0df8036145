/** The gate's checks in the words of those who answer for the package. */
const WORDS: Record<string, string> = {
  readable: 'Filen kan læses',
  'page-text': 'Sidernes tekst',
  'text-under-boxes': 'Tekst under overstregninger',
  'covered-text': 'Tekst, der kun er dækket til',
  annotations: 'Kommentarer og mærker',
  'structure-text': 'Beskrivelser for skærmlæsere',
  'box-pixels': 'Billedet inden for overstregninger',
  'picture-outside': 'Billedet uden for overstregninger',
  original: 'Sammenligning med dokumentet før',
  ocr: 'Maskinlæsning af billedet',
  metadata: 'Filens egne oplysninger',
  navigation: 'Bogmærker og sidenavne',
  attachments: 'Filer i filen',
  'form-values': 'Udfyldte felter',
  scripts: 'Programmer i filen',
  layers: 'Skjulte lag',
  structure: 'Filens opbygning',
  'unreachable-objects': 'Rester, der ikke er i brug',
  'private-data': 'Andre programmers data',
  'object-text': 'Tekst uden for siderne',
  'unpainted-text': 'Tekst, der ikke bliver tegnet',
  'file-name': 'Filens navn',
  text: 'Tekst',
};

/** A check without words of its own is called what the gate calls it. */
export function checkInWords(name: string): string {
  return WORDS[name] ?? name;
}
