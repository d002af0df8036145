import { fold } from '../folding';
import { findIdentifiers } from '../identifiers';

const found = (text: string): string[] =>
  findIdentifiers(text, fold(text)).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);

describe('numbers in words', () => {
  it.each([
    ['RING PÅ OTTE TRE SYV EN, FEM FEM NUL TO.', 'PHONE OTTE TRE SYV EN, FEM FEM NUL TO'],
    ['skriv hendes nr: 31 nul 5 44 67', 'PHONE 31 nul 5 44 67'],
    [
      'ind på reg seks syv ni ni konto nul nul en otte tre',
      'BANK_ACCOUNT reg seks syv ni ni konto nul nul en otte tre',
    ],
    ['cpr nul fem nul tre niogtres elleve enogtredive', 'CPR_PARTIAL cpr nul fem nul tre niogtres elleve enogtredive'],
  ])('reads %p', (text, expected) => {
    expect(found(text)).toContain(expected);
  });

  it.each(['Der kom to eller tre børn.', 'Klokken fem eller seks, syv personer', 'uge 11, 12, 13 og 14'])(
    'leaves %p alone',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});

describe('rows of amounts', () => {
  it.each([
    'November 2024 3094 0 13970 450',
    'Maj 2024 3094',
    'Juni 3 3094 450 kr.',
    'Ydelse 3094  10876 i alt',
    'Sygedagpenge 4 17.860,00',
  ])('are no phones and no accounts: %p', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('end where the account ends', () => {
    expect(found('Udbetalt til konto 3544 0007718204 12.046,00')).toEqual(['BANK_ACCOUNT konto 3544 0007718204']);
  });
});

describe('addresses', () => {
  it.each([
    ['Hun bor Lærkevej 4 i Horsens med ham.', 'Lærkevej 4 i Horsens'],
    ['Lærkevej 4, 7799 Solby. Skriv til os', 'Lærkevej 4, 7799 Solby'],
    ['JEG HAR BOET I LÆRKEVÆNGET 14, 1. TIL VENSTRE', 'LÆRKEVÆNGET 14, 1. TIL VENSTRE'],
    ['Lærkevej 12, 2. tv., c/o Anders Bro, 4653 Karise', 'Lærkevej 12, 2. tv., c/o Anders Bro, 4653 Karise'],
    ['Han bor på Hotel Lund, vær. 11.', 'Hotel Lund, vær. 11'],
    ['De bor i nummer 17, gå over', 'i nummer 17'],
    ['han bor på lærkevej toogfyrre anden til venstre i køge', 'lærkevej toogfyrre anden til venstre i køge'],
    ['sendt til Lærkevej 5, Lærkevej 7 og', 'Lærkevej 5'],
    ['ejerne af Lærkevej 5, 7 og 9.', 'Lærkevej 5, 7 og 9'],
    ['Hun bor i Slotsgade, ovenpå Bageren', 'Slotsgade, ovenpå Bageren'],
  ])('in %p', (text, address) => {
    expect(found(text)).toContain(`ADDRESS ${address}`);
  });
});

describe('passports', () => {
  it.each(['Pas: M 4418906', 'pas P00418873', 'JENSENS PAS 209 3711 82'])('in %p', (text) => {
    expect(found(text).join()).toMatch(/^OTHER_ID /);
  });
});

describe('numbers in less usual spellings', () => {
  it.each([
    ['Karen Bech 01-02-03-1234 ringede', 'CPR 01-02-03-1234'],
    ['Karen Bech (010203) ringede', 'CPR_PARTIAL 010203'],
    ['de sidste fire cifre 1234', 'CPR_PARTIAL 1234'],
    ['k.bech[at]post[dot]example', 'EMAIL k.bech[at]post[dot]example'],
    ['k.bech snabela post.example', 'EMAIL k.bech snabela post.example'],
    ['traileren AB 1234', 'PLATE AB 1234'],
    ['Karen Bech (født: 01.02.2003)', 'DOB født: 01.02.2003'],
    ['fdt. 1/2-2003', 'DOB fdt. 1/2-2003'],
    ['Karen Bech, Kirkebjerg 8', 'ADDRESS Kirkebjerg 8'],
  ])('in %p', (text, expected) => expect(found(text)).toContain(expected));

  it.each(['Notat 010224', 'den 01-02-2003', 'Bilag 3, Holm 8 skrev', 'i uge 12-13-14'])('leaves %p alone', (text) => {
    expect(found(text)).toEqual([]);
  });
});
