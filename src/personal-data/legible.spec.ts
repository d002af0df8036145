import { legible } from './legible';

describe('a text as a person reads it', () => {
  it('keeps every letter at its place', () => {
    for (const text of ['', '\n', 'a\nb', 'Fru H0lm gik til k1okken ti.\r\nSå kom hun hjem.', '\n\n  x']) {
      expect(legible(text)).toHaveLength(text.length);
    }
  });

  it('lets a line run on that was broken by the width of the page', () => {
    const text =
      'Der er talt med moren om aftalen, og hun kan træffes på 61 72\n83 94 hver dag efter klokken 16, når hun er hjemme.';
    expect(legible(text)).toContain('61 72 83 94');
  });

  it('leaves lines that were ended on purpose: headings, form rows, columns, full stops', () => {
    for (const text of [
      'Referat\nDer er talt med moren om aftalen, og hun kan træffes hver dag efter klokken 16.',
      'Opkald fra psykolog Vibeke Storgaard\nMoren er ked af det og vil gerne tale med en anden rådgiver om sagen.',
      'Navn og adresse på den, der har søgt om støtte hos kommunen\nTelefon: 61 72 83 94, træffes bedst om aftenen efter 18',
      '01  HOLM, ANE         12.326      0   9.004  3201 0009912276\n02  KVIST, BO         14.778    622  11.440  4690 5520038841',
    ]) {
      expect(legible(text)).toBe(text);
    }
  });

  it.each([
    ['St0rm', 'Storm'],
    ['Ho1m', 'Holm'],
    ['s0ster', 'søster'],
    ['1nger', 'Inger'],
  ])('spells %p as %p', (misread, meant) => {
    expect(legible(`Der stod ${misread} i brevet.`)).toBe(`Der stod ${meant} i brevet.`);
  });

  it.each(['magne1storm@post.example', '2 B10', 'sag_a10b', '140679-1238', 'uge10'])('leaves %p as it is', (text) => {
    expect(legible(text)).toBe(text);
  });
});
