import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import type { Opening, PublishedKeys } from '../decisions/certificate/certificate';
import { KEYS_FORMAT, OPENING_FORMAT } from '../decisions/certificate/certificate';
import { verifyCertificate } from '../decisions/certificate/verify-certificate';
import { objectFromFile } from './json-file';
import { packageFolder } from './package-folder';
import { withCertificates } from './with-certificates';

const FINDING = 1;
const BAD_USE = 2;
const SHORTEST_REASON = 5;

interface Place {
  settings?: string;
  cvr: string;
}

/** `certificate verify|open|keys|rotate`. */
export function registerCertificate(program: Command): void {
  const certificate = program.command('certificate').description('The certificate of a delivered package.');
  certificate
    .command('verify <folder>')
    .description(
      'Checks a delivered package against its certificate without the system: the citizen’s part (bevis.json), the ' +
        'municipality’s (bevis-kommune.json), or both. JSON on stdout, faults in words on stderr. Exit code 0: everything ' +
        'fits, 1: something does not, 2: bad use.',
    )
    .option('--keys <file>', 'the keys that the authority publishes; without it the key itself is not proven')
    .option('--opening <file>', 'one opened redaction, to be checked too')
    .action(verify);
  fromSettings(certificate.command('open <request>'))
    .description(
      'Opens one redaction of the latest certified answer for an appeal body: what stood there, and the proof. It is in ' +
        'the audit log with the reason. Without --redaction: the municipality’s part, which lists them all.',
    )
    .option('--redaction <id>', 'the redaction to open')
    .requiredOption('--reason <words>', 'who asks, and why')
    .action(open);
  fromSettings(certificate.command('keys'))
    .description('Prints the public keys, the retired ones too, as they are published.')
    .action(async ({ settings, cvr }: Place) =>
      withCertificates(await environment(settings), cvr, async ({ keys, authorityId }) =>
        print(await keys.published(authorityId)),
      ),
    );
  fromSettings(certificate.command('rotate'))
    .description(
      'Makes a new signing key and throws the private half of the old one away. Old certificates stay valid.',
    )
    .action(async ({ settings, cvr }: Place) =>
      withCertificates(await environment(settings), cvr, async ({ keys, authorityId }) => {
        const { keyId, validFrom } = await keys.rotate(authorityId);
        print({ keyId, validFrom });
      }),
    );
}

function fromSettings(command: Command): Command {
  return command
    .requiredOption('--cvr <number>', 'the municipality')
    .option('--settings <file>', 'a file of settings, a line each: NAME=value (default: the environment)');
}

async function verify(folder: string, options: { keys?: string; opening?: string }): Promise<void> {
  try {
    const keys = options.keys ? await ofFormat<PublishedKeys>(options.keys, KEYS_FORMAT) : undefined;
    const opening = options.opening ? await ofFormat<Opening>(options.opening, OPENING_FORMAT) : undefined;
    const read = await packageFolder(folder);
    if (!read.citizen && !read.municipality)
      throw new Error(`The folder ${folder} holds no certificate: neither bevis.json nor bevis-kommune.json.`);
    const verdict = verifyCertificate(read, { keys, opening });
    for (const fault of verdict.faults) process.stderr.write(`${fault}\n`);
    print(verdict);
    if (verdict.verdict === 'fail') process.exitCode = FINDING;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = BAD_USE;
  }
}

async function open(request: string, options: Place & { redaction?: string; reason: string }): Promise<void> {
  if (options.reason.trim().length < SHORTEST_REASON)
    throw new Error('Say who asks to see it, and why: --reason "Ankestyrelsen, sag 2026-1234".');
  await withCertificates(await environment(options.settings), options.cvr, async (certificates) => {
    const certificate = await certificates.latestOf(request);
    const { redaction, reason } = options;
    const actor = { kind: 'system' } as const;
    if (redaction) print(await certificates.open.open(certificate, redaction, actor, reason));
    else process.stdout.write(await certificates.open.municipalPart(certificate, actor, reason));
  });
}

async function ofFormat<T extends { format: string }>(path: string, format: T['format']): Promise<T> {
  const value = (await objectFromFile(path)) as T;
  if (value.format !== format) throw new Error(`The file ${path} is not of the format ${format}.`);
  return value;
}

async function environment(settings?: string): Promise<NodeJS.ProcessEnv> {
  return { ...process.env, ...(settings ? parseEnv(await readFile(settings, 'utf8')) : {}) };
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
