import type { PartyRegister } from '../contracts';
import { readRequest } from './index';

const register: PartyRegister = {
  case: 'sample',
  requester: 'R',
  parties: [
    { id: 'R', role: 'requester', access: 'own', name: 'Hanne Vestergaard Toft' },
    { id: 'X1', role: 'former spouse', access: 'third', name: 'Anders Riis' },
  ],
};
const texts = [
  {
    id: 'a:0',
    text: 'Anders Riis ringede. Socialrådgiver Birgitte Lauritzen tog telefonen. Naboen Villads Fristrup hørte det.',
  },
  { id: 'b:0', text: 'Villads kom igen. Anders var der også. Anders gik.' },
];

describe('the persons of a request', () => {
  const { persons } = readRequest(texts, register);
  const named = (name: string) => persons.find((person) => person.name === name);

  it('are joined across its texts, with their places', () => {
    expect(named('Villads Fristrup')?.places).toEqual(
      new Map([
        ['a:0', 1],
        ['b:0', 1],
      ]),
    );
    expect(named('Anders Riis')?.places.get('b:0')).toBe(2);
  });

  it('have a role, and a sentence that says how it is known', () => {
    expect(named('Birgitte Lauritzen')).toMatchObject({ access: 'professional', role: 'socialrådgiver' });
    expect(named('Birgitte Lauritzen')?.evidence).toMatch(/titel/);
    expect(named('Anders Riis')?.evidence).toMatch(/register/);
  });

  it('hold every party of the register, also one whom no text names', () => {
    expect(named('Hanne Vestergaard Toft')?.places.size).toBe(0);
  });
});
