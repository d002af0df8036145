import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { PartyRegister, Span } from '../contracts';
import { detect, detectInRequest } from './index';

const register: PartyRegister = {
  case: 'sample',
  requester: 'R',
  parties: [
    {
      id: 'R',
      role: 'requester, mother',
      access: 'own',
      name: 'Hanne Vestergaard Toft',
      cpr: '120482-1238',
      address: 'Lærkevej 12, 2. tv., 5000 Odense C',
      phone: '20304050',
    },
    { id: 'C1', role: 'child, custody', access: 'own', name: 'Sofie Toft Riis', cpr: '010512-4326' },
    { id: 'X1', role: 'former spouse', access: 'third', name: 'Anders Riis', cpr: '030380-1235', phone: '61 72 83 94' },
    { id: 'N1', role: 'neighbour, notifier', access: 'third', name: 'Kirsten Overby' },
    { id: 'K1', role: 'caseworker', access: 'employee', name: 'Morten Lykke Dam' },
  ],
};

/** What is proposed in a text, as written. */
const proposed = (text: string): string[] => covered(text, detect(text, register), true);
const kept = (text: string): string[] => covered(text, detect(text, register), false);

function covered(text: string, spans: Span[], redact: boolean): string[] {
  return spans.filter((span) => span.redact === redact).map((span) => text.slice(span.start, span.end));
}

describe('detect: numbers', () => {
  it.each([
    '140679-1238',
    '140679 1238',
    '1406791238',
    '140679 - 1238',
    '14 06 79-1238',
    '14.06.79-1238',
    '140679–1238',
    '140679-\n1238',
    '14061979-1238',
    '670679-1238',
    '14O679-l238',
  ])('proposes the CPR number written %p of somebody unknown', (cpr) => {
    expect(proposed(`Oplysning om ${cpr}, se bilag.`)).toContain(cpr);
  });

  it.each(['140679-xxxx', '140679-****', '******-1942', '140679-XX31'])(
    'proposes the masked CPR number %p',
    (masked) => {
      expect(proposed(`Barnet (${masked}) er nævnt.`).join()).toContain(masked.replace(/\W+$/, ''));
    },
  );

  it('keeps the requester’s own CPR number, phone and home in other spellings', () => {
    const text = 'Hanne, cpr 1204821238, tlf. +45 20 30 40 50, Lærkevej 12, 2. tv., 5000 Odense C';
    expect(proposed(text)).toEqual([]);
    expect(kept(text).length).toBeGreaterThanOrEqual(4);
  });

  it('proposes the home of a neighbour in the same house', () => {
    expect(proposed('Naboen bor Lærkevej 12, 1. th., 5000 Odense C.').join()).toContain('Lærkevej 12, 1. th.');
  });

  it.each(['61728394', '6172 8394', '61-72-83-94', '61.72.83.94', '+45 61 72 83 94', '617 283 94'])(
    'knows the other party’s phone %p',
    (phone) => {
      const [span] = detect(`Ring på ${phone} i morgen.`, register).filter(({ type }) => type === 'PHONE');
      expect(span).toMatchObject({ person: 'X1', redact: true });
    },
  );

  it.each([
    ['BANK_ACCOUNT', '9280 4533 080076', 'Hun bad om at få pengene på konto '],
    ['BANK_ACCOUNT', 'DK50 0040 0440 1162 43', 'IBAN '],
    ['PLATE', 'BV 41 776', 'Bilen har nummerplade '],
    ['EMAIL', 'en.anden@post.example', 'Skriv til '],
    ['ADDRESS', 'Gl. Møllevej 4, 7844 Nørreådal', 'Han er flyttet til '],
    ['DOB', 'f. 6. maj 97', 'Hun (kæresten, '],
  ])('proposes %s written %p', (type, written, lead) => {
    const text = `${lead}${written}.`;
    const spans = detect(text, register).filter((span) => span.type === type && span.redact);
    expect(spans.map((span) => text.slice(span.start, span.end)).join()).toContain(written);
  });

  it.each([
    'Fakturanr. 1406791238',
    'Sagen har CVR 29189846',
    'Mødet er den 12.04.2024 kl. 10.15',
    'P-nummer 1012345678',
  ])('leaves %p alone', (text) => {
    expect(proposed(text)).toEqual([]);
  });
});

describe('detect: persons', () => {
  it.each(['Anders Riis', 'Anders', 'hr. Riis', 'A. Riis', 'RIIS, ANDERS', 'Anders’', 'Anders Riiss'])(
    'finds the other party as %p',
    (name) => {
      const text = `I går ringede ${name} igen.`;
      expect(detect(text, register)).toContainEqual(expect.objectContaining({ person: 'X1', redact: true }));
    },
  );

  it('keeps the requester, the child and the caseworker', () => {
    expect(proposed('Hanne Toft og Sofie mødte Morten Lykke Dam.')).toEqual([]);
  });

  it('keeps somebody who is shown to be at work, and never by a name alone', () => {
    expect(proposed('Socialrådgiver Birgitte Lauritzen deltog.')).toEqual([]);
    expect(proposed('Birgitte Lauritzen deltog.')).toEqual(['Birgitte Lauritzen']);
  });

  it('calls a notifier protected in its reason', () => {
    const [span] = detect('Kirsten Overby har skrevet.', register);
    expect(span).toMatchObject({ person: 'N1', redact: true });
    expect(span!.reason).toContain('beskyttet');
  });

  it('lets a name found once be found in all texts of the request under one id', () => {
    const found = detectInRequest(
      [
        { id: 'a', text: 'Naboen Villads Fristrup har klaget.' },
        { id: 'b', text: 'villads kom forbi igen.' },
      ],
      register,
    );
    const [a] = found.get('a')!.filter(({ type }) => type === 'NAME');
    const [b] = found.get('b')!.filter(({ type }) => type === 'NAME');
    expect(a!.person).toBe('P1');
    expect(b).toMatchObject({ person: 'P1', redact: true });
  });

  it('gives another answer when the other parent asks', () => {
    const other: PartyRegister = {
      ...register,
      requester: 'X1',
      parties: register.parties.map((party) => ({
        ...party,
        access: party.id === 'X1' ? 'own' : party.id === 'R' ? 'third' : party.access,
      })),
    };
    const text = 'Hanne har skrevet til Anders.';
    expect(covered(text, detect(text, other), true)).toEqual(['Hanne']);
    expect(proposed(text)).toEqual(['Anders']);
  });

  it('proposes a private relation and what is said of it', () => {
    const text = 'Hans mor er indlagt med depression.';
    expect(proposed(text).join(' ')).toMatch(/Hans mor.*indlagt med depression/);
  });

  it('gives every span one Danish sentence that does not repeat what it hides', () => {
    const text = 'Anders Riis, 030380-1235, bor hos sin søster.';
    for (const span of detect(text, register)) {
      expect(span.reason).toMatch(/^\p{Lu}[^\n]+\.$/u);
      expect(span.reason).not.toContain(text.slice(span.start, span.end));
    }
  });
});

describe('detect: any input', () => {
  it('gives spans inside the text, in order, the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const spans = detect(text, register);
        expect(detect(text, register)).toEqual(spans);
        for (const [at, { start, end, confidence }] of spans.entries()) {
          expect(start).toBeGreaterThanOrEqual(at === 0 ? 0 : spans[at - 1]!.start);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(confidence > 0 && confidence <= 1).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  const sample = readFileSync(join(__dirname, '../../test/data/cases/a10_netvaerksmoede.txt'), 'utf8');
  it.each([
    ['figures', '1 '],
    ['hyphens', 'A-'],
    ['names', 'Anders '],
    ['marks', '*-x'],
    ['blanks', ' '],
    ['right to left', 'שלום '],
    ['a document on one line', sample.replace(/\n/g, ' ')],
  ])('answers one megabyte of %s on a single line in bounded work', (_name, unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const began = process.cpuUsage();
    detect(text, register);
    const { user, system } = process.cpuUsage(began);
    // Twenty times the aim: a bound against work that grows with the square, not a measurement.
    expect((user + system) / 1e6).toBeLessThan(20);
  });
});
