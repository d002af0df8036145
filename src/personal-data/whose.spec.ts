import type { PartyRegister, Span } from '../contracts';
import { detect, detectInRequest, type RequestText } from './index';

const register: PartyRegister = {
  case: 'sample',
  requester: 'R',
  parties: [
    { id: 'R', role: 'requester, mother', access: 'own', name: 'Hanne Vestergaard Toft', cpr: '120482-1238' },
    { id: 'C1', role: 'child, custody', access: 'own', name: 'Sofie Toft Riis', cpr: '010512-4326' },
    { id: 'X1', role: 'partner', access: 'third', name: 'Anders Riis', cpr: '030380-1235' },
    { id: 'K1', role: 'caseworker', access: 'employee', name: 'Morten Lykke Dam' },
  ],
};

const written = (text: string, spans: Span[], redact: boolean): string[] =>
  spans.filter((span) => span.redact === redact).map((span) => text.slice(span.start, span.end));
const proposed = (text: string): string[] => written(text, detect(text, register), true);

/** What is proposed and kept in the last of several texts of one request. */
function inLast(texts: string[]): { proposed: string[]; kept: string[] } {
  const request: RequestText[] = texts.map((text, at) => ({ id: `d${at}`, text }));
  const last = request.at(-1)!;
  const spans = detectInRequest(request, register).get(last.id)!;
  return { proposed: written(last.text, spans, true), kept: written(last.text, spans, false) };
}

describe('a first name that several share', () => {
  const other = 'Klassekammeraten Sofie Agerbo har slået ham. Sofie Agerbo er ti år.';

  it('means the party of the case where neither is named in full', () => {
    expect(inLast([other, 'I dag var Sofie glad.'])).toEqual({ proposed: [], kept: ['Sofie'] });
  });

  it('means the one who is named in full in the same document', () => {
    expect(inLast(['Sofie Toft Riis går i 3. b.', other]).proposed.join()).toContain('Sofie Agerbo');
    expect(inLast([other, 'Sofie Agerbo kom. Sofie græd.']).proposed).toEqual(['Sofie Agerbo', 'Sofie']);
  });

  it('is proposed where both are named in full', () => {
    expect(inLast(['Sofie Toft Riis og Sofie Agerbo leger. Nu græd Sofie.']).proposed).toContain('Sofie');
  });

  it('counts pages of one document together', () => {
    const found = detectInRequest(
      [
        { id: 'f:0', text: 'Pigen Sofie Agerbo er ti år.' },
        { id: 'f:1', text: 'Der kom Sofie igen.' },
      ],
      register,
    );
    expect(found.get('f:1')).toContainEqual(expect.objectContaining({ type: 'NAME', redact: true }));
  });
});

describe('who is at work', () => {
  it('keeps a first name below a note, and proposes the citizen of that first name in another document', () => {
    const diary = 'Dagvagt: Hun spiste lidt. /Gitte';
    const letter = 'Veninden Gitte Aagaard kom med. Gitte Aagaard er syg.';
    expect(inLast([letter, diary]).kept).toContain('Gitte');
    expect(inLast([diary, letter]).proposed).toContain('Gitte Aagaard');
  });

  it('gives a title to the one who is called by it, not to another of the same surname', () => {
    expect(inLast(['Tandlæge Skovgaard er orienteret.', 'Naboen Gerda Skovgaard ringede.']).proposed).toContain(
      'Gerda Skovgaard',
    );
  });

  it('proposes a mere first name that only another document knows to be at work', () => {
    expect(inLast(['Advokat Villads Klint skriver.', 'I frikvarteret slog Villads ham.']).proposed).toContain(
      'Villads',
    );
  });

  it.each(['Tilsyn: Maja Strand, Tobias Agerbo', 'Lægen er Tobias Agerbo.', 'Skrevet af Tobias Agerbo.'])(
    'keeps the names in %p',
    (text) => {
      expect(proposed(text)).toEqual([]);
    },
  );

  it('proposes a tradesman, whose trade is no office', () => {
    expect(proposed('Hun talte med malermester Tobias Agerbo i går.').join()).toContain('Tobias Agerbo');
  });

  it('never takes an account, a passport or a birth date for a professional’s', () => {
    expect(proposed('Advokat Vibeke Klint oplyser pas 209 3711 82.').join()).toContain('209 3711 82');
    expect(proposed('Lærer Vibeke Klint oplyser konto 4690-8871 023 655.').join()).toContain('4690-8871 023 655');
  });

  it('takes an address where somebody lives for a home, not for a work place', () => {
    expect(proposed('Doktor Vibeke Klint siger det. Jeg bor Gl. Landevej syvogtyve.').join()).toContain(
      'Gl. Landevej syvogtyve',
    );
  });
});

describe('other names of one person', () => {
  it('keeps the requester’s nickname where the text explains it', () => {
    expect(proposed('Hanne Vestergaard Toft, kaldet Nusse, ringede. I dag kom Nusse igen.')).toEqual([]);
  });

  it('takes a letter alone that does what people do for the initial of a third person', () => {
    expect(proposed('Naboen Dorthea Agerbo ringede. D mener, at det larmer.')).toContain('D');
    expect(proposed('Naboen Dorthea Agerbo har vitamin D i skabet.')).not.toContain('D');
  });

  it.each(['anne_agerbo88', 'anne-agerbo', 'anne.agerbo'])('finds the person in the user name %p', (login) => {
    expect(proposed(`Veninden Anne Agerbo skriver som ${login} på nettet.`)).toContain(login);
  });

  it('takes a word that is no Danish word for a name where a dictation has no capitals', () => {
    const spoken =
      'notat om besøget i dag hun er glad for hjælpen og vil gerne have flere timer om ugen men abukar er holdt op ' +
      'fordi han har fået et andet arbejde og det er hun ked af så vi skal finde en ny til hende';
    expect(proposed(spoken)).toContain('abukar');
  });

  it('proposes father and son of one name by what tells them apart', () => {
    expect(proposed('Han er søn af Toft senior.').join()).toContain('Toft senior');
  });

  it.each([
    ['svigerdatter Nok', 'Nok'],
    ['Det har M. Storm sagt.', 'M. Storm'],
    ['Naboen Preben Kjelgaard. Se fil_fra_pkjelgaard.pdf', 'pkjelgaard'],
  ])('finds the person in %p', (text, name) => {
    expect(proposed(`Der står: ${text}`).join()).toContain(name);
  });

  it.each(['Boligselskabet Sct. Jørgen', 'Hun er fra Udon Thani.', 'Lægerne på H.C. Andersens Plads', 'A/B Rolighed'])(
    'leaves %p alone',
    (text) => {
      expect(proposed(`Brev om ${text}`)).toEqual([]);
    },
  );
});

describe('a number that the register does not know', () => {
  it.each([
    'Hanne Vestergaard Toft, tlf. 48 79 02 11, er indkaldt.',
    'Du kan ringe til mig på 48 79 02 11.\n\nMed venlig hilsen\nMorten Lykke Dam',
    'Fra: Hanne Vestergaard Toft <hvt82@post.example>',
  ])('is kept where it is given with a name that is kept: %p', (text) => {
    expect(proposed(text)).toEqual([]);
  });

  it.each([
    ['Talt med Hanne Vestergaard Toft om praktikken. Direkte nummer 48 79 02 11.', '48 79 02 11'],
    ['Ring til os på 48 79 02 11.\n\nKærlig hilsen\nEllinor Brask', '48 79 02 11'],
    ['Fru Dahl (tlf. Hobro 84) ønsker sit navn hemmeligholdt.', 'Hobro 84'],
    ['Nummeret har jeg ikke, men det begynder med 050991.', '050991'],
    ['Han kører i en gul kassevogn ca 19 772 hver dag.', 'ca 19 772'],
  ])('is proposed where it is not: %p', (text, number) => {
    expect(proposed(text)).toContain(number);
  });
});

describe('who works there', () => {
  it.each([
    'Kontoret (Lone Due Holm) retter det.',
    '12/2 kl. 8.40  LDH (Lone Due Holm) kørt ud.',
    'Lone Due Holm, visitationen, deltog.',
    'Lone Due Holm <ldh@storby-kommune.example>',
    'Notat af Lone Due Holm',
  ])('is kept: %p', (text) => {
    expect(proposed(text)).toEqual([]);
  });

  it('is not shown by initials that are not those of the name', () => {
    expect(proposed('12/2 kl. 8.40  BPA (Lone Due Holm) kørt ud.')).toContain('Lone Due Holm');
  });
});

describe('where somebody lives', () => {
  it.each([
    ['De bor i lejligheden overfor.', 'i lejligheden overfor'],
    ['Rigmor bor over for kirken, Præstestræde 1.', 'over for kirken, Præstestræde 1'],
  ])('is proposed as it is told from next door: %p', (text, place) => {
    expect(proposed(text)).toContain(place);
  });
});

it('a fact without a subject is not that of somebody who was only talked with', () => {
  expect(proposed('Talt med Anders Riis om plads. Har gæld.')).not.toContain('Har gæld');
});

it('a heading of a form or a part in a case alone is no relation', () => {
  expect(proposed('Vidne: se bilag.\nVærge: ingen.')).toEqual([]);
});

describe('a name that is also a word', () => {
  it.each([
    ['Vi tog hjem. Liv fortalte det selv.', 'Liv'],
    ['Liv H. ringede i går.', 'Liv H.'],
    ["Liv Lund er her. Lis' mor kom med.", "Lis'"],
    ['Kontakt: Liv', 'Liv'],
    ['Hold ham fra Kjelstrup-drengen. Oskar Kjelstrup er ny.', 'Kjelstrup-drengen'],
    ['Hun bor der med sine sønner, Storm på to år og Bo.', 'Storm'],
    ['Han gik tur med HT Lund.', 'HT Lund'],
    ['Der kom fam. Hjort og spurgte.', 'Hjort'],
    ['Bruden er Karen Ravnbæk.', 'Karen Ravnbæk'],
    ['Så kom Jesper "Tykke" Kjelstrup ind.', 'Jesper "Tykke" Kjelstrup'],
    ["Det er Kranz' nye hus.", "Kranz'"],
    ['Det er Kranz’ nye hus.', 'Kranz’'],
  ])('is found by what stands beside it: %p', (text, name) => {
    expect(proposed(text)).toContain(name);
  });
});

it('a title that is written out and ends its sentence is not that of the name after it', () => {
  expect(proposed('Barnet er henvist til en børnelæge. Kjelstrup tilbyder at køre.')).toContain('Kjelstrup');
});

describe('where somebody at work went, and to whom they wrote', () => {
  it.each([
    ['Tekniker Per Ravnbæk besigtigede Egevej 5 i går.', 'Egevej 5'],
    ['Morten Lykke Dam skrev til lone@post.example i går.', 'lone@post.example'],
    ['Opkald fra 20304051. Morten Lykke Dam tog den.', '20304051'],
  ])('is not theirs: %p', (text, theirs) => expect(proposed(text)).toContain(theirs));

  it('what follows the name is', () => {
    expect(proposed('Morten Lykke Dam, Rådhuspladsen 1, tlf. 20304051')).toEqual([]);
  });
});
