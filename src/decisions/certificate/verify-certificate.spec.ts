import { createHash } from 'node:crypto';
import { manifestHash } from '../manifest';
import { canonicalBytes } from './canonical-json';
import {
  CERTIFICATE_FORMAT,
  KEYS_FORMAT,
  type CitizenCertificate,
  type MunicipalCertificate,
  type Opening,
  type PublishedKeys,
  type RedactionEntry,
} from './certificate';
import { commitTo } from './commitment';
import { makeCertificate, openingOf } from './make-certificate';
import { newKeyPair, signed, type KeyPair } from './signature';
import { verifyCertificate, type PackageFolder } from './verify-certificate';

const AUTHORITY = { cvr: '11223344', name: 'Solby Kommune' };
const DECISION = '0b9c1c2e-5b52-4a3e-9d6e-52c2f6b8a001';
const TEXTS = ['Birgit Rasmussen', '120388-1234', 'Birgit Rasmussen', ''];
const FILES: Record<string, string> = {
  'afgoerelse.pdf': 'the letter',
  'aktliste.pdf': 'the list of documents',
  'aktindsigt.pdf': 'the documents',
};

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const saltOf = (index: number) => createHash('sha256').update(`salt ${index}`).digest();
const idOf = (index: number) => `5d1f0c1e-0000-4000-8000-00000000000${index}`;
const entry = (text: string, index: number): RedactionEntry => ({
  id: idOf(index),
  kind: 'passage',
  document: 1 + index,
  sources: [sha256(`source ${index}`)],
  page: 1,
  boxes: [[56.7, 700, 180.25, 712]],
  ground: 'FVL-15B-5',
  basis: 'FVL_PART',
  commitment: commitTo(saltOf(index), idOf(index), text),
});

interface Made {
  folder: { citizen: Buffer; municipality: Buffer; files: Map<string, { sha256: string; size: number }> };
  citizen: CitizenCertificate;
  municipality: MunicipalCertificate;
}

function make(key: KeyPair, contents: Record<string, string> = FILES): Made {
  const files = Object.entries(contents).map(([name, text]) => ({
    name,
    sha256: sha256(text),
    size: text.length,
    pages: 1,
  }));
  const manifestSha256 = manifestHash({ request: 'A-2026-1', round: 1, files });
  const head = { format: CERTIFICATE_FORMAT, authority: AUTHORITY, request: 'A-2026-1', decision: DECISION } as const;
  const issued = '2026-11-22T10:00:00.000Z';
  const made = makeCertificate(
    {
      ...head,
      part: 'citizen',
      round: 1,
      times: { received: '2026-11-16', reviewed: issued, approved: issued, issued },
      manifestSha256,
      files,
      page: { name: 'bevis.pdf', sha256: sha256('the page') },
      documents: { full: 1, partial: 2, withheld: 0, outside: 0, duplicates: 0 },
      grounds: [{ citation: 'forvaltningslovens § 15 b, nr. 5', passages: 4, wholeDocuments: 0 }],
      verification: { verdict: 'pass', checks: 60, engines: ['pdf.js 5.4.1'] },
    },
    { ...head, part: 'municipality', manifestSha256, issued, redactions: TEXTS.map(entry) },
    key,
  );
  const onDisk = new Map(
    [...files, { name: 'bevis.pdf', sha256: sha256('the page'), size: 8 }].map((f) => [f.name, f]),
  );
  return {
    folder: { ...made, files: onDisk },
    citizen: JSON.parse(made.citizen.toString()) as CitizenCertificate,
    municipality: JSON.parse(made.municipality.toString()) as MunicipalCertificate,
  };
}

function published(...keys: { key: KeyPair; validFrom: string; validTo: string | null }[]): PublishedKeys {
  const rows = keys.map(({ key, validFrom, validTo }) => ({
    keyId: key.keyId,
    publicKey: key.publicKey.toString('hex'),
    validFrom,
    validTo,
  }));
  return { format: KEYS_FORMAT, authority: AUTHORITY, keys: rows };
}

const KEY = newKeyPair();
const KEYS = published({ key: KEY, validFrom: '2026-01-01T00:00:00.000Z', validTo: null });

describe('a certificate', () => {
  const { folder, citizen, municipality } = make(KEY);
  const verdictOf = (other: Partial<PackageFolder>, opening?: Opening) =>
    verifyCertificate({ ...folder, ...other }, { keys: KEYS, opening });

  it('passes as it was made, either part alone or both together', () => {
    expect(verdictOf({})).toMatchObject({ verdict: 'pass', key: 'published', parts: ['citizen', 'municipality'] });
    expect(verdictOf({ municipality: undefined })).toMatchObject({ verdict: 'pass', parts: ['citizen'] });
    expect(verdictOf({ citizen: undefined, files: new Map() })).toMatchObject({
      verdict: 'pass',
      parts: ['municipality'],
    });
  });

  it.each(['citizen', 'municipality'] as const)('is refused with any byte of the %s’s part changed or cut', (part) => {
    const bytes = folder[part];
    let refused = 0;
    for (let position = 0; position < bytes.length; position += 1) {
      const changed = Buffer.from(bytes);
      // A space for a blank, another digit, another letter: the lowest bit makes the likeliest mistake.
      changed[position] ^= position % 2 === 0 ? 0x01 : 0x20;
      const alone = part === 'citizen' ? { citizen: changed } : { citizen: undefined, municipality: changed };
      if (verdictOf(alone).verdict === 'fail') refused += 1;
    }
    expect(refused).toBe(bytes.length);
    for (const length of [0, 1, bytes.length - 1])
      expect(verdictOf({ [part]: bytes.subarray(0, length) }).verdict).toBe('fail');
    expect(verdictOf({ [part]: Buffer.concat([bytes, Buffer.from('\n')]) }).verdict).toBe('fail');
  });

  it('is refused with any byte of a file changed, and names the file', () => {
    for (const [name, text] of Object.entries(FILES)) {
      for (let position = 0; position < text.length; position += 1) {
        const changed = Buffer.from(text);
        changed[position] ^= 1;
        const files = new Map(folder.files).set(name, { sha256: sha256(changed), size: changed.length });
        const verdict = verdictOf({ files });
        expect(verdict.verdict).toBe('fail');
        expect(verdict.faults).toEqual([`The file ${name} is not the one that was approved: it was changed.`]);
      }
    }
  });

  it('names a file that is missing, and one that it says nothing of', () => {
    const files = new Map(folder.files).set('memo.xml', { sha256: 'x', size: 1 });
    files.delete('aktliste.pdf');
    const verdict = verdictOf({ files });
    expect(verdict.faults).toEqual(['The file aktliste.pdf is missing.']);
    expect(verdict.notCovered).toEqual(['memo.xml']);
  });

  it('is refused when the list of files is not the one that the approver signed', () => {
    const { signature: _old, ...content } = citizen;
    const other = canonicalBytes(signed({ ...content, round: 2 }, KEY));
    expect(verdictOf({ citizen: other, municipality: undefined }).faults).toEqual([
      'The list of files is not the one that the approver signed.',
    ]);
  });

  it('is refused when the two parts do not belong together', () => {
    const other = make(KEY, { ...FILES, 'afgoerelse.pdf': 'another letter' });
    expect(verdictOf({ municipality: other.folder.municipality }).faults).toEqual([
      'bevis-kommune.json is not the part to which bevis.json is bound.',
    ]);
  });

  it('is refused when a commitment is replaced and signed anew, since the citizen’s part is bound to the old one', () => {
    const { signature: _old, ...content } = municipality;
    const [first, ...rest] = content.redactions;
    const redactions = [{ ...first, commitment: commitTo(saltOf(0), first.id, 'Another Name') }, ...rest];
    const other = canonicalBytes(signed({ ...content, redactions }, KEY));
    expect(verdictOf({ municipality: other }).verdict).toBe('fail');
  });

  it('says what is not proven when no published key was compared', () => {
    const verdict = verifyCertificate(folder);
    expect(verdict).toMatchObject({ verdict: 'pass', key: 'not compared' });
    expect(verdict.notProven.join(' ')).toContain('That the key is the authority’s');
  });

  it('proves nothing when anything is wrong', () => {
    expect(verdictOf({ files: new Map() }).proven).toEqual([]);
  });

  it('is refused when something else than a certificate is signed', () => {
    const odd = canonicalBytes(signed({ format: CERTIFICATE_FORMAT, part: 'citizen' }, KEY));
    expect(verdictOf({ citizen: odd, municipality: undefined }).faults).toEqual([
      'The certificate is signed, but is not put together as a certificate of this format.',
    ]);
  });
});

describe('keys of an authority', () => {
  it('still let an old certificate be checked after the key was retired', () => {
    const [old, current] = [KEY, newKeyPair()];
    const retired = '2026-12-01T00:00:00.000Z';
    const keys = published(
      { key: old, validFrom: '2026-01-01T00:00:00.000Z', validTo: retired },
      { key: current, validFrom: retired, validTo: null },
    );
    expect(verifyCertificate(make(old).folder, { keys })).toMatchObject({ verdict: 'pass', key: 'published' });
  });

  it('refuse a certificate by a key that was never published', () => {
    const verdict = verifyCertificate(make(newKeyPair()).folder, { keys: KEYS });
    expect(verdict).toMatchObject({ verdict: 'fail', key: 'not published' });
    expect(verdict.faults[0]).toMatch(
      /^The certificate is signed by the key [0-9a-f]{32}, which the authority has not/,
    );
  });

  it('refuse another key under the name of a published one', () => {
    const impostor = { ...newKeyPair(), keyId: KEY.keyId };
    expect(verifyCertificate(make(impostor).folder, { keys: KEYS }).verdict).toBe('fail');
  });

  it('refuse a certificate that was issued when its key was not in use', () => {
    const keys = published({ key: KEY, validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-11-22T09:59:59.999Z' });
    expect(verifyCertificate(make(KEY).folder, { keys }).faults[0]).toMatch(/when the key .* was not in use/);
  });

  it('refuse another authority’s certificate', () => {
    const keys = { ...KEYS, authority: { cvr: '55667788', name: 'Nabo Kommune' } };
    expect(verifyCertificate(make(KEY).folder, { keys }).verdict).toBe('fail');
  });
});

describe('an opened redaction', () => {
  const { folder, municipality } = make(KEY);
  const open = (index: number) => openingOf(municipality, idOf(index), saltOf(index), TEXTS[index]);
  const verdictOf = (opening: Opening, other: Partial<PackageFolder> = {}) =>
    verifyCertificate({ ...folder, ...other }, { keys: KEYS, opening });

  it('fits the citizen’s part alone, so that the appeal body sees nothing of the others', () => {
    for (const index of TEXTS.keys())
      expect(verdictOf(open(index), { municipality: undefined })).toMatchObject({ verdict: 'pass', opening: 'fits' });
  });

  it('does not fit with another text, salt, place, ground or decision', () => {
    const opening = open(1);
    const { redaction } = opening;
    for (const changed of [
      { ...opening, text: '120388-1235' },
      { ...opening, salt: saltOf(2).toString('hex') },
      { ...opening, redaction: { ...redaction, page: 2 } },
      { ...opening, redaction: { ...redaction, ground: 'FVL-15A' } },
      { ...opening, redaction: { ...redaction, commitment: commitTo(saltOf(1), idOf(1), 'x') }, text: 'x' },
      { ...opening, decision: 'another' },
      { ...opening, steps: open(0).steps },
    ])
      expect(verdictOf(changed)).toMatchObject({ verdict: 'fail', opening: 'does not fit' });
  });

  it('holds neither text, salt nor commitment of any other, and equal texts have unequal commitments', () => {
    const opened = JSON.stringify(open(0));
    for (const index of [1, 2, 3]) {
      expect(opened).not.toContain(saltOf(index).toString('hex'));
      expect(opened).not.toContain(municipality.redactions[index].commitment);
      expect(opened).not.toContain(idOf(index));
    }
    expect(municipality.redactions[0].commitment).not.toBe(municipality.redactions[2].commitment);
  });

  it('gives a salt with which no other commitment can be tried', () => {
    const { commitment, id } = municipality.redactions[2];
    expect(commitTo(saltOf(0), id, TEXTS[2])).not.toBe(commitment);
  });
});
