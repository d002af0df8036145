import { decodeText, looksLikeText } from './decode-text';

const SENTENCE = 'Blåbærgrød på Østergårdsvej, Ærø: «Åse» får 5 §';

function encode(text: string, table: Record<string, number>): Buffer {
  return Buffer.from([...text].map((letter) => table[letter] ?? letter.charCodeAt(0)));
}

it('reads UTF-8 with and without a mark, and does not call it a guess', () => {
  expect(decodeText(Buffer.from(SENTENCE))).toEqual({ text: SENTENCE, encoding: 'utf-8', guessed: false });
  expect(decodeText(Buffer.from(`\ufeff${SENTENCE}`)).text).toBe(SENTENCE);
});

it('reads UTF-16 of both byte orders, with and without a mark', () => {
  const little = Buffer.from(SENTENCE, 'utf16le');
  const big = Buffer.from(little).swap16();
  expect(decodeText(little)).toEqual({ text: SENTENCE, encoding: 'utf-16le', guessed: true });
  expect(decodeText(big)).toEqual({ text: SENTENCE, encoding: 'utf-16be', guessed: true });
  expect(decodeText(Buffer.concat([Buffer.from('fffe', 'hex'), little])).text).toBe(SENTENCE);
  expect(decodeText(Buffer.concat([Buffer.from('feff', 'hex'), big])).text).toBe(SENTENCE);
});

it('tells Windows from DOS by where the Danish letters are', () => {
  expect(decodeText(Buffer.from(SENTENCE, 'latin1'))).toMatchObject({ text: SENTENCE, encoding: 'windows-1252' });
  const dos = encode(SENTENCE, {
    å: 0x86,
    æ: 0x91,
    ø: 0x9b,
    Ø: 0x9d,
    Å: 0x8f,
    Æ: 0x92,
    '«': 0xae,
    '»': 0xaf,
    '§': 0xf5,
  });
  expect(decodeText(dos)).toMatchObject({ text: SENTENCE, encoding: 'cp850', guessed: true });
});

it('takes quotation marks of Windows for what they are, not for letters of DOS', () => {
  const bytes = Buffer.from([
    0x93,
    ...Buffer.from('Ja', 'latin1'),
    0x94,
    0x20,
    0x96,
    0x20,
    ...Buffer.from('på', 'latin1'),
  ]);
  expect(decodeText(bytes).text).toBe('“Ja” – på');
});

it('does not take binary data for text', () => {
  expect(looksLikeText(Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7) % 256)))).toBe(false);
  expect(looksLikeText(Buffer.from(SENTENCE, 'latin1'))).toBe(true);
});
