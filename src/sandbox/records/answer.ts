import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { bentFields, type Fault } from './faults';
import { sizeOf, streamOf } from './held-bytes';
import type { HeldFile } from './holdings';

/** What a route answers with: a JSON value, bytes of a type, or a held file. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  /** Of `text`. */
  type?: string;
  file?: HeldFile;
  /** The file goes in base64 between these two, as SOAP services send it. */
  inBase64?: { before: string; after: string };
}

/** True for a fault that comes in place of the route's answer, so that the route does nothing. */
export function standsInPlace({ kind }: Fault): boolean {
  return kind === 'slow' || kind === 'html200' || /^\d+$/.test(kind);
}

export function sendFault(fault: Fault, response: ServerResponse): void {
  // Nothing is sent for `slow`: the caller gives up, or the stand-in is stopped.
  if (fault.kind !== 'slow') sendBytes(response, fault.kind === 'html200' ? WEB_PAGE : refusalOf(fault));
}

/** Sends `answer`, with the spoilt fields, size or end that `fault` asks for. */
export async function sendAnswer(answer: Answer, response: ServerResponse, fault?: Fault): Promise<void> {
  const isSpoilt = fault?.kind === 'wrongSize' || fault?.kind === 'truncated';
  if (answer.file && !isSpoilt) return sendFile(answer, answer.file, response);
  const { status = 200, headers = {} } = answer;
  const type = answer.type ?? (answer.file ? 'application/octet-stream' : 'application/json');
  const bytes = await bodyOf(answer, fault);
  sendBytes(response, { status, headers, type, bytes }, fault?.kind === 'truncated');
}

interface Reply {
  status: number;
  headers?: Record<string, string>;
  type: string;
  bytes: Buffer;
}

const WEB_PAGE: Reply = {
  status: 200,
  type: 'text/html',
  bytes: Buffer.from('<!DOCTYPE html><html><body><h1>503 Service Unavailable</h1></body></html>'),
};

function refusalOf({ kind, retryAfterSeconds }: Fault): Reply {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const bytes = Buffer.from(JSON.stringify({ Message: 'sandbox fault' }));
  return { status: Number(kind), headers, type: 'application/json', bytes };
}

async function bodyOf({ json, text, file, inBase64 }: Answer, fault?: Fault): Promise<Buffer> {
  if (file) {
    const chunks: Buffer[] = [];
    for await (const chunk of streamOf(file)) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(fault?.kind === 'wrongSize' ? [...chunks, Buffer.from(' ')] : chunks);
    return inBase64 ? Buffer.from(inBase64.before + bytes.toString('base64') + inBase64.after) : bytes;
  }
  const bend = (value: unknown): unknown => (fault ? bentFields(value, fault) : value);
  return Buffer.from(text === undefined ? JSON.stringify(bend(json ?? null)) : String(bend(text)));
}

function sendBytes(response: ServerResponse, { status, headers = {}, type, bytes }: Reply, isCut = false): void {
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers });
  if (!isCut) return void response.end(bytes);
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
}

/** Piece by piece, and no faster than the other end reads. */
async function sendFile(
  { headers = {}, type, inBase64 }: Answer,
  file: HeldFile,
  response: ServerResponse,
): Promise<void> {
  const length = inBase64 ? {} : { 'content-length': sizeOf(file) };
  response.writeHead(200, { 'content-type': type ?? 'application/octet-stream', ...length, ...headers });
  if (inBase64) await pipeline(encoded(streamOf(file), inBase64), response);
  else await pipeline(streamOf(file), response);
}

async function* encoded(bytes: AsyncIterable<Buffer>, { before, after }: { before: string; after: string }) {
  yield before;
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const whole = Buffer.concat([rest, chunk]);
    // Three bytes are four letters: what is over waits for the next piece.
    const even = whole.length - (whole.length % 3);
    rest = whole.subarray(even);
    yield whole.subarray(0, even).toString('base64');
  }
  yield rest.toString('base64') + after;
}
