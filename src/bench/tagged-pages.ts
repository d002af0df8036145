import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typeset } from '../pdf';

/** Words that make up about 2,500 letters a page, as in a municipal case file. */
const SENTENCES = [
  'Borgeren Mette Holm Kristensen, CPR {cpr}, henvendte sig den {day}. marts 2025 om sin ansøgning om støtte i hjemmet.',
  'Sagsbehandleren talte med borgerens søster Karen Holm, telefon {phone}, som oplyste, at der er behov for hjælp til rengøring.',
  'Det er kommunens vurdering, at betingelserne i servicelovens § 83 er opfyldt, og at hjælpen kan bevilges fra den {day}. april.',
  'Naboen på Åboulevarden {house}, 2. th., har flere gange klaget over støj, og klagen er lagt på sagen til senere vurdering.',
  'Der er indhentet en udtalelse fra lægen, som beskriver funktionsevnen og anbefaler et ophold med genoptræning i otte uger.',
  'Afgørelsen kan påklages inden fire uger; klagen sendes til kommunen, som vurderer sagen igen, før den går til Ankestyrelsen.',
];
const SENTENCES_A_PAGE = 22;

const TEMPLATE = `#let data = json(bytes(sys.inputs.data))
#set document(title: "Sagsakter")
#set page(paper: "a4", margin: 2cm)
#set text(lang: "da", size: 10pt)
#set par(justify: true)
#for (number, page) in data.pages.enumerate() [
  #if number > 0 { pagebreak() }
  = #page.title
  #for paragraph in page.paragraphs [
    #par(paragraph)
  ]
]
`;

/** Writes a tagged PDF of so many different pages of Danish text. 10,000 pages take Typst 3 GB of memory. */
export async function writeTaggedPages(out: string, pages: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-sider-'));
  try {
    const template = join(folder, 'side.typ');
    await writeFile(template, TEMPLATE);
    const data = { pages: Array.from({ length: pages }, (_, index) => pageOf(index)) };
    const { pdf } = await typeset(template, data, { standard: 'ua-1' });
    await writeFile(out, pdf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function pageOf(page: number): { title: string; paragraphs: string[] } {
  const sentences = Array.from({ length: SENTENCES_A_PAGE }, (_, index) => {
    const seed = page * SENTENCES_A_PAGE + index;
    return SENTENCES[seed % SENTENCES.length]
      .replace('{cpr}', `${digits(seed, 6)}-${digits(seed * 7 + 3, 4)}`)
      .replace('{phone}', `${digits(seed * 13 + 1, 8)}`)
      .replace('{house}', String((seed % 90) + 1))
      .replace('{day}', String((seed % 28) + 1));
  });
  const paragraphs = [0, 4, 8, 12, 16, 20].map((at) => sentences.slice(at, at + 4).join(' '));
  return { title: `Journalnotat ${page + 1}`, paragraphs };
}

/** Digits that look like a number of a person and change from line to line. */
function digits(seed: number, length: number): string {
  return String((seed * 2_654_435_761) % 10 ** length).padStart(length, '0');
}
