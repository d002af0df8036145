import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { PartyAccess, PartyRegister } from '../contracts';
import { detect } from '../personal-data';

const BAD_USE = 2;
const ACCESS: readonly PartyAccess[] = ['own', 'third', 'employee', 'professional', 'protected', 'unknown'];

/** `detect --register R.json IN.txt`: the spans of personal data in a text as a JSON array. */
export function registerDetect(program: Command): void {
  program
    .command('detect')
    .description(
      'Find personal data in a text, judged from the requester of the register; print a JSON array of spans.',
    )
    .requiredOption('--register <file>', 'JSON: {case, requester, parties: [{id, role, access, name, …}]}')
    .argument('<file>', 'the text, UTF-8')
    .action((file: string, options: { register: string }) => {
      try {
        const register = readRegister(options.register);
        const spans = detect(readText(file), register);
        process.stdout.write(`${JSON.stringify(spans)}\n`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = BAD_USE;
      }
    });
}

class InputError extends Error {}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      `The file ${path} could not be read (${code ?? 'unknown cause'}). Check the path and its rights.`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(`The file ${path} is not UTF-8 text. Convert it to UTF-8 and try again.`);
  }
}

function readRegister(path: string): PartyRegister {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readText(path).replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `The register ${path} is not valid JSON. Write one object with "case", "requester" and "parties".`,
    );
  }
  const fault = faultOf(parsed);
  if (fault) throw new InputError(`The register ${path} cannot be used: ${fault}`);
  return parsed as PartyRegister;
}

/** What is wrong with a register, as the end of a sentence that never repeats its content; null when nothing is. */
function faultOf(register: unknown): string | null {
  if (!isRecord(register)) return 'it must be a JSON object with "case", "requester" and "parties".';
  if (typeof register.requester !== 'string') return '"requester" must be the id of a party, a text.';
  if (!Array.isArray(register.parties)) return '"parties" must be a list of parties.';
  for (const [index, party] of (register.parties as unknown[]).entries()) {
    if (!isRecord(party)) return `party number ${index + 1} must be an object.`;
    for (const field of ['id', 'role', 'name']) {
      if (typeof party[field] !== 'string') return `party number ${index + 1} lacks the text "${field}".`;
    }
    for (const field of ['cpr', 'address', 'phone', 'email']) {
      if (party[field] !== undefined && typeof party[field] !== 'string')
        return `"${field}" of party number ${index + 1} must be a text.`;
    }
    if (!ACCESS.includes(party.access as PartyAccess))
      return `"access" of party number ${index + 1} must be one of ${ACCESS.join(', ')}.`;
  }
  const ids = (register.parties as { id: string }[]).map(({ id }) => id);
  if (new Set(ids).size < ids.length) return 'two parties have the same id.';
  return ids.includes(register.requester) ? null : 'no party has the id that "requester" names.';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
