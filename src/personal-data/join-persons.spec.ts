import type { PartyRegister, Span } from '../contracts';
import { isSentInBy, joinPersons, readRequest, type RequestText } from './index';

const register: PartyRegister = {
  case: 'sample',
  requester: 'R',
  parties: [
    { id: 'R', role: 'requester', access: 'own', name: 'Hanne Vestergaard Toft' },
    { id: 'T1', role: 'caseworker', access: 'employee', name: 'Grethe Overmark' },
  ],
};

function joined(texts: RequestText[]) {
  return joinPersons(texts, readRequest(texts, register), register);
}

function namesOf(spans: Span[] | undefined): [string | null, boolean][] {
  return (spans ?? []).filter(({ type }) => type === 'NAME').map(({ person, redact }) => [person, redact]);
}

describe('persons across a request', () => {
  const atWorkAndAtHome = [
    { id: 'a:0', text: 'Sagsbehandler Grethe Overmark har talt med skolen.' },
    { id: 'b:0', text: 'Der var støj igen. Naboen Grethe Overmark klagede over musikken.' },
  ];

  it('are two parts where somebody who is kept at work is a neighbour in another document', () => {
    const { spans, persons } = joined(atWorkAndAtHome);
    expect(namesOf(spans.get('a:0'))).toEqual([['T1', false]]);
    expect(namesOf(spans.get('b:0'))).toEqual([['T1-2', true]]);
    expect(persons.find(({ id }) => id === 'T1-2')).toMatchObject({
      role: 'nabo',
      access: 'third',
      name: 'Grethe Overmark',
    });
  });

  it('with one name and two CPR numbers are kept apart', () => {
    const { spans, persons } = joined([
      { id: 'a:0', text: 'Mona Fristrup, cpr. 120380-1236, ringede om sin søn.' },
      { id: 'b:0', text: 'Mona Fristrup, cpr. 030561-4438, har skrevet under.' },
    ]);
    const [first] = namesOf(spans.get('a:0'));
    const [second] = namesOf(spans.get('b:0'));
    expect(second?.[0]).toBe(`${first?.[0]}-2`);
    expect(persons.find(({ id }) => id === second?.[0])?.evidence).toMatch(/CPR-nummer/);
  });

  it('are shown by name as it was written', () => {
    const { persons } = joined([{ id: 'a:0', text: 'VILLADS FRISTRUP kom. Villads Fristrup gik.' }]);
    expect(persons.map(({ name }) => name)).toContain('Villads Fristrup');
  });

  it('are the same for the same texts', () => {
    expect(joined(atWorkAndAtHome)).toEqual(joined(atWorkAndAtHome));
  });
});

describe('what the citizen has sent in', () => {
  const isSentIn = (text: string): boolean => {
    const { spans } = readRequest([{ id: 'a:0', text }], register);
    return isSentInBy([{ text, spans: spans.get('a:0') ?? [] }], register);
  };

  it('is known by the sender line or the signature', () => {
    expect(isSentIn('Fra: Hanne Vestergaard Toft\nTil: Kommunen\nJeg vil klage.')).toBe(true);
    expect(isSentIn('Jeg søger om hjælp til min søn.\n\nVenlig hilsen\nHanne Vestergaard Toft')).toBe(true);
  });

  it('is not what only speaks of the citizen', () => {
    expect(isSentIn('Til: Hanne Vestergaard Toft\nVi har modtaget din klage.\n\nVenlig hilsen\nGrethe Overmark')).toBe(
      false,
    );
    expect(isSentIn('Jeg er bekymret for Hanne Vestergaard Toft.')).toBe(false);
  });
});
