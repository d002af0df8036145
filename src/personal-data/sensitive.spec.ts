import type { PartyRegister } from '../contracts';
import { detect, readRequest } from './index';

const register: PartyRegister = {
  case: 'sample',
  requester: 'R',
  parties: [
    { id: 'R', role: 'requester, mother', access: 'own', name: 'Hanne Vestergaard Toft', cpr: '120482-1238' },
    { id: 'X1', role: 'former spouse', access: 'third', name: 'Anders Riis', cpr: '030380-1235' },
    { id: 'K1', role: 'caseworker', access: 'employee', name: 'Morten Lykke Dam' },
  ],
};
const proposed = (text: string): string =>
  detect(text, register)
    .filter(({ redact }) => redact)
    .map(({ start, end }) => text.slice(start, end))
    .join(' | ');

describe('what a text says of somebody', () => {
  it.each([
    ['Anders Riis er i behandling for lungekræft.', 'er i behandling for lungekræft'],
    ['Anders får udbetalt førtidspension og skylder 40.000 kr.', 'førtidspension'],
    ['Anders Riis har siddet i fængsel for vold.', 'har siddet i fængsel for vold'],
    ['Anders tager sertralin og drikker dagligt.', 'sertralin'],
    ['Anders Riis er medlem af pinsekirken.', 'pinsekirken'],
    ['Anders har midlertidig opholdstilladelse.', 'opholdstilladelse'],
  ])('is proposed when it is a third person: %p', (text, matter) => {
    expect(proposed(text)).toContain(matter);
  });

  it.each([
    'Hanne er sygemeldt med en depression.',
    'Hanne har gæld til banken, og hun er i behandling for stress.',
    'Borgeren modtager kontanthjælp og har astma.',
    'Du er sygemeldt med stress.',
  ])('is kept when it is the requester: %p', (text) => {
    expect(proposed(text)).toBe('');
  });

  it('follows the pronoun to the one of that sex', () => {
    expect(proposed('Anders ringede til Hanne. Han har fået konstateret diabetes.')).toContain('diabetes');
    expect(proposed('Hanne talte med Anders. Hun har fået konstateret diabetes.')).not.toContain('diabetes');
  });

  it('takes a genitive for the owner, whoever else the sentence names', () => {
    expect(proposed('Hanne nævnte Anders’ depression i går.')).toContain('depression');
  });

  it('gives a quoted first person to the one who says it', () => {
    expect(proposed('Anders Riis: "jeg har astma og er ledig".')).toContain('astma');
  });

  it.each(['Gældende regler er fulgt af Anders.', 'Anders søgte en ledig bolig.', 'Anders taler polsk.'])(
    'is not seen in %p',
    (text) => {
      expect(proposed(text)).toBe('Anders');
    },
  );

  it('is told apart when the other parent asks', () => {
    const other: PartyRegister = {
      ...register,
      requester: 'X1',
      parties: register.parties.map((party) =>
        party.id === 'K1' ? party : { ...party, access: party.id === 'X1' ? 'own' : 'third' },
      ),
    };
    const text = 'Anders er sygemeldt. Hanne har en spiseforstyrrelse.';
    const removed = detect(text, other).filter(({ redact }) => redact);
    expect(removed.map(({ start, end }) => text.slice(start, end)).join()).toMatch(/^Hanne,har en spiseforstyrrelse$/);
    expect(proposed(text)).toBe('Anders | er sygemeldt');
  });
});

describe('relations and roles', () => {
  it.each([
    ['Naboen i nr. 15 klager.', 'Naboen i nr. 15'],
    ['En anonym borger har ringet.', 'En anonym borger'],
    ['Anders’ stedsøn var med.', 'stedsøn'],
    ['Hun bor hos sin faster.', 'sin faster'],
  ])('are proposed in %p', (text, relation) => {
    expect(proposed(text)).toContain(relation);
  });

  it('call the one named beside the word by it', () => {
    const { persons } = readRequest([{ id: 'a', text: 'Naboen Villads Fristrup ringede.' }], register);
    expect(persons.find(({ name }) => name === 'Villads Fristrup')).toMatchObject({ role: 'nabo', access: 'third' });
  });

  it('protect the one who is called a notifier', () => {
    const { persons } = readRequest([{ id: 'a', text: 'Underretter Karl Bo Lund vil ikke nævnes.' }], register);
    expect(persons.find(({ name }) => name === 'Karl Bo Lund')).toMatchObject({ access: 'protected' });
  });

  it('are two where a teacher is also the neighbour', () => {
    const text = 'Klasselærer Lone Due Holm skrev. Naboen Lone Due Holm klagede.';
    const { persons, spans } = readRequest([{ id: 'a', text }], register);
    expect(persons.find(({ name }) => name === 'Lone Due Holm')).toMatchObject({
      access: 'professional',
      privateRole: 'nabo',
    });
    const names = spans.get('a')!.filter(({ type }) => type === 'NAME');
    expect(names.map(({ redact }) => redact)).toEqual([false, true]);
  });

  it('make colleagues of those who write in an employee’s thread without the requester', () => {
    const thread = '[08:12] Morten Lykke Dam: er hun kommet?\n[08:13] Simone Kjær Bruun: nej, ikke endnu\n';
    expect(proposed(thread)).toBe('');
    expect(proposed('[08:13] Simone Kjær Bruun: nej, ikke endnu\n')).toContain('Simone Kjær Bruun');
  });

  it('come with a sentence that says how sure it is', () => {
    for (const { reason } of detect('Anders Riis er syg. Naboen ringede.', register))
      expect(reason).toMatch(/sikkert\)\.$/);
  });
});
