import { basename, dirname, join, resolve } from 'node:path';
import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { missingCharacters, writable } from './writable-text';

export interface TypesetOptions {
  /** `ua-1`: PDF/UA-1 for reading; `a-2a`: PDF/A-2a for archives. Both are tagged. */
  standard: 'ua-1' | 'a-2a';
  /** Written into the file; the same data and date give the same bytes. Default: 1 January 2000. */
  createdAt?: Date;
}

/** A document that could not be set. The message is a whole sentence for staff and operators and quotes no data. */
export class TypesetError extends Error {}

const EARLIEST = new Date('2000-01-01T00:00:00Z');
/** Beside the main file `dist/js/…`, the only one that the package exports. */
const FONTS = '../fonts/IBMPlexSans/complete/ttf';
const compilers = new Map<string, NodeCompiler>();

/** Each try replaces the characters that the try before found no font for. */
const MOST_TRIES = 4;

/**
 * Sets a Typst template with data. The template reads the data by `json(bytes(sys.inputs.data))`: it is never markup, so no
 * text can run as code or read a file. A character that no font has is shown by its code, "[U+4F60]".
 */
export async function typeset(
  templatePath: string,
  data: unknown,
  options: TypesetOptions,
): Promise<{ pdf: Uint8Array }> {
  const path = resolve(templatePath);
  const compiler = await compilerFor(dirname(path));
  const seconds = Math.floor((options.createdAt ?? EARLIEST).getTime() / 1000);
  const missing = new Set<string>();
  try {
    for (let tries = 1; ; tries += 1) {
      const document = compile(compiler, path, writable(data, missing));
      try {
        const pdf = compiler.pdf(document, { pdfStandard: options.standard, creationTimestamp: seconds });
        return { pdf: new Uint8Array(pdf) };
      } catch (error) {
        const more = missingCharacters(String((error as Error).message));
        more.forEach((letter) => missing.add(letter));
        if (more.size === 0 || tries === MOST_TRIES) {
          throw new TypesetError(
            `The template ${basename(path)} was set, but the result does not meet ${options.standard}.`,
          );
        }
      }
    }
  } finally {
    compiler.evictCache(2);
  }
}

function compile(compiler: NodeCompiler, path: string, data: unknown): NodeTypstDocument {
  const compiled = compiler.compile({ mainFilePath: path, inputs: { data: JSON.stringify(data) } });
  if (compiled.result) return compiled.result;
  const error = compiled.takeError();
  const faults = (error?.shortDiagnostics ?? []) as { message?: string }[];
  const reasons = faults.map((fault) => fault.message ?? '').filter((reason) => reason !== '');
  throw new TypesetError(
    `The template ${basename(path)} cannot be set: ${reasons.join('; ') || 'Typst gives no reason'}.`,
  );
}

async function compilerFor(workspace: string): Promise<NodeCompiler> {
  const known = compilers.get(workspace);
  if (known) return known;
  let typst: typeof import('@myriaddreamin/typst-ts-node-compiler');
  try {
    typst = await import('@myriaddreamin/typst-ts-node-compiler');
  } catch {
    throw new TypesetError(
      `Letters cannot be set on this machine: Typst has no build for ${process.platform} on ${process.arch}. Use Linux on x64.`,
    );
  }
  const fonts = join(dirname(require.resolve('dkfds')), FONTS);
  const compiler = typst.NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fonts] }] });
  compilers.set(workspace, compiler);
  return compiler;
}
