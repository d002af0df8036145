import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerError, answerJson } from './peer-answers';
import type { PostOffice } from './post-office';

/** `GET /receipts/?page&size`, `GET /receipts/{id}?delete=…`, `DELETE /receipts/{id}`. */
export function serveReceipts(
  office: PostOffice,
  id: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (id === '' && request.method === 'GET') {
    const size = Math.min(Number(url.searchParams.get('size') ?? 20) || 20, 1000);
    const page = Number(url.searchParams.get('page') ?? 0) || 0;
    return answerJson(response, 200, office.receipts.ids().slice(page * size, (page + 1) * size));
  }
  const receipt = id === '' ? undefined : office.receipts.read(id);
  if (receipt === undefined) return answerError(response, 404, 'receipt.unknown', 'There is no such receipt.');
  if (request.method === 'GET') {
    // NgDP deletes what is read unless it is told not to.
    if (url.searchParams.get('delete') !== 'false') office.receipts.remove(id);
    return answerJson(response, 200, receipt);
  }
  if (request.method !== 'DELETE') return answerError(response, 405, 'method', 'GET or DELETE.');
  office.receipts.remove(id);
  response.writeHead(204).end();
}
