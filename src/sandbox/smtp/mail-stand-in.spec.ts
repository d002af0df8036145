import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { MailStandIn } from './mail-stand-in';

let stop: () => Promise<void>;

afterEach(() => stop());

async function start(options: ConstructorParameters<typeof MailStandIn>[0] = {}) {
  const standIn = new MailStandIn(options);
  stop = () => standIn.stop();
  return { standIn, transport: createTransport({ ...(await standIn.start()), secure: false }) };
}

const mail = {
  from: 'noreply@solby.example',
  to: 'karen@example.org',
  subject: 'Nyt svar på din anmodning',
  text: 'Gå til æøå.',
};

it('keeps a mail with its Danish letters', async () => {
  const { standIn, transport } = await start();
  await transport.sendMail(mail);
  const [received] = await standIn.waitForMails(1);
  expect(received).toMatchObject({ from: mail.from, to: [mail.to], subject: mail.subject });
  expect(received?.text.trim()).toBe(mail.text);
  expect(received?.raw).toMatch(/^Message-ID:/im);
});

it('writes each mail to the folder as well', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aktindsigt-mail-'));
  const { transport } = await start({ folder });
  await transport.sendMail(mail);
  expect(readdirSync(folder)).toEqual(['0001.eml']);
  expect(readFileSync(join(folder, '0001.eml'), 'utf8')).toContain('To: karen@example.org');
  rmSync(folder, { recursive: true });
});

it('refuses a recipient that does not exist, and keeps nothing', async () => {
  const { standIn, transport } = await start({ unknownRecipients: [mail.to] });
  await expect(transport.sendMail(mail)).rejects.toMatchObject({ responseCode: 550 });
  expect(standIn.mails()).toEqual([]);
});

it('says how many mails came in when more were awaited', async () => {
  const { standIn } = await start();
  await expect(standIn.waitForMails(1, 50)).rejects.toThrow('0 mails came in within 50 ms; 1 were awaited.');
});
