import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { XsdValidator as Validator } from 'libxml2-wasm' with { 'resolution-mode': 'import' };
import { splitContent, type MemoSource } from './split-content';

/** One finding of the official schema. */
export interface SchemaFault {
  line: number;
  message: string;
}

type Libxml = Awaited<ReturnType<typeof loadLibxml>>;

const CORE = 'MeMo_core.xsd';
/** Compiled schemas by folder: compiling takes fifty times as long as a check. */
const validators = new Map<string, Validator>();
let library: Promise<Libxml> | undefined;

/**
 * Checks a message against the official schemas in `xsdFolder` (nine files, `MeMo_core.xsd` first), which are not part of
 * this program; a letter by its own `schemaFile`, `ForsendelseI.xsd`. Files' contents are replaced by a short valid one, so that a message of any size needs little memory;
 * their base64 is for `checkMemo` (libxml2 does not check it). Empty when valid.
 * Throws an `Error` when the folder has no schema, and `MemoUnreadableError` when the envelope is too large.
 */
export async function validateAgainstSchema(
  xml: MemoSource,
  xsdFolder: string,
  schemaFile = CORE,
): Promise<SchemaFault[]> {
  const { XmlDocument, XmlLibError } = await libxml();
  const validator = await validatorFor(xsdFolder, schemaFile);
  const { envelope } = await splitContent(xml);
  try {
    const document = XmlDocument.fromBuffer(envelope);
    try {
      validator.validate(document);
      return [];
    } finally {
      document.dispose();
    }
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return error.details.map(({ line, message }) => ({ line, message: withoutValues(message) }));
  }
}

/** libxml2 quotes the offending value, which can be personal data. */
function withoutValues(message: string): string {
  return message
    .trim()
    .replace(/: \[facet '(\w+)'\] The value '[^]*?'( has| is)/, ": [facet '$1'] The value$2")
    .replace(/: '[^]*' is not/, ': The value is not');
}

function libxml(): Promise<Libxml> {
  library ??= loadLibxml();
  return library;
}

/** An ES module with top-level await: only a dynamic import reaches it from CommonJS. */
async function loadLibxml() {
  const loaded = await import('libxml2-wasm');
  const { xmlRegisterFsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
  xmlRegisterFsInputProviders();
  return loaded;
}

async function validatorFor(xsdFolder: string, schemaFile: string): Promise<Validator> {
  const file = join(resolve(xsdFolder), schemaFile);
  const known = validators.get(file);
  if (known) return known;
  if (!existsSync(file))
    throw new Error(`The folder of schemas has no ${schemaFile}. Point --xsd at a folder with the official schemas.`);
  const { XmlDocument, XsdValidator } = await libxml();
  const schema = XmlDocument.fromBuffer(readFileSync(file), { url: file });
  const validator = XsdValidator.fromDoc(schema);
  validators.set(file, validator);
  return validator;
}
