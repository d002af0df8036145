import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { officialMemoFolder, sampleMessage } from '../testing/sample-message';
import { checkMemo } from './memo-rules';
import { validateAgainstSchema } from './schema-check';
import { memoBytes } from './write-memo';

type Change = (xml: string) => string;

const swap =
  (from: string | RegExp, to: string): Change =>
  (xml) => {
    const changed = xml.replace(from, to);
    if (changed === xml) throw new Error(`The mutation of ${String(from)} changed nothing.`);
    return changed;
  };
const text = (element: string, to: string): Change =>
  swap(new RegExp(`<memo:${element}>[^<]*<`), `<memo:${element}>${to}<`);
const after = (element: string, extra: string): Change => swap(`</memo:${element}>`, `</memo:${element}>${extra}`);
const action = (inner: string): Change =>
  after('File', `<memo:Action><memo:label>x</memo:label>${inner}</memo:Action>`);

/** Every kind of bad message: what was done to a good one, and the rule that must find it. */
const BAD: [kind: string, rule: string, change: Change][] = [
  ['is not XML', 'not-readable', swap('</memo:Message>', '')],
  ['declares a document type', 'not-readable', swap('?>', '?><!DOCTYPE x SYSTEM "file:///etc/passwd">')],
  ['declares another encoding', 'not-readable', swap('UTF-8', 'ISO-8859-1')],
  ['has another namespace', 'root', swap('https://DigitalPost.dk/MeMo-1', 'https://digitalpost.dk/memo')],
  ['is of another version', 'version', swap('memoVersion="1.2"', 'memoVersion="1.3"')],
  ['has memoSchVersion', 'schema-version', swap('memoVersion', 'memoSchVersion="1.1.0" memoVersion')],
  ['has an unknown attribute', 'attribute', swap('<memo:Sender>', '<memo:Sender kind="x">')],
  ['has an unknown element', 'unknown-element', after('label', '<memo:subject>x</memo:subject>')],
  [
    'has elements in wrong order',
    'element-order',
    swap(/(<memo:label>.*?<\/memo:label>)(\s*)(<memo:notification>.*?<\/memo:notification>)/, '$3$1'),
  ],
  ['lacks its label', 'missing-element', swap(/<memo:label>[^<]*<\/memo:label>/, '')],
  ['has two labels', 'too-many', after('label', '<memo:label>igen</memo:label>')],
  ['has text between elements', 'text-between-elements', swap('<memo:Sender>', '<memo:Sender>hej')],
  ['has a UUID of version 7', 'type-uuid', swap('-4d55-', '-7d55-')],
  ['has a label of 257 characters', 'type-text', text('label', 'x'.repeat(257))],
  ['has a notification of 151 characters', 'type-notification', text('notification', 'x'.repeat(151))],
  ['has a time with an offset', 'type-dateTime', text('createdDateTime', '2026-11-23T09:14:00+01:00')],
  ['has a day that does not exist', 'type-dateTime', text('createdDateTime', '2026-02-30T09:14:00Z')],
  ['has a language with region', 'type-language', text('language', 'da-DK')],
  ['has a mandatory that is no boolean', 'type-boolean', text('mandatory', 'nej')],
  ['has an unknown message type', 'type-messageType', text('messageType', 'EMAIL')],
  ['lacks the body', 'body-missing', swap(/ {2}<memo:MessageBody>[^]*<\/memo:MessageBody>\n/, '')],
  ['is a NemSMS with a body', 'nemsms-body', text('messageType', 'NEMSMS')],
  ['has an empty label', 'label-empty', text('label', ' ')],
  ['has an empty sender label', 'sender-label-empty', swap('<memo:label>Solby Kommune<', '<memo:label><')],
  ['has an idType in lower case', 'id-type', swap('>CPR<', '>cpr<')],
  ['has a hyphen in the CPR number', 'cpr-digits', text('recipientID', '221177-1212')],
  ['has a CVR number of nine digits', 'cvr-digits', text('senderID', '123456789')],
  ['has an unknown action code', 'action-code', action('<memo:actionCode>KOEB</memo:actionCode>')],
  [
    'links without https',
    'entry-point-https',
    action(
      '<memo:actionCode>INFORMATION</memo:actionCode><memo:EntryPoint><memo:url>http://solby.dk</memo:url></memo:EntryPoint>',
    ),
  ],
  ['has a slash in a file name', 'file-name-characters', text('filename', 'sager/afgoerelse.pdf')],
  ['has a no-break space in a file name', 'file-name-characters', text('filename', 'min\u00a0sag.pdf')],
  ['has an empty file name', 'file-name-empty', text('filename', '')],
  ['has a file name without extension', 'file-name-extension', text('filename', 'afgoerelse')],
  ['has an extension that does not fit', 'file-name-fits-type', text('filename', 'afgoerelse.docx')],
  ['repeats a name in one document', 'file-name-unique', swap(/(<memo:File>[^]*?<\/memo:File>)/, '$1$1')],
  ['has no media type', 'media-type', text('encodingFormat', 'pdf')],
  ['has broken base64', 'base64', text('content', '%%%')],
  ['has base64 of a wrong length', 'base64', text('content', 'JVBER')],
  ['has base64 with padding inside', 'base64', text('content', 'JVBERi0=JVBE')],
  ['has a comment inside base64', 'base64', text('content', 'JVBERi0x<!-- x -->LjQK')],
  ['has an empty content', 'content-empty', text('content', '')],
];

/** Digital Post might take these; we do not send them. */
const NOT_FROM_US: [kind: string, rule: string, change: Change][] = [
  ['calls a text a PDF', 'pdf-magic', text('content', 'VGhpcyBpcyBhIHRlc3Q=')],
  ['is mandatory', 'mandatory-set', text('mandatory', 'true')],
  ['is a forkyndelse', 'legalNotification-set', text('legalNotification', '1')],
  ['shows a CPR number in its title', 'cpr-outside-login', text('label', 'Aktindsigt 221177-1212')],
  ['has words for a CPR number', 'cpr-digits', text('recipientID', 'Recipient ID')],
  ['repeats a name in two documents', 'file-name-unique', swap('aktliste.pdf', 'aktindsigt.pdf')],
];

async function good(): Promise<string> {
  return (await memoBytes(sampleMessage())).content.toString('utf8');
}

describe('checkMemo', () => {
  it.each(BAD)('refuses a message that %s', async (_kind, rule, change) => {
    const { errors } = await checkMemo(Buffer.from(change(await good())));

    expect(errors.map((fault) => fault.rule)).toContain(rule);
  });

  it.each(NOT_FROM_US)('doubts a message that %s, and never lets it out', async (_kind, rule, change) => {
    const xml = Buffer.from(change(await good()));

    const asReceiver = await checkMemo(xml);
    const asSender = await checkMemo(xml, { profile: 'sender' });

    expect(asReceiver.errors).toEqual([]);
    expect(asReceiver.warnings.map((fault) => fault.rule)).toContain(rule);
    expect(asSender.errors.map((fault) => fault.rule)).toContain(rule);
  });

  it('refuses eleven files and more bytes than the limit', async () => {
    const file = /<memo:File>[^]*?<\/memo:File>/.exec(await good())![0];
    const many = swap(
      '</memo:File>',
      `</memo:File>${Array.from({ length: 8 }, (_, index) => file.replace('afgoerelse', `nr${index}`)).join('')}`,
    );
    const huge = (await good()).replace(
      /(<memo:content>)[^<]*/,
      (_all, tag: string) => tag + 'JVBERi0x'.repeat(12_400_000),
    );

    expect((await checkMemo(Buffer.from(many(await good())))).errors.map(({ rule }) => rule)).toEqual(['file-count']);
    expect((await checkMemo(Buffer.from(huge))).errors.map(({ rule }) => rule)).toEqual(['size-of-files']);
  });

  it('refuses an envelope that never ends instead of filling the memory', async () => {
    const start = Buffer.from((await good()).slice(0, 300));
    async function* endless() {
      yield start;
      for (let part = 0; part < 200; part += 1) yield Buffer.alloc(65_536, 'x');
    }

    expect((await checkMemo(endless())).errors[0]?.message).toMatch(/larger than/);
  });

  it('says something else for each kind, in whole sentences, without personal data', async () => {
    const sentences = new Map<string, string>();
    for (const [, rule, change] of [...BAD, ...NOT_FROM_US]) {
      const { errors } = await checkMemo(Buffer.from(change(await good())), { profile: 'sender' });
      for (const fault of errors) {
        expect(fault.message).toMatch(/^[A-Z].+[.)]|line:column/);
        expect(fault.message).not.toMatch(/221177|afgoerelse|Recipient ID/);
      }
      sentences.set(rule, errors.find((fault) => fault.rule === rule)!.message);
    }
    expect(sentences.size).toBeGreaterThanOrEqual(30);
    expect(new Set(sentences.values()).size).toBe(sentences.size);
  });

  it('reads the same whatever the size of the pieces that come in', async () => {
    const xml = Buffer.from(await good());
    async function* pieces(size: number) {
      for (let start = 0; start < xml.length; start += size) yield xml.subarray(start, start + size);
    }
    const whole = await checkMemo(xml);

    for (const size of [1, 2, 7, 4096]) expect(await checkMemo(pieces(size))).toEqual(whole);
    expect(whole.errors).toEqual([]);
  });

  it('takes a default namespace, line breaks in base64, a byte order mark and comments', async () => {
    const xml = (await good())
      .replaceAll('memo:', '')
      .replace('xmlns:memo', 'xmlns')
      .replace('xmlns:', 'xmlns=')
      .replace('xmlns==', 'xmlns=');
    const broken = xml
      .replace(/<content>([^<]{76})/, '<content>\r\n  $1\r\n')
      .replace('<Sender>', '<!-- <content> --><Sender>');

    const { errors } = await checkMemo(Buffer.from(`\ufeff${broken}`), { profile: 'sender' });

    expect(errors).toEqual([]);
  });

  it('names the line of the fault, counted with the line breaks of the contents', async () => {
    const xml = (await good()).replace(/<memo:content>([^<]{76})/, '<memo:content>\n\n$1').replace('>da<', '>da-DK<');
    const late = xml.replace(
      /da(<\/memo:language>\s*<memo:content>[^<]*<\/memo:content>\s*<\/memo:File>\s*<\/memo:AdditionalDocument>\s*<\/memo:MessageBody>)/,
      'danish$1',
    );

    const { errors } = await checkMemo(Buffer.from(late));

    const lines = late.split('\n');
    expect(errors.map(({ line }) => lines[line! - 1]?.trim())).toEqual([
      '<memo:language>da-DK</memo:language>',
      '<memo:language>danish</memo:language>',
    ]);
  });

  const official = officialMemoFolder();
  if (official) {
    const samples = join(official, 'samples');
    const files = readdirSync(samples).filter((name) => name.startsWith('itkdevrpa-memo'));

    it.each(files)('accepts the official sample %s in its own version only', async (name) => {
      const version = name.includes('memo11') ? '1.1' : '1.2';
      const xml = readFileSync(join(samples, name));

      expect((await checkMemo(xml, { version })).errors).toEqual([]);
      expect(
        (await checkMemo(xml, { version: version === '1.1' ? '1.2' : '1.1' })).errors.map(({ rule }) => rule),
      ).toEqual(['version']);
      expect(await validateAgainstSchema(xml, join(official, `xsd/memo-${version}`))).toEqual([]);
    });

    it.each(readdirSync(join(samples, 'negative')))('refuses the negative sample %s', async (name) => {
      expect((await checkMemo(readFileSync(join(samples, 'negative', name)))).errors).toHaveLength(1);
    });

    it('refuses all that the official schema refuses', async () => {
      let refusedBySchema = 0;
      for (const [, , change] of BAD.slice(3)) {
        const xml = Buffer.from(change(await good()));
        const bySchema = await validateAgainstSchema(xml, join(official, 'xsd/memo-1.2'));
        const byUs = await checkMemo(xml);
        if (bySchema.length === 0) continue;
        refusedBySchema += 1;
        expect(byUs.errors).not.toEqual([]);
        for (const { message } of bySchema) expect(message).not.toMatch(/221177/);
      }
      expect(refusedBySchema).toBeGreaterThanOrEqual(14);
    });
  }
});
