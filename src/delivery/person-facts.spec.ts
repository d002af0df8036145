import type { PersonStatus } from '../contracts';
import { obstacleOf, personFacts, registerFacts, type PersonFact, type RegisterFact } from './person-facts';
import type { Recipient } from './recipients';

const CITIZEN: Recipient = { kind: 'citizen', cpr: '1404861216' };
const PARENT: Recipient = { kind: 'person', cpr: '0101801111', name: 'Far', by: 'custody' };
const GUARDIAN: Recipient = { kind: 'person', cpr: '0202802222', name: 'Værge', by: 'guardian' };
const FIRM: Recipient = { kind: 'firm', cvr: '12345678', name: 'Advokaterne', address: null };
const LIVING: PersonStatus = {
  state: 'living',
  isPresentNumber: true,
  isAddressProtected: false,
  custodyHolders: ['0101801111'],
  guardians: [],
};

describe('what the register of persons says', () => {
  it.each<[string, Recipient, Partial<PersonStatus>, Partial<PersonStatus> | null, PersonFact[]]>([
    ['nothing of one who lives', CITIZEN, {}, null, []],
    ['the death of the citizen', CITIZEN, { state: 'dead' }, null, ['dead']],
    ['a new number, not when nobody has the old one', CITIZEN, { isPresentNumber: false }, null, ['new-number']],
    ['that nobody has the number', CITIZEN, { state: 'unknown', isPresentNumber: false }, null, ['unknown']],
    ['nothing against a parent with custody', PARENT, {}, {}, []],
    ['that a parent has lost custody', PARENT, { custodyHolders: [] }, {}, ['custody-lost']],
    ['nothing of a guardianship that it does not know', GUARDIAN, {}, {}, []],
    ['that somebody else is guardian', GUARDIAN, { guardians: ['0303803333'] }, {}, ['other-guardian']],
    ['that the one who receives is dead', GUARDIAN, {}, { state: 'dead' }, ['recipient-gone']],
  ])('is %s', (_what, recipient, citizen, own, facts) => {
    expect(personFacts(recipient, { ...LIVING, ...citizen }, own && { ...LIVING, ...own })).toEqual(facts);
  });
});

describe('an approved answer', () => {
  it.each<[string, RegisterFact, RegisterFact[], Recipient, 'held' | 'void' | null]>([
    ['of a dead citizen is held for a jurist', 'dead', [], CITIZEN, 'held'],
    ['of a dead citizen is held, also when the approver knew', 'dead', ['dead'], CITIZEN, 'held'],
    ['goes to the firm of the estate when the approver knew of the death', 'dead', ['dead'], FIRM, null],
    ['goes back to the approver when the citizen died since', 'dead', [], FIRM, 'void'],
    ['goes back when custody was lost, whatever was shown', 'custody-lost', ['custody-lost'], PARENT, 'void'],
    ['goes back when the address became protected and another receives', 'address-protected', [], PARENT, 'void'],
    ['goes back when another in the documents became protected', 'other-T2', ['other-T1'], CITIZEN, 'void'],
    ['goes when the approver saw that the other is protected', 'other-T2', ['other-T2'], CITIZEN, null],
    ['goes to the citizen whose own address became protected', 'address-protected', [], CITIZEN, null],
    ['goes back when the citizen left the country since', 'abroad', [], CITIZEN, 'void'],
    ['goes to a citizen abroad when the approver knew', 'abroad', ['abroad'], CITIZEN, null],
  ])('%s', (_what, fact, shown, recipient, kind) => {
    expect(obstacleOf([fact], shown, recipient)?.kind ?? null).toBe(kind);
  });
});

it('a form brings back no fact that there is not', () => {
  expect(registerFacts(['dead', 'other-T12', 'other-guardian', 'other-', 'x', ''])).toEqual([
    'dead',
    'other-T12',
    'other-guardian',
  ]);
});
