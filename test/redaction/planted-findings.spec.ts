import { CLARA, IDA } from '../../src/sandbox/municipality/citizens';
import { FAMILY_CASE } from '../../src/sandbox/municipality/family-case';
import { CLARA_CASE } from '../../src/sandbox/municipality/small-cases';
import { documentsOf, PlantedRequest, registerOf, type Act, type PlantedDocument } from './planted-request';

const page = (id: string, title: string, text: string): PlantedDocument => ({ id, title, text });

/** Clara's case in Solby with what a test puts into it. */
function claras(more: PlantedDocument[], earlier: PlantedDocument[] = []): PlantedRequest {
  const register = registerOf([CLARA_CASE], CLARA);
  return new PlantedRequest([...documentsOf(CLARA_CASE), ...more], register, [CLARA_CASE.number], earlier);
}

interface PlantedText {
  rule: string;
  more: PlantedDocument[];
  earlier?: PlantedDocument[];
  acts: Act[];
  found: { text: string; in: string; kind: string };
}

const WITNESS = page(
  'a',
  'Notat',
  'Notat 3. april 2025. Clara Sand ringer. Vidnet Bertil Ravnsbjerg, tlf. 67 31 22 90, så det.',
);

const TEXTS: PlantedText[] = [
  {
    rule: 'a name that goes in one document and was kept in another',
    more: [WITNESS, page('b', 'Brev', 'Clara Sand har talt med Bertil Ravnsbjerg om indkørslen.')],
    acts: [{ document: 'b', words: 'Bertil Ravnsbjerg', decision: 'keep' }],
    found: { text: 'Bertil Ravnsbjerg', in: 'b', kind: 'page' },
  },
  {
    rule: 'a telephone number that is written otherwise elsewhere',
    more: [WITNESS, page('b', 'Liste', 'Clara Sand. Ring på 6731 2290 efter kl. 16.')],
    acts: [{ document: 'b', words: '6731', decision: 'forget' }],
    found: { text: '6731 2290', in: 'b', kind: 'page' },
  },
  {
    rule: 'a first name alone where the whole name goes elsewhere',
    more: [WITNESS, page('b', 'Journal', 'Clara Sand siger, at Bertil ikke vil tale mere om det.')],
    acts: [{ document: 'b', words: 'Bertil', decision: 'forget' }],
    found: { text: 'Bertil', in: 'b', kind: 'page' },
  },
  {
    rule: 'a name in the head of a mail',
    more: [
      WITNESS,
      page('b', 'Mail', 'Fra: Peter Blak\nTil: Clara Sand\nCc: Bertil Ravnsbjerg\nEmne: Parkering\n\nDet er noteret.'),
    ],
    acts: [{ document: 'b', words: 'Bertil Ravnsbjerg', decision: 'keep' }],
    found: { text: 'Bertil Ravnsbjerg', in: 'b', kind: 'mail-head' },
  },
  {
    rule: 'the subject of a mail',
    more: [WITNESS, page('b', 'Mail', 'Fra: Peter Blak\nTil: Clara Sand\nEmne: Bertil igen\n\nDet er noteret.')],
    acts: [{ document: 'b', words: 'Bertil', decision: 'forget' }],
    found: { text: 'Bertil', in: 'b', kind: 'mail-head' },
  },
  {
    rule: 'an address that a caseworker drew over in one place only',
    more: [
      page('a', 'Notat', 'Clara Sand. Værelset i gården Ellebæk Allé 7B blev set.'),
      page('b', 'Plan', 'Clara Sand får besøg. Mødested: Ellebæk Allé 7B kl. 9.'),
    ],
    acts: [
      { document: 'a', words: 'Ellebæk Allé 7B', decision: 'forget' },
      { document: 'a', words: 'Ellebæk Allé 7B', decision: 'remove', type: 'ADDRESS' },
      { document: 'b', words: 'Ellebæk', decision: 'keep' },
    ],
    found: { text: 'Ellebæk Allé 7B', in: 'b', kind: 'page' },
  },
  {
    rule: 'an e-mail address that was kept in a list of copies',
    more: [
      page('a', 'Mail', 'Fra: bertil.ravnsbjerg@postfisk.example\nTil: Clara Sand\n\nHej Clara'),
      page('b', 'Oversigt', 'Clara Sand. Kopi til bertil.ravnsbjerg@postfisk.example den 4. april.'),
    ],
    acts: [{ document: 'b', words: 'bertil.ravnsbjerg', decision: 'keep' }],
    found: { text: 'bertil.ravnsbjerg@postfisk.example', in: 'b', kind: 'page' },
  },
  {
    rule: 'a file name that became a title of the aktliste',
    more: [WITNESS, page('b', 'ravnsbjerg_02.pdf', 'Clara Sand har sendt billedet.')],
    acts: [],
    found: { text: 'ravnsbjerg', in: 'b', kind: 'title' },
  },
  {
    rule: 'a title of the aktliste',
    more: [WITNESS, page('b', 'Ravnsbjerg-sagen', 'Clara Sand bad om en kopi.')],
    acts: [],
    found: { text: 'Ravnsbjerg', in: 'b', kind: 'title' },
  },
  {
    rule: 'what the citizen was given with an earlier answer',
    more: [WITNESS],
    earlier: [page('2024', 'Notat', 'Clara Sand. Vidne: Bertil Ravnsbjerg.')],
    acts: [],
    found: { text: 'Bertil Ravnsbjerg', in: '2024', kind: 'earlier' },
  },
];

describe('a text that goes in one place and is seen in another', () => {
  it('is planted in ten ways', () => expect(TEXTS).toHaveLength(10));

  it.each(TEXTS)('is found: $rule', ({ more, earlier, acts, found }) => {
    const all = claras(more, earlier).inconsistent(acts);
    const seen = all.flatMap((each) => each.seenAt.map(({ kind }) => ({ text: each.text, in: each.groupId, kind })));
    expect(seen).toContainEqual(found);
    expect(
      claras(more, [])
        .inconsistent([])
        .filter(({ groupId }) => groupId !== found.in),
    ).toEqual([]);
  });
});

/** Documents of citizens who have nothing to do with the case, each recognisable by something else. */
const STRANGERS: [rule: string, text: string][] = [
  [
    'a decision with name, address and number',
    'Afgørelse om hjælpemidler\nAynur Demirkan\nSkovbakken 31, 1. th.\n7799 Solby\nCPR-nr. 030786-1458\n\nKære Aynur Demirkan\nDu får bevilget en rollator.',
  ],
  [
    'a letter with name and address and no number',
    'Jens-Ole Kragelund\nMosevej 12\n7798 Hvidmose\n\nKære Jens-Ole Kragelund\nDin ansøgning om boligstøtte er modtaget.',
  ],
  [
    'a note that knows the citizen by number only',
    'Telefonnotat 4. marts. CPR 030786-1458 ringer om sin plads i dagtilbud.',
  ],
  ['a masked number', 'Opslag i fagsystem. Borger 110951-xxxx er flyttet til nyt område. Ingen ændring i ydelse.'],
  [
    'a subject line of a mail',
    'Fra: Peter Blak\nTil: Borgerservice\nEmne: Yusuf Karacan\n\nKan I sende hans papirer videre?',
  ],
  [
    'a form with labels',
    'Ansøgningsskema\nNavn: Marie-Louise Thygesen\nTelefon: 67 44 18 20\nJeg søger om parkeringskort.',
  ],
  ['a birth date', 'Sundhedsplejen. Barn: Storm Iversen Holm, født 12.03.2023. Vægt 8,2 kg. Trives.'],
  [
    'another citizen of the same name',
    'Afgørelse om parkering\nClara Overby Sand, CPR 050561-1456\nRugmarken 88, 7797 Nyrup\nDu får afslag på dispensation.',
  ],
  [
    'a letter from another citizen to an employee of the case',
    'Til Peter Blak\n\nJeg hedder Frode Bisgaard Lauridsen, 210744-1577. Min vej er fuld af huller.\nVenlig hilsen\nFrode Bisgaard Lauridsen',
  ],
  [
    'a table row of payments',
    'Udbetalinger april\nModtager: Hassan Omar Warsame\nCPR: 171190-1537 Konto: 7450 1001773380 Beløb: 12.440,00',
  ],
];

describe('a document that lies on the wrong citizen', () => {
  it('is planted in ten ways', () => expect(STRANGERS).toHaveLength(10));

  it.each(STRANGERS)('is stopped: %s', (_rule, text) => {
    expect(claras([page('fremmed', 'Dokument', text)]).misfiled()).toEqual(['fremmed']);
  });

  it('is stopped in a case of many people too', () => {
    const documents = [
      ...documentsOf(FAMILY_CASE),
      ...STRANGERS.map(([, text], index) => page(`f${index}`, 'Dokument', text)),
    ];
    const request = new PlantedRequest(documents, registerOf([FAMILY_CASE], IDA), [FAMILY_CASE.number]);
    // In Ida's case the namesake of Clara is simply a stranger.
    expect(request.misfiled()).toEqual(STRANGERS.map((_, index) => `f${index}`));
  });
});

describe('a document that is about nobody in particular', () => {
  const GENERAL: [rule: string, text: string][] = [
    [
      'guidance about rights',
      'Vejledning om partshøring. Du har ret til at se sagens oplysninger, før der træffes afgørelse, jf. forvaltningslovens § 19.',
    ],
    [
      'minutes of a department',
      'Referat af teammøde i Borgerservice. Til stede: Peter Blak og Lone Ravn. Næste møde den 4. maj kl. 10.',
    ],
    [
      'a price list',
      'Takster 2025. Pas til voksne 891,38 kr. Pas til børn 178 kr. Ring til Borgerservice på 58 10 02 00.',
    ],
    ['an empty page', ''],
    ['a note of the weather', 'Gaden var glat på grund af sne. Saltning begyndte kl. 5.'],
    ['a leaflet with a contact', 'Kurser for pårørende. Kontakt Lone Ravnkilde på 58 10 02 44 for at høre mere.'],
    ['the case number alone', `Sag ${CLARA_CASE.number}. Bilag modtaget og lagt på sagen.`],
  ];

  it.each(GENERAL)('raises no alarm: %s', (_rule, text) => {
    expect(claras([page('alment', 'Dokument', text)]).misfiled()).toEqual([]);
  });
});
