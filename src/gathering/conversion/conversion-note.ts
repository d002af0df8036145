/** What the caseworker is told about every kind of conversion that is not a plain copy. Codes are stable. */
const SENTENCES = {
  'layout-lost': 'Dokumentet vises som ren tekst: indholdet er bevaret, men layoutet er ikke originalens.',
  'remote-left-out': 'Henvisninger til indhold på nettet er ikke fulgt. Det, de peger på, er ikke med.',
  'macros-left-out': 'Dokumentet har makroer (små programmer). De er ikke kørt og er ikke med.',
  'scripts-left-out': 'Siden har programkode (scripts). Den er ikke kørt og er ikke med.',
  'hidden-sheets-shown': 'Regnearket har skjulte ark. De er vist.',
  'hidden-cells-shown': 'Regnearket har skjulte rækker eller kolonner. De er vist.',
  'cells-cut-off':
    'Nogle felter i regnearket er for smalle til deres indhold. Alle felter står på ekstra sider til sidst.',
  'cells-unchecked': 'Det kunne ikke efterprøves, at alle regnearkets felter er vist. Sammenlign med originalen.',
  'hidden-text-shown': 'Dokumentet har skjult tekst. Den er vist.',
  'hidden-slides-shown': 'Præsentationen har skjulte dias. De er vist.',
  'comments-added': 'Dokumentet har kommentarer. De står på en ekstra side til sidst.',
  'speaker-notes-added': 'Præsentationen har noter til taleren. De står på en ekstra side til sidst.',
  'tracked-changes': 'Dokumentet har registrerede ændringer. Den slettede tekst står på en ekstra side til sidst.',
  'other-text-version': 'Mailen har en ren tekstudgave, der siger noget andet. Den står efter mailens tekst.',
  'pictures-at-end': 'Dokumentets billeder står som sider til sidst.',
  'picture-unreadable': 'Et billede i dokumentet kan ikke vises. Se originalen.',
  'embedded-files': 'Der ligger filer inde i dokumentet. De er taget ud som bilag.',
  'animation-frames': 'Billedet er en animation. Hvert billede i den er vist på sin egen side.',
  'animation-cut': 'Billedet er en lang animation. De første 100 billeder er vist. Se resten i originalen.',
  photo:
    'Filen er et billede. Se det igennem selv: ansigter, husnumre, nummerplader og skærme findes ikke af maskinen.',
  'text-missing': 'Kontorprogrammet viste ikke al dokumentets tekst. Hele teksten står på ekstra sider til sidst.',
  'legacy-hidden-unchecked':
    'Filen er i et ældre format, som ikke kan undersøges for kommentarer og skjult indhold her. Åbn originalen, og se efter.',
  'unused-parts': 'Websiden har dele, som ikke ses på siden. De er taget ud som bilag.',
  'table-from-text': 'Filen er en tabel gemt som tekst. Den er vist som tabel.',
  mislabelled: 'Filens indhold passer ikke til navnet. Den er læst efter indholdet.',
  'encoding-guessed':
    'Filen siger ikke, hvilket tegnsæt den bruger. Tegnsættet er gættet: se efter, at æ, ø og å er rigtige.',
  'mail-cut-off':
    'Mailen er afkortet: slutningen mangler i den fil, der er hentet. Hent den igen, eller se originalen.',
  'owner-locked': 'PDF-filen er låst mod ændringer. Den kan læses uden adgangskode.',
  'office-program-failed': 'Kontorprogrammet kunne ikke omdanne filen. Den er i stedet læst som ren tekst.',
} as const;

export type ConversionNoteCode = keyof typeof SENTENCES;

export interface ConversionNote {
  code: ConversionNoteCode;
  /** One or two Danish sentences for the caseworker. */
  sentence: string;
}

/** Collects notes; the same code twice is one note. */
export class ConversionNotes {
  private readonly codes = new Set<ConversionNoteCode>();

  add(code: ConversionNoteCode): void {
    this.codes.add(code);
  }

  list(): ConversionNote[] {
    return [...this.codes].map((code) => ({ code, sentence: SENTENCES[code] }));
  }
}
