import { SourceError } from '../../contracts';
import { contractError, sentence, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { optionalCount, optionalText, requiredText, wireOf, wiresOf, type Wire } from '../http/wire';

/** What a search brought, all pages of it. */
export interface SearchResult {
  resources: Wire[];
  /** As the server states it; not every server does. */
  total?: number;
  /** The server left something out that the account may not see. */
  isSuppressed: boolean;
}

interface Page {
  resources: Wire[];
  total?: number;
  next?: string;
  isSuppressed: boolean;
}

const FHIR_JSON = { accept: 'application/fhir+json' };
/** No citizen has so many; a server whose pages go round would go on for ever. */
const MOST_PAGES = 10_000;

/**
 * A search by POST (FHIR R4, 3.1.1.1), so that a number stands in no address, and every page after it by the server's own
 * links. Fails with `truncated` when the pages hold other than the server says.
 */
export async function searchAll(
  http: SourceHttp,
  root: string,
  type: string,
  parameters: Record<string, string>,
  asked: Asked,
  signal: AbortSignal,
): Promise<SearchResult> {
  const headers = { ...FHIR_JSON, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(parameters).toString();
  let page = pageOf(
    await http.json({ method: 'POST', path: `${root}${type}/_search`, asked, headers, body }, signal),
    type,
    asked,
  );
  const { total } = page;
  const byId = new Map<string, Wire>();
  let isSuppressed = false;
  for (let number = 1; ; number += 1) {
    for (const resource of page.resources) byId.set(idOf(resource, asked), resource);
    isSuppressed ||= page.isSuppressed;
    if (page.next === undefined) break;
    if (number === MOST_PAGES) throw contractError(asked, `gave more than ${MOST_PAGES} pages`);
    page = pageOf(await http.json({ method: 'GET', path: page.next, asked, headers: FHIR_JSON }, signal), type, asked);
  }
  if (total !== undefined && total !== byId.size) {
    const text = sentence(asked, `listed ${byId.size} where it says that there are ${total}; it is asked again`);
    throw new SourceError('truncated', text, true);
  }
  return { resources: [...byId.values()], total, isSuppressed };
}

function pageOf(answer: unknown, type: string, asked: Asked): Page {
  const bundle = wireOf(answer, asked);
  if (requiredText(bundle, 'resourceType', asked) !== 'Bundle') throw contractError(asked, 'answered without a Bundle');
  // A bundle without entries leaves the list out.
  const entries =
    bundle.entry === undefined ? [] : wiresOf(bundle, asked, 'entry').map((entry) => wireOf(entry.resource, asked));
  const types = entries.map((resource) => requiredText(resource, 'resourceType', asked));
  const strange = types.find((each) => each !== type && each !== 'OperationOutcome');
  if (strange) throw contractError(asked, 'gave resources of another type than was asked for');
  const outcomes = entries.filter((_resource, index) => types[index] === 'OperationOutcome');
  return {
    resources: entries.filter((_resource, index) => types[index] === type),
    total: optionalCount(bundle, 'total', asked),
    next: nextOf(bundle, asked),
    isSuppressed: outcomes.some((outcome) => isSuppression(outcome, asked)),
  };
}

function nextOf(bundle: Wire, asked: Asked): string | undefined {
  const links = bundle.link === undefined ? [] : wiresOf(bundle, asked, 'link');
  const next = links.find((link) => optionalText(link, 'relation', asked) === 'next');
  return next && requiredText(next, 'url', asked);
}

/** `suppressed`, `security` and `forbidden` are the issue types of what an account may not see (issue-type). */
function isSuppression(outcome: Wire, asked: Asked): boolean {
  const issues = outcome.issue === undefined ? [] : wiresOf(outcome, asked, 'issue');
  return issues.some((issue) =>
    ['suppressed', 'security', 'forbidden'].includes(optionalText(issue, 'code', asked) ?? ''),
  );
}

/** FHIR's own form of an id; it has no character that could leave a path. */
export function idOf(resource: Wire, asked: Asked): string {
  const id = requiredText(resource, 'id', asked);
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw contractError(asked, 'gave an id that is none');
  return id;
}
