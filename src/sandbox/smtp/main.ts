import { parseArgs } from 'node:util';
import { endWithParent } from '../process/end-with-parent';
import { MailStandIn } from './mail-stand-in';

/** The mail stand-in as a process of its own. Prints one JSON line with host and port when it is ready. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, folder: { type: 'string' } } });
  const port = values.port === undefined ? undefined : Number(values.port);
  const mails = new MailStandIn({ port, folder: values.folder });
  process.stdout.write(`${JSON.stringify(await mails.start())}\n`);
  endWithParent(() => mails.stop());
}

main().catch((error: Error) => {
  process.stderr.write(`The mail stand-in did not start: ${error.message}\n`);
  process.exit(2);
});
