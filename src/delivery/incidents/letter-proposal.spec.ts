import { concernedText, kindsInWords, pagesInWords, recipientText } from './letter-proposal';

describe('pages in words', () => {
  it.each([
    [[3], 'side 3'],
    [[3, 4, 5], 'siderne 3–5'],
    [[1, 3, 4, 9], 'siderne 1, 3–4 og 9'],
    [[], ''],
  ])('of %j are "%s"', (pages, words) => expect(pagesInWords(pages)).toBe(words));
});

it('names kinds of data as a list that reads aloud', () => {
  expect(kindsInWords(['names'])).toBe('navne');
  expect(kindsInWords(['names', 'addresses', 'health'])).toBe('navne, adresser og oplysninger om helbred');
  expect(kindsInWords([])).toBe('personoplysninger');
});

it('tells the recipient which pages it is about and what to do', () => {
  const text = recipientText('2026-0003', new Date('2026-11-20T09:00:00Z'), [4, 5]);
  expect(text).toContain('Den 20. november 2026');
  expect(text).toContain('siderne 4–5 i »aktindsigt.pdf«');
  expect(text).toContain('slette siderne');
});

it('asks for the whole answer to be deleted when it went to the wrong one', () => {
  expect(recipientText('2026-0003', new Date('2026-11-20T09:00:00Z'), [])).toContain('slette svaret');
});

it('tells one who is concerned all that article 34 asks for', () => {
  const incident = { kinds: ['addresses' as const], noticedAt: new Date('2026-11-21T09:00:00Z') };
  const text = concernedText(incident, 'Solby Kommune', 'dpo@solby.example');
  for (const part of [
    'adresser',
    '21. november 2026',
    'dpo@solby.example',
    'Det kan betyde',
    'bedt den, der fik',
    'Datatilsynet',
  ])
    expect(text).toContain(part);
});
