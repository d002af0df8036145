import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BAD, NOT_FROM_US, swap } from '../testing/bad-messages';
import { officialMemoFolder, sampleMessage } from '../testing/sample-message';
import { checkMemo } from './memo-rules';
import { validateAgainstSchema } from './schema-check';
import { memoBytes } from './write-memo';

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
        expect(fault.message).toMatch(/^[A-Z].+\.$/);
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
