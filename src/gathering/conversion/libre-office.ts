import { spawn } from 'node:child_process';
import {
  access,
  chown,
  constants,
  lchown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { type Isolation, UnreadableFile } from './conversion-result';
import { writeOfficeProfile } from './office-profile';
import { strongestSandbox, type Sandbox } from './office-sandbox';

/** `auto` looks in the usual places, `none` does without, anything else is the path of the program. */
export type LibreOfficeSetting = 'auto' | 'none' | (string & {});

export interface OfficeRun {
  program: string;
  workFolder: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** For machines and tests without namespaces; by default the strongest sandbox there is. */
  sandbox?: Sandbox;
}

/** LibreOffice ended without a result. The cause is for the log: it holds no content of the document. */
export class OfficeFailure extends Error {}

const USUAL_PLACES = ['/usr/lib/libreoffice/program', '/opt/libreoffice/program', '/usr/local/bin'];

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** @returns the program's path, or undefined when there is none (or none is wanted) */
export async function findLibreOffice(setting: LibreOfficeSetting): Promise<string | undefined> {
  if (setting === 'none') return undefined;
  if (setting !== 'auto') {
    if (await isExecutable(setting)) return setting;
    throw new Error(
      `LibreOffice is set to ${setting}, which cannot be run. Correct the setting, or use "auto" or "none".`,
    );
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...USUAL_PLACES];
  for (const folder of folders) {
    for (const name of ['soffice', 'libreoffice']) {
      if (await isExecutable(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

/** Hidden slides are exported. Comments are not: they come on pages of their own, where they can be read and redacted. */
export function pdfFilter(extension: string): string {
  const options = {
    ExportHiddenSlides: { type: 'boolean', value: 'true' },
    ExportNotes: { type: 'boolean', value: 'false' },
    ExportBookmarks: { type: 'boolean', value: 'false' },
    UseTaggedPDF: { type: 'boolean', value: 'false' },
  };
  const module = /^(xlsx|ods)$/.test(extension)
    ? 'calc'
    : /^(pptx|odp)$/.test(extension)
      ? 'impress'
      : /^(bmp|odg)$/.test(extension)
        ? 'draw'
        : 'writer';
  return `pdf:${module}_pdf_Export:${JSON.stringify(options)}`;
}

export const MODERN_FILTERS = {
  docx: 'docx:MS Word 2007 XML',
  xlsx: 'xlsx:Calc MS Excel 2007 XML',
  pptx: 'pptx:Impress MS PowerPoint 2007 XML',
} as const;

export type OfficeTarget = 'pdf' | keyof typeof MODERN_FILTERS;

/**
 * LibreOffice hands a document over to a program that already runs with a profile of the same path. The sandbox shows
 * every job's folder under one path, so it is the profile's own name that keeps two runs apart.
 */
function profileOf(folder: string): string {
  return `profile-${basename(folder)}`;
}

async function prepareFolder(document: Buffer, extension: string, run: OfficeRun): Promise<string> {
  const folder = await mkdtemp(join(run.workFolder, 'office-'));
  await mkdir(join(folder, 'out'));
  await mkdir(join(folder, 'home'));
  await writeOfficeProfile(join(folder, profileOf(folder)));
  await writeFile(join(folder, `document.${extension}`), document);
  return folder;
}

export async function give(folder: string, owner: number): Promise<void> {
  await chown(folder, owner, owner);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await give(path, owner);
    else await chown(path, owner, owner);
  }
}

/** Runs to the end, to the time limit or to the caller's stop; the whole process group dies with it. */
function runToEnd([program, ...args]: string[], home: string, run: OfficeRun): Promise<'ended' | 'timeout'> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', SAL_USE_VCLPLUGIN: 'svp' };
    const child = spawn(program!, args, { detached: true, stdio: 'ignore', env });
    let timedOut = false;
    const kill = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group is gone already.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, run.timeoutMs);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', kill);
      // Helpers that outlive their parent are in the group too.
      kill();
      act();
    };
    // The stop may have come while the folder was made ready: then no event follows.
    if (run.signal.aborted) kill();
    else run.signal.addEventListener('abort', kill, { once: true });
    child.on('error', (error) =>
      settle(() => reject(new OfficeFailure(`LibreOffice could not be started: ${error.message}`))),
    );
    child.on('exit', () => {
      if (run.signal.aborted) settle(() => reject(run.signal.reason as Error));
      else settle(() => resolve(timedOut ? 'timeout' : 'ended'));
    });
  });
}

/** Takes a plain file only: a document that took over the program could leave a link to something of ours instead. */
export async function takeResult(result: string, outPath: string, extension: string): Promise<void> {
  const isFile = await lstat(result).then(
    (stats) => stats.isFile() && stats.size > 0,
    () => false,
  );
  if (!isFile) throw new OfficeFailure(`LibreOffice made no file from a document of the kind ${extension}.`);
  if (process.getuid?.() === 0) await lchown(result, process.getuid(), process.getgid!());
  await rename(result, outPath);
}

/**
 * Converts one document in a fresh profile, shut in as strongly as the machine allows.
 * @param document a copy that was stripped of references to anything outside it, where its format can be
 * @throws UnreadableFile `timeout`; OfficeFailure when LibreOffice gives no result
 */
export async function convertWithLibreOffice(
  document: Buffer,
  extension: string,
  target: OfficeTarget,
  outPath: string,
  run: OfficeRun,
): Promise<Isolation> {
  run.signal.throwIfAborted();
  const sandbox = run.sandbox ?? (await strongestSandbox());
  const folder = await prepareFolder(document, extension, run);
  try {
    if (sandbox.owner !== undefined) await give(folder, sandbox.owner);
    const inside = sandbox.inside(folder);
    const command = [
      run.program,
      `-env:UserInstallation=file://${encodeURI(inside)}/${profileOf(folder)}`,
      ...['--headless', '--nologo', '--nodefault', '--norestore', '--nolockcheck'],
      ...(extension === 'html' ? ['--infilter=HTML (StarWriter)'] : []),
      ...['--convert-to', target === 'pdf' ? pdfFilter(extension) : MODERN_FILTERS[target]],
      ...['--outdir', `${inside}/out`, `${inside}/document.${extension}`],
    ];
    const ending = await runToEnd(sandbox.wrap(folder, command), `${inside}/home`, run);
    if (ending === 'timeout') throw new UnreadableFile('timeout');
    await takeResult(join(folder, 'out', `document.${target}`), outPath, extension);
    return sandbox.isolation;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
