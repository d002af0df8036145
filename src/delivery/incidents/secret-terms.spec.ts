import { withoutOwnName, withoutPublicContacts } from './secret-terms';

const settings = {
  contactPhone: '58 10 02 00',
  contactEmail: 'post@solby.example',
  dpoEmail: 'dpo@solby.example',
  unit: '',
  address: '',
};
const name = (text: string) => ({ text, type: 'NAME' });

it('lets the municipality’s own telephone and addresses stand in a letter, in any spelling', () => {
  const terms = [
    { text: '58100200', type: 'PHONE' },
    { text: 'DPO@solby.example', type: 'EMAIL' },
    { text: 'inga@post.example', type: 'EMAIL' },
  ];
  expect(withoutPublicContacts(terms, settings)).toEqual([terms[2]]);
});

it('lets the addressee’s own name stand, and nobody else’s with the same last name', () => {
  const terms = [name('Holger Frandsen'), name('Frandsen, Holger Juul'), name('Inga Frandsen')];
  expect(withoutOwnName(terms, 'Holger Frandsen')).toEqual([terms[2]]);
  const number = { text: '230865-2113', type: 'CPR' };
  expect(withoutOwnName([number], 'Holger Frandsen')).toEqual([number]);
});
