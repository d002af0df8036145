import type { IncomingMessage, ServerResponse } from 'node:http';

/** NgDP's ErrorMessage. */
export function answerError(response: ServerResponse, status: number, code: string, message: string): void {
  answerJson(response, status, { code, message, fieldErrors: [] });
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** The whole body, or `undefined` when it is larger than `most` bytes or does not have the length that was announced. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= most) parts.push(part);
  }
  const announced = request.headers['content-length'];
  if (bytes > most || (announced !== undefined && Number(announced) !== bytes)) return undefined;
  return Buffer.concat(parts);
}
