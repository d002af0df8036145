import type { Readable } from 'node:stream';
import {
  SourceError,
  type Connector,
  type RecordsCase,
  type RecordsDocument,
  type RunContext,
  type SourceClaim,
  type SourceGap,
} from '../../src/contracts';
import { CITIZEN } from './held-by-the-source';

/** What a whole run through a source brought. */
export interface Gathered {
  cases: RecordsCase[];
  documents: RecordsDocument[];
  gaps: SourceGap[];
  claims: SourceClaim[];
}

export interface Listening extends RunContext {
  gaps: SourceGap[];
  claims: SourceClaim[];
}

/** A run whose gaps and claims are written down. */
export function listeningRun(signal: AbortSignal = new AbortController().signal): Listening {
  const gaps: SourceGap[] = [];
  const claims: SourceClaim[] = [];
  const reportGap = (gap: SourceGap): void => void gaps.push(gap);
  return { runId: 'run-1', signal, gaps, claims, reportGap, reportClaim: (claim) => void claims.push(claim) };
}

/** Finds, lists and lists what belongs to no case; fetches nothing. */
export async function gather(connector: Connector, cprs = [CITIZEN]): Promise<Gathered> {
  const run = listeningRun();
  const found: RecordsCase[] = [];
  const documents: RecordsDocument[] = [];
  for await (const each of connector.discover({ cprs }, run)) {
    found.push(each);
    for await (const { document } of connector.list(each, run)) documents.push(document);
  }
  for await (const { document } of connector.listCaseless?.({ cprs }, run) ?? []) documents.push(document);
  for (const gap of run.gaps) expectCleanSentence(gap.sentence);
  return { cases: found, documents, gaps: run.gaps, claims: run.claims };
}

/** All the bytes that a gathering and the fetching of every file bring. */
export async function gatherBytes(connector: Connector): Promise<number> {
  let sum = 0;
  for (const document of (await gather(connector)).documents) {
    for (const { sourceFileId } of document.files) sum += (await fetched(connector, document, sourceFileId)).length;
  }
  return sum;
}

export async function all<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function fetched(
  connector: Connector,
  document: RecordsDocument,
  sourceFileId = document.files[0].sourceFileId,
): Promise<Buffer> {
  return bytesOf((await connector.fetch(document, sourceFileId, listeningRun())).stream);
}

/** The numbers of the letters that were found, in order: their titles are `Brev <number>`. */
export function lettersOf(documents: RecordsDocument[]): number[] {
  const numbers = documents.map(({ title }) => Number(/Brev (\d+)/.exec(title)?.[1] ?? Number.NaN));
  return numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
}

/** The refusal that `promise` ends in; it says nothing of the citizen. */
export async function errorOf(promise: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) throw new Error('A refusal was expected, and all went well.');
  expect(error).toBeInstanceOf(SourceError);
  expectCleanSentence((error as SourceError).message);
  return error as SourceError;
}

export function expectCleanSentence(sentence: string): void {
  expect(sentence.replace(/\D/g, '')).not.toContain(CITIZEN.replace('-', ''));
  expect(sentence).toMatch(/^[A-ZÆØÅ].*\.$/s);
}
