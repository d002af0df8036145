import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Access = 'own' | 'third' | 'employee' | 'professional';

interface Label {
  start: number;
  end: number;
  text: string;
  type: string;
  person: string | null;
  role: string;
  redact: boolean;
  soft: boolean;
  basis: string;
}

interface Register {
  case: string;
  requester: string;
  parties: { id: string; role: string; access: Access; name: string; cpr?: string }[];
  not_in_register: { id: string; role: string }[];
}

const FOLDERS = ['cases', 'cases-open', 'cases-held-out'];
const TYPES = [
  'NAME INITIALS CPR CPR_PARTIAL ADDRESS RELATION CRIMINAL DOB HEALTH PHONE FINANCE',
  'ORG PLATE EMAIL PLACE BANK_ACCOUNT ETHNICITY RELIGION OTHER_ID CVR USERNAME CASE_NO',
].flatMap((line) => line.split(' '));
const BASES = ['third_party', 'own', 'employee', 'professional', 'not_personal', 'pronoun_or_generic'];
/** What is unmistakable wherever it stands; a first name or a street alone may be somebody else's. */
const IN_FULL = new Set(['NAME', 'CPR', 'PHONE', 'EMAIL', 'PLATE', 'BANK_ACCOUNT', 'USERNAME']);
const MODULUS_11_WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

const documents = FOLDERS.flatMap((folder) =>
  readdirSync(join(__dirname, folder))
    .filter((file) => file.endsWith('.txt'))
    .map((file) => [`${folder}/${file.slice(0, -4)}`] as const),
);
const read = (document: string, ending: string): string =>
  readFileSync(join(__dirname, `${document}${ending}`), 'utf8');
const labelled = (document: string) =>
  JSON.parse(read(document, '.json')) as { name: string; requester: string; labels: Label[] };
const register = (document: string) => JSON.parse(read(document, '.register.json')) as Register;

const passesModulus11 = (cpr: string): boolean =>
  [...cpr].reduce((sum, digit, at) => sum + Number(digit) * MODULUS_11_WEIGHTS[at]!, 0) % 11 === 0;

const cprNumbers = (document: string): string[] =>
  [
    ...register(document).parties.map((party) => party.cpr ?? ''),
    ...labelled(document)
      .labels.filter((label) => label.type === 'CPR')
      .map((label) => label.text),
  ]
    .map((text) => text.replace(/\D/g, ''))
    .filter((digits) => digits.length === 10);

it('has documents in every folder', () => {
  for (const folder of FOLDERS)
    expect(documents.filter(([name]) => name.startsWith(`${folder}/`)).length).toBeGreaterThan(13);
});

describe.each(documents)('%s', (document) => {
  it('carries its own name and a requester in all three files', () => {
    const name = document.split('/')[1];
    expect(labelled(document)).toMatchObject({ name, requester: 'R' });
    expect(register(document)).toMatchObject({ case: name, requester: 'R' });
    expect(register(document).parties.find((party) => party.id === 'R')?.access).toBe('own');
  });

  it('points with every label at exactly the text it quotes, in order and without overlap', () => {
    const text = read(document, '.txt');
    let end = 0;
    for (const label of labelled(document).labels) {
      expect(text.slice(label.start, label.end)).toBe(label.text);
      expect(label.text).toMatch(/^\S(.*\S)?$/su);
      expect(label.start).toBeGreaterThanOrEqual(end);
      end = label.end;
    }
    expect(end).toBeGreaterThan(0);
  });

  it('stays within the characters whose code point and UTF-16 unit count alike', () => {
    expect(read(document, '.txt')).not.toMatch(/[\u{10000}-\u{10ffff}]/u);
  });

  it('removes what is about a third person and nothing else', () => {
    for (const label of labelled(document).labels) {
      expect(TYPES).toContain(label.type);
      expect(BASES).toContain(label.basis);
      expect(label.redact).toBe(label.basis === 'third_party');
      expect(label.person === null).toBe(label.basis === 'not_personal');
    }
  });

  it('labels only persons the register or its list of the unknown names, each in the same role', () => {
    const { parties, not_in_register } = register(document);
    const roles = new Map([...parties, ...not_in_register].map(({ id, role }) => [id, role]));
    expect(roles.size).toBe(parties.length + not_in_register.length);
    for (const label of labelled(document).labels) {
      if (label.person !== null) expect([label.person, roles.get(label.person)]).toEqual([label.person, label.role]);
    }
  });

  it('treats every person of the register as the register says', () => {
    const access = new Map(register(document).parties.map((party) => [party.id, party.access]));
    for (const label of labelled(document).labels.filter(({ soft }) => !soft)) {
      const known = label.person === null ? undefined : access.get(label.person);
      if (known) expect([label.text, label.basis]).toEqual([label.text, known === 'third' ? 'third_party' : known]);
    }
  });

  it('holds no CPR number that could belong to somebody', () => {
    for (const cpr of cprNumbers(document)) {
      expect([cpr, passesModulus11(cpr)]).toEqual([cpr, false]);
      expect(cpr).not.toMatch(/^0101/);
    }
  });

  it('leaves no second mention of a third person in full unlabelled', () => {
    const { labels } = labelled(document);
    const text = read(document, '.txt');
    const inFull = labels.filter(
      ({ redact, type, text: quoted }) => redact && IN_FULL.has(type) && /[ \d-]/.test(quoted),
    );
    for (const { text: quoted } of inFull) {
      for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) {
        const covered = labels.some((label) => label.start <= at && at < label.end);
        expect([quoted, at, covered]).toEqual([quoted, at, true]);
      }
    }
  });

  it('labels every mail address', () => {
    const { labels } = labelled(document);
    for (const found of read(document, '.txt').matchAll(/[\p{L}\d._-]+@[\p{L}\d.-]+/gu)) {
      expect([found[0], labels.some((label) => label.start <= found.index && found.index < label.end)]).toEqual([
        found[0],
        true,
      ]);
    }
  });
});
