import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspectMemo } from '../memo-inspector';
import { refusalOf, type MemoDoor } from '../memo-route';
import { readBody } from '../peer-answers';
import { takeMessage, type Incoming } from '../take-message';
import { inspectLetter } from './letter-inspector';
import { SF1601 } from './xml-answers';

const MOST_BYTES = 99_500_000;
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const START =
  /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*<kombi_request>\s*<KombiValgKode>([^<]*)<\/KombiValgKode>\s*/;
const END = /<\/kombi_request>\s*$/;
const LETTERS_START = /^<(?:f:)?ForsendelseISamling xmlns(?::f)?="urn:oio:fjernprint:1\.0\.0">\s*/;
const LETTERS_END = /<\/(?:f:)?ForsendelseISamling>\s*$/;

export interface KombiDoor extends MemoDoor {
  /** The official schema of letters. */
  letterXsdFolder?: string;
}

/** `POST /service/KombiPostAfsend_1/kombi`: a message or a letter inside `kombi_request`. */
export async function takeKombi(door: KombiDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const contentType = (request.headers['content-type'] ?? '').replace(/\s/g, '').toLowerCase();
  const body = await readBody(request, MOST_BYTES);
  if (contentType !== 'application/xml;charset=utf-8')
    return SF1601.refuse(response, 'content.type', 'Content-Type must be application/xml; charset=UTF-8.', 400);
  if (!body) return SF1601.refuse(response, 'size', 'The request is too large or was cut off.', 400);
  const head = START.exec(body.toString('latin1', 0, 1000));
  const tail = END.exec(body.toString('latin1', Math.max(0, body.length - 100)));
  if (!head || !tail) return SF1601.refuse(response, 'kombi.invalid', 'The request is no kombi_request.', 400);
  const inner = body.subarray(head[0].length, body.length - tail[0].length);
  const incoming = await readInner(door, head[1] as string, inner);
  if (!incoming) return SF1601.refuse(response, 'kombi.choice', 'KombiValgKode does not fit what was sent.', 400);
  return takeMessage(door.office, incoming, SF1601, response, door.settled);
}

async function readInner(door: KombiDoor, choice: string, inner: Buffer): Promise<Incoming | undefined> {
  if (choice === 'Digital Post' && inner.indexOf('<memo:Message ') === 0) return readMessage(door, inner);
  const start = LETTERS_START.exec(inner.toString('latin1', 0, 200));
  const end = LETTERS_END.exec(inner.toString('latin1', Math.max(0, inner.length - 100)));
  if (choice !== 'Fysisk Post' || !start || !end) return undefined;
  return readLetter(door, inner.subarray(start[0].length, inner.length - end[0].length));
}

/** The message as it was before it was put inside: its own bytes with the declaration in front. */
async function readMessage({ xsdFolder, memoVersion, cvr }: KombiDoor, inner: Buffer): Promise<Incoming> {
  const body = Buffer.concat([Buffer.from(DECLARATION), inner]);
  const memo = await inspectMemo(body, xsdFolder, memoVersion);
  const { messageUUID, recipientCpr, label, messageId } = memo;
  const facts = { recipientCpr, label, messageId, road: 'sf1601', channel: 'digital' } as const;
  return { id: messageUUID, body, facts, refusal: refusalOf(memo, cvr) };
}

async function readLetter({ letterXsdFolder }: KombiDoor, inner: Buffer): Promise<Incoming> {
  const body = Buffer.concat([Buffer.from(DECLARATION), inner]);
  const { letterId, title, faults } = await inspectLetter(body, letterXsdFolder);
  const facts = { recipientCpr: '', label: title, road: 'sf1601', channel: 'letter' } as const;
  const refusal = faults.length === 0 ? undefined : { code: 'letter.invalid', sentence: faults.join(' ') };
  return { id: letterId, body, facts, refusal };
}
