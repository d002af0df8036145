import { existenceSigns } from './existence-signs';

const today = new Date('2026-11-22T12:00:00Z');
const kinds = (text: string): string[] => existenceSigns([{ id: 'a', text }], today).map(({ kind }) => kind);

describe('signs that the existence of a case is protected', () => {
  it.each([
    ['Kontrolteamet har modtaget et anonymt tip om ydelsen.', 'control-case'],
    ['Mistanke om socialt bedrageri, registersamkøring bestilt.', 'control-case'],
    ['Politiet har bedt os vente med at tale med familien.', 'police'],
    ['Barnet skal til videoafhøring på fredag.', 'police'],
    ['Vi forbereder en anbringelse af barnet.', 'planned-placement'],
    ['Indstilling om anbringelse uden samtykke.', 'planned-placement'],
    ['UNDERRETNING modtaget 14.11.2026 fra vuggestuen.', 'fresh-notification'],
  ])('are found in %p', (text, kind) => {
    expect(kinds(text)).toContain(kind);
  });

  it.each([
    'Kontrolteamet har afsluttet sagen.',
    'Borgeren er partshørt om mistanke om samliv.',
    'Underretning modtaget 14.03.2024 fra vuggestuen.',
    'Underretning af 14.11.2026; forældrene er orienteret.',
    'Barnet er anbragt siden 2019. Indstilling om anbringelse af 3/4.',
    'Borgeren søger om hjælpemidler.',
  ])('are not found in %p', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  it('say why in one sentence that repeats nothing of the text', () => {
    const [sign] = existenceSigns([{ id: 'x', text: 'Anonymt tip om Hanne Toft.' }], today);
    expect(sign).toMatchObject({ textId: 'x' });
    expect(sign!.reason).toMatch(/^\p{Lu}[^\n]+\.$/u);
    expect(sign!.reason).not.toContain('Hanne');
  });
});
