import { registrationFrom } from './contact-answer';

const CPR = '2211771212';
const answer = (body: unknown, status = 200) => ({
  status,
  mediaType: 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const contact = (mailboxSubscription: unknown) => ({ contacts: [{ cprNumber: CPR, mailboxSubscription }] });

describe('registrationFrom', () => {
  it.each([
    ['registered', contact({ publicRegistrationStatus: 'REGISTERED' })],
    ['registered', [{ mailboxSubscription: { publicRegistrationStatus: 'REGISTERED' } }]],
    ['exempt', contact({ publicRegistrationStatus: 'EXEMPT' })],
    ['closed', contact({ publicRegistrationStatus: 'CLOSED' })],
    ['not_found', { contacts: [] }],
    ['not_found', contact(null)],
    ['not_found', contact({ publicRegistrationStatus: 'REGISTERED', registrationStatus: 'UNCONFIRMED_REGISTRATION' })],
  ])('says %s for a definite answer', (expected, body) => {
    expect(registrationFrom(answer(body), CPR)).toBe(expected);
  });

  it.each([
    ['an error', answer({}, 500), /answered 500/],
    ['a redirect', answer('', 302), /answered 302/],
    ['a page', answer('<html></html>'), /not JSON/],
    ['another shape', answer({ items: [] }), /no list of contacts/],
    ['two contacts', answer([{}, {}]), /more than one/],
    ['another person', answer([{ cprNumber: '0101010101' }]), /another person or firm/],
    ['an unknown status', answer(contact({ publicRegistrationStatus: 'MAYBE' })), /not known/],
    ['a mailbox that is a word', answer(contact('ja')), /unknown way/],
  ])('never concludes "not registered" from %s', (_what, given, message) => {
    expect(() => registrationFrom(given, CPR)).toThrow(message);
  });
});
