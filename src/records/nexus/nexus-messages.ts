import { SaxesParser } from 'saxes';
import { SourceError, type RecordsDocument, type RunContext } from '../../contracts';
import { readOrGap } from '../http/found-gaps';
import { sentence, type Asked } from '../http/source-errors';
import { optionalDay, optionalText, requiredCount, requiredText, wireOf, wiresOf, type Wire } from '../http/wire';
import { pageFile, textPage } from '../text-page';
import type { Hal, LinkId } from './hal';

const MESSAGE = 'besked:';

/** The boxes of a citizen's MedCom messages, and what a message in one of them is. */
const BOXES = [
  { relation: 'inboxMessages', direction: 'ind', state: 'final' },
  { relation: 'outboxMessages', direction: 'ud', state: 'final' },
  { relation: 'draftMessages', direction: 'ud', state: 'draft' },
] as const;

/** Every MedCom message of the citizen, box by box and page by page; a box that this installation has not is none. */
export async function* messagesOf(hal: Hal, patient: Wire, context: RunContext): AsyncGenerator<RecordsDocument> {
  for (const { relation, direction, state } of BOXES) {
    const asked = `the messages (${relation})`;
    const box = hal.linkIfAny(patient, [relation], asked);
    if (box === undefined) continue;
    for (const link of await linksIn(hal, box, asked, context.signal)) {
      const subject = { sourceDocumentId: link, name: `MedCom-beskeden ${link}` };
      const message = await readOrGap(hal.get(link, 'a message', context.signal), subject, context);
      if (message === undefined) continue;
      const page = pageOf(wireOf(message, 'a message'));
      yield {
        sourceDocumentId: link,
        kind: 'message',
        title: optionalText(wireOf(message, 'a message'), 'subject', 'a message') ?? 'Besked uden emne',
        direction,
        documentDate: optionalDay(wireOf(message, 'a message'), 'date', 'a message'),
        state,
        files: [{ ...pageFile(MESSAGE + link, page), name: 'medcom-besked.html' }],
      };
    }
  }
}

export function isMessageLink(sourceFileId: string): boolean {
  return sourceFileId.startsWith(MESSAGE);
}

export async function readMessage(hal: Hal, link: LinkId, signal: AbortSignal): Promise<Buffer> {
  return pageOf(wireOf(await hal.get(link, 'a message', signal), 'a message'));
}

/** Links to all messages of a box, reconciled with the number that the box states. */
async function linksIn(hal: Hal, box: LinkId, asked: Asked, signal: AbortSignal): Promise<LinkId[]> {
  const inbox = wireOf(await hal.get(box, asked, signal), asked);
  const total = requiredCount(inbox, 'totalItems', asked);
  const links = new Set<LinkId>();
  for (const page of wiresOf(inbox, asked, 'pages')) {
    const messages = wiresOf(await hal.get(hal.link(page, 'self', asked), asked, signal), asked);
    for (const message of messages) links.add(hal.link(message, 'self', asked));
  }
  if (links.size !== total) {
    const text = sentence(asked, `said ${total} messages and listed ${links.size}; the list is not whole`);
    throw new SourceError('truncated', text, true);
  }
  return [...links];
}

/** `raw` is the message as it was sent, XML in base64; its elements become labels, so that a person can read it. */
function pageOf(message: Wire): Buffer {
  const title = optionalText(message, 'subject', 'a message') ?? 'Besked uden emne';
  const facts = [optionalDay(message, 'date', 'a message')];
  const raw = Buffer.from(requiredText(message, 'raw', 'a message'), 'base64').toString('utf8');
  const fields = textsOfXml(raw);
  return fields ? textPage({ title, facts, fields }) : textPage({ title, facts, text: raw });
}

/** Undefined for what is not XML: it is then shown as it is. */
function textsOfXml(xml: string): [string, string][] | undefined {
  const parser = new SaxesParser();
  const path: string[] = [];
  const found: [string, string][] = [];
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name.replace(/^.*:/, ''));
    for (const [attribute, value] of Object.entries(attributes)) {
      if (!attribute.startsWith('xmlns') && String(value).trim())
        found.push([`${path.slice(1).join(', ')} (${attribute})`, String(value)]);
    }
  });
  parser.on('closetag', () => void path.pop());
  const text = (value: string): void => void (value.trim() && found.push([path.slice(1).join(', '), value.trim()]));
  parser.on('text', text);
  parser.on('cdata', text);
  try {
    parser.write(xml).close();
    return found;
  } catch {
    return undefined;
  }
}
