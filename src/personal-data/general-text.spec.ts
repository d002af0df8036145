import type { PartyRegister } from '../contracts';
import { detect } from './index';

const register: PartyRegister = {
  case: 'sample',
  requester: 'R',
  parties: [{ id: 'R', role: 'requester', access: 'own', name: 'Hanne Vestergaard Toft', cpr: '120482-1238' }],
};

const proposed = (text: string): string[] =>
  detect(text, register)
    .filter(({ redact }) => redact)
    .map(({ start, end }) => text.slice(start, end));

const GUIDE = `Vejledningen gælder for alle kommuner. Når moderen flytter til en anden kommune, skal sagen følge med.
Loven kom i stand efter forslag fra Krepinsk Institut og er siden lavet om tre gange. Manden eller konen kan klage inden
fire uger, og klagen skal sendes til den myndighed, der har truffet den. Hvis myndigheden holder fast i sin afgørelse,
sender den klagen videre sammen med sine bemærkninger og alle de papirer, som den har haft til rådighed.`;

describe('a text that speaks of nobody of the case', () => {
  it('holds no relations and no names that only a capital speaks for', () => expect(proposed(GUIDE)).toEqual([]));

  it.each([
    ['the citizen', 'Borgeren har fået den udleveret.'],
    ['a party', 'Givet til Hanne Toft.'],
    ['a number', 'Ring på tlf. 20 30 40 51.'],
  ])('is a text of the case as soon as it holds %s', (_what, line) => {
    expect(proposed(`${GUIDE}\n\n${line}`)).toContain('moderen');
  });

  it('still tells who is named in full, who reports, and whose mother it is', () => {
    const found = proposed(`${GUIDE}\n\nBirgitte Lauritzen ringede. Hun er min mor. Anmelderen kom senere.`);
    expect(found).toEqual(expect.arrayContaining(['Birgitte Lauritzen', 'min mor', 'Anmelderen']));
  });

  it('is never a short one', () => expect(proposed('Manden kom med.')).toEqual(['Manden']));
});
