import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { checkMemo, validateAgainstSchema, type MemoFault, type MemoVersion, type SchemaFault } from '../digital-post';

const FINDING = 1;
const BAD_USE = 2;

interface ValidateOptions {
  xsd?: string;
  memoVersion: MemoVersion;
  sender?: true;
}

/** `memo validate FILE.xml [--xsd DIR]`: would Digital Post accept the message? */
export function registerMemo(program: Command): void {
  program
    .command('memo')
    .description('Work with MeMo, the message format of Digital Post.')
    .command('validate')
    .description(
      'Judge a MeMo message by own rules, and by the official schema when its folder is given. JSON on stdout, faults and ' +
        'doubts in words on stderr. Exit code 0: would be accepted; 1: would be refused; 2: bad use.',
    )
    .argument('<file>', 'the message, an XML file')
    .option('--xsd <folder>', 'the folder of the official MeMo schemas (MeMo_core.xsd and those it imports)')
    .addOption(
      new Option('--memo-version <version>', 'the version the receiver takes').choices(['1.2', '1.1']).default('1.2'),
    )
    .option('--sender', 'judge as strictly as before sending: doubts about the message become errors')
    .action(validate);
}

async function validate(file: string, options: ValidateOptions): Promise<void> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return refuse(`There is no file ${file}. Name a MeMo message to validate.`);
  const profile = options.sender ? 'sender' : 'receiver';
  const { errors, warnings, memo } = await checkMemo(createReadStream(file), { version: options.memoVersion, profile });
  let schema: SchemaFault[] | undefined;
  try {
    // A message that is no XML has nothing for a schema to judge.
    if (options.xsd && memo) schema = await validateAgainstSchema(createReadStream(file), options.xsd);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'The official schema could not be used.');
  }
  for (const fault of errors) process.stderr.write(`error: ${inWords(fault)}\n`);
  for (const { line, message } of schema ?? []) process.stderr.write(`error: schema, line ${line}: ${message}\n`);
  for (const fault of warnings) process.stderr.write(`warning: ${inWords(fault)}\n`);
  const accepted = errors.length === 0 && (schema ?? []).length === 0;
  const { bytes, sha256 } = memo ?? {};
  const files = memo?.files.map(({ document, mediaType, size, sha256: hash }) => ({
    document,
    mediaType,
    size,
    sha256: hash,
  }));
  process.stdout.write(`${JSON.stringify({ accepted, errors, warnings, schema, bytes, sha256, files }, null, 2)}\n`);
  if (!accepted) process.exitCode = FINDING;
}

function inWords({ message, line }: MemoFault): string {
  return line === undefined ? message : `line ${line}: ${message}`;
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = BAD_USE;
}
