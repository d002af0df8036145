import { connect } from 'node:net';
import { describeConformance } from '../../../test/conformance/describe-conformance';
import { citizen, letter } from '../../../test/conformance/held-by-the-source';
import { FAST, type Holdings, type Rig } from '../../../test/conformance/subject';
import { missingProgram } from '../../../test/support/missing-program';
import { ImapProxy } from '../../sandbox/imap/imap-proxy';
import { ImapServer, MAILBOX_PASSWORD } from '../../sandbox/imap/imap-server';
import { mailOf, wholeMailOf } from '../../sandbox/imap/mails';
import { type ImapConnector } from './imap-connector';
import { createConnector } from '../connector-registry';

/** A real server needs longer than a stand-in, above all on a busy machine. */
const PATIENT = { timeoutMs: 1_500, retries: 1 };

let server: ImapServer;
let mailboxes = 0;

async function open({ cases, caseless = [] }: Holdings): Promise<Rig> {
  server ??= await ImapServer.start();
  const user = `postkasse${(mailboxes += 1)}`;
  const filed = cases.flatMap(({ documents, parties }) => documents.map((document) => ({ document, parties })));
  const loose = caseless.map((document) => ({ document, parties: document.parties }));
  for (const { document, parties } of [...filed, ...loose])
    await server.deliver(user, 'INBOX', mailOf(document, parties));
  const proxy = new ImapProxy(server.port);
  const port = await proxy.start();
  const { requestsPerSecond: _none, ...fast } = FAST;
  const settings = { host: '127.0.0.1', port, security: 'none', user, password: MAILBOX_PASSWORD, ...fast, ...PATIENT };
  const source = { id: 'post', kind: 'imap', name: 'fællespostkassen', owner: 'Borgerservice' };
  const connector = createConnector(source, settings) as ImapConnector;
  return {
    connector,
    misbehave: (fault) => proxy.fault(fault),
    expireLogins: () => proxy.cut(),
    tryToWrite: () => tryToWrite(port, user),
    writes: () => proxy.writes,
    close: async () => {
      await connector.close();
      await proxy.stop();
    },
  };
}

/** Logs in as the reader and tries to delete a folder. */
function tryToWrite(port: number, user: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const commands = [`a1 LOGIN ${user} ${MAILBOX_PASSWORD}`, 'a2 DELETE Arkiv', 'a3 LOGOUT'];
    socket.on('data', () => void (commands.length > 0 && socket.write(`${commands.shift()}\r\n`)));
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}

/** The letter of this name comes as the mail that it lies in. */
function mailAround(content: Buffer, name: string): Buffer {
  const number = Number(/\d+/.exec(name)?.[0]);
  return wholeMailOf(letter(number, { files: [{ id: number * 10, name, content }] }), [citizen]);
}

const NO_CASES = 'A mailbox has no cases; every mail stands alone.';

if (!missingProgram('dovecot', 'the reading of mailboxes on a real dovecot')) {
  afterAll(() => server?.stop());
  describeConformance({
    kind: 'imap',
    open,
    lists: ['search', 'documents'],
    health: 'states',
    essentialFields: [
      ['case', 'UIDVALIDITY'],
      ['search', 'COUNT'],
      ['documents', 'RFC822.SIZE'],
      ['documents', 'ENVELOPE'],
    ],
    notApplicable: {
      'closed-case': NO_CASES,
      'forbidden-case': NO_CASES,
      'journal-notes': 'A mailbox holds mails, and no journal notes.',
      attachment: 'An attachment lies inside its mail, and becomes a document of its own when the mail is converted.',
      'forbidden-file': 'Rights go for a whole folder, which the tests beside this one try on a real server.',
      'html-with-200': 'An IMAP server does not answer with web pages.',
      'retry-after': 'An IMAP server that asks us to slow down does not say for how long.',
    },
    givenBytes: mailAround,
  });
}
