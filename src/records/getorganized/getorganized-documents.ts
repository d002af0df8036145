import type { RecordsDocument, RunContext } from '../../contracts';
import { mediaTypeOfName } from '../http/file-kind';
import { contractError, type Asked } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { optionalText, requiredId, wireOf, wiresOf, type Wire } from '../http/wire';
import { reportUnheard } from '../reporting';
import type { FoundCase } from './getorganized-cases';

/** The two views of a case's library; each hides what the other shows. */
const VIEWS = ['IkkeJournaliseret.aspx', 'Journaliseret.aspx'];
const MOST_PAGES = 10_000;

/** All documents of a case: both views, every page, each document once. */
export async function listDocuments(
  http: SourceHttp,
  { recordsCase, path }: FoundCase,
  context: RunContext,
): Promise<RecordsDocument[]> {
  const { sourceCaseId } = recordsCase;
  const asked = `the documents of case ${sourceCaseId}`;
  const [, main, folder] = /^(.*-\d{4}-\d{6})(?:-(\d{3}))?$/.exec(sourceCaseId) ?? [];
  const views = await viewsOf(http, path, sourceCaseId, context);
  const library = `/${path.split('/').slice(0, -1).join('/')}/${main}/Dokumenter`;
  const query = new URLSearchParams();
  if (folder) {
    query.set('RootFolder', `${library}/${folder}`);
    query.set('FilterField1', 'CCMSubID');
    query.set('FilterValue1', folder);
  }
  const address = `/${path}/_api/web/GetList(@listUrl)/RenderListDataAsStream?@listUrl=${encodeURIComponent(`'${library}'`)}`;
  const found = new Map<string, RecordsDocument>();
  for (const { name, id } of views) {
    for (const row of await rowsOfView(
      http,
      address,
      `&View=${encodeURIComponent(id)}&${query}`,
      asked,
      context.signal,
    )) {
      const document = documentOf(row, sourceCaseId, name, asked);
      if (!found.has(document.sourceDocumentId)) found.set(document.sourceDocumentId, document);
    }
  }
  return [...found.values()];
}

async function viewsOf(
  http: SourceHttp,
  path: string,
  sourceCaseId: string,
  context: RunContext,
): Promise<{ name: string; id: string }[]> {
  const asked = `the views of case ${sourceCaseId}`;
  const counter = `/${path}/_goapi/Administration/GetLeftMenuCounter/${sourceCaseId.split('-').pop()}`;
  const listed = wiresOf(await http.json({ method: 'GET', path: counter, asked }, context.signal), asked);
  const views = listed.flatMap((view) => {
    const name = optionalText(view, 'ViewName', asked) ?? '';
    return VIEWS.includes(name) ? [{ name, id: optionalText(view, 'ViewId', asked) ?? '' }] : [];
  });
  if (views.length === 0 || views.some(({ id }) => id === '')) {
    throw contractError(asked, 'named none of the views that hold documents');
  }
  for (const name of VIEWS.filter((wanted) => !views.some((view) => view.name === wanted))) {
    const sentence = `Sag ${sourceCaseId}: visningen ${name} findes ikke i GetOrganized, så dens dokumenter er ikke set.`;
    reportUnheard(context, { kind: 'unreadable', sourceCaseId, sentence }, asked);
  }
  return views;
}

/** Page after page by `NextHref`, which leads back to the same list. */
async function rowsOfView(
  http: SourceHttp,
  address: string,
  first: string,
  asked: Asked,
  signal: AbortSignal,
): Promise<Wire[]> {
  const rows: Wire[] = [];
  const seen = new Set<string>();
  for (let query: string | undefined = first; query !== undefined;) {
    if (seen.has(query) || seen.size > MOST_PAGES) throw contractError(asked, 'leads round in a circle');
    seen.add(query);
    const answer = wireOf(await http.json({ method: 'POST', path: address + query, asked }, signal), asked);
    rows.push(...wiresOf(answer, asked, 'Row'));
    query = optionalText(answer, 'NextHref', asked)?.replace(/^\?/, '&');
  }
  return rows;
}

function documentOf(row: Wire, sourceCaseId: string, view: string, asked: Asked): RecordsDocument {
  const id = requiredId(row, 'DocID', asked);
  const name = optionalText(row, 'FileLeafRef.Name', asked) ?? optionalText(row, 'FileLeafRef', asked);
  if (name === undefined) throw contractError(asked, 'listed a document without the name of its file');
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase();
  const size = Number(optionalText(row, 'File_x0020_Size', asked) ?? Number.NaN);
  const title = optionalText(row, 'Title', asked) ?? name;
  return {
    sourceDocumentId: id,
    sourceCaseId,
    kind: ending === 'eml' || ending === 'msg' ? 'mail' : 'document',
    title,
    documentNumber: optionalText(row, 'CaseRecordNumber', asked),
    direction: DIRECTIONS[optionalText(row, 'Korrespondance', asked) ?? ''],
    documentDate: dayOf(optionalText(row, 'Dato', asked)),
    state: view === 'Journaliseret.aspx' ? 'final' : 'unknown',
    files: [
      {
        sourceFileId: id,
        name,
        mediaType: mediaTypeOfName(name),
        size: Number.isSafeInteger(size) ? size : undefined,
      },
    ],
  };
}

const DIRECTIONS: Record<string, RecordsDocument['direction']> = { Indgående: 'ind', Udgående: 'ud', Intern: 'intern' };

/** `2024-03-12…` or, as SharePoint shows it in Denmark, `12-03-2024`. */
function dayOf(text: string | undefined): string | undefined {
  const danish = /^(\d{2})[-/](\d{2})[-/](\d{4})/.exec(text ?? '');
  return danish ? `${danish[3]}-${danish[2]}-${danish[1]}` : /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0];
}

/** The document that `id` is attached to, as the source's own id; undefined when it is attached to none. */
export async function parentOf(http: SourceHttp, id: string, signal: AbortSignal): Promise<string | undefined> {
  const asked = `what document ${id} is attached to`;
  const answer = await http.json({ method: 'GET', path: `/_goapi/Documents/Parents/${id}`, asked }, signal);
  const [first] = wiresOf(answer, asked, 'ParentsData');
  return first && requiredId(first, 'DocumentId', asked);
}
