import { parseArgs } from 'node:util';
import { sandboxCertificates } from '../certificates';
import { endWithParent } from '../process/end-with-parent';
import { DigitalPostStandIn } from './digital-post-stand-in';

/** The Digital Post stand-in as a process of its own. Prints one JSON line with its address when it is ready. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      certificates: { type: 'string' },
      port: { type: 'string' },
      'receipt-delay': { type: 'string' },
      'token-seconds': { type: 'string' },
      xsd: { type: 'string' },
      'letter-xsd': { type: 'string' },
      'receipt-endpoint': { type: 'string' },
      'besked-endpoint': { type: 'string' },
      cvr: { type: 'string' },
      'system-id': { type: 'string' },
    },
  });
  if (!values.folder || !values.certificates) {
    throw new Error('Name the folder for messages (--folder) and the folder of certificates (--certificates).');
  }
  const standIn = new DigitalPostStandIn({
    folder: values.folder,
    certificates: await sandboxCertificates(values.certificates),
    port: whole(values.port, '--port'),
    receiptDelayMs: whole(values['receipt-delay'], '--receipt-delay'),
    tokenSeconds: whole(values['token-seconds'], '--token-seconds'),
    xsdFolder: values.xsd,
    letterXsdFolder: values['letter-xsd'],
    receiptEndpoints: { ngdp: values['receipt-endpoint'], sf1601: values['besked-endpoint'] },
    cvr: values.cvr,
    systemId: values['system-id'],
    // By the environment: arguments are seen by every user of the machine.
    apiToken: process.env['DIGITAL_POST_API_TOKEN'],
  });
  process.stdout.write(`${JSON.stringify(await standIn.start())}\n`);
  endWithParent(() => standIn.stop());
}

function whole(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} must be a whole number.`);
  return Number(text);
}

main().catch((error: Error) => {
  process.stderr.write(`The Digital Post stand-in did not start: ${error.message}\n`);
  process.exit(2);
});
