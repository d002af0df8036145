import { SourceError, type Coverage, type RunContext } from '../../contracts';
import { contractError, sentence } from '../http/source-errors';
import type { Row, SqlReader } from './sql-reader';
import type { SqlViewSettings } from './sql-view-settings';

const ASKED = 'what the export says of itself';
const HOUR_MS = 60 * 60 * 1000;
const COUNTED = ['v_case', 'v_document', 'v_file'] as const;
/** A row of the first view points by this column at one of the other view. */
const LOOSE_ENDS = [
  ['v_document', 'source_case_id', 'v_case'],
  ['v_file', 'source_document_id', 'v_document'],
] as const;

/** What `v_meta` says: when the export was made, what it covers, and how many rows each view had. */
export interface ExportMeta {
  exportedAt: Date;
  coversClosed: boolean;
  coversSecondary: boolean;
  rowCounts: Record<(typeof COUNTED)[number], number>;
}

export async function readMeta(
  reader: SqlReader,
  { schema }: SqlViewSettings,
  signal: AbortSignal,
): Promise<ExportMeta> {
  const sql = `select extract(epoch from exported_at)::float8 * 1000 as exported_ms, covers_closed, covers_secondary,
    row_counts from ${schema}.v_meta`;
  const rows = await reader.rows(ASKED, sql, [], signal);
  if (rows.length !== 1) throw contractError(ASKED, `gave ${rows.length} rows of v_meta where there must be one`);
  return metaOf(rows[0]);
}

function metaOf({
  exported_ms: ms,
  covers_closed: closed,
  covers_secondary: secondary,
  row_counts: counts,
}: Row): ExportMeta {
  if (typeof ms !== 'number') throw contractError(ASKED, 'did not say when the export was made');
  if (typeof closed !== 'boolean' || typeof secondary !== 'boolean')
    throw contractError(ASKED, 'did not say what it covers');
  const rowCounts = (counts ?? {}) as ExportMeta['rowCounts'];
  if (!COUNTED.every((view) => Number.isSafeInteger(rowCounts[view]))) {
    throw contractError(ASKED, `did not say how many rows ${COUNTED.join(', ')} have (row_counts)`);
  }
  return { exportedAt: new Date(ms), coversClosed: closed, coversSecondary: secondary, rowCounts };
}

export function coverageOf(meta?: Pick<ExportMeta, 'coversClosed' | 'coversSecondary'>): Coverage {
  const { coversClosed = true, coversSecondary = true } = meta ?? {};
  return {
    partyRoles: coversSecondary ? ['primary', 'secondary'] : ['primary'],
    includesClosed: coversClosed,
    includesDrafts: true,
    includesJournalNotes: true,
    includesDeleted: false,
    rightsLimited: true,
    knownGaps: [
      'Kun det, som fagsystemets udtræk viser; hvad udtrækket selv udelader, kan ikke ses.',
      ...(coversClosed ? [] : ['Afsluttede sager er ikke i udtrækket.']),
      ...(coversSecondary ? [] : ['Sager, hvor borgeren kun er sekundær part, er ikke i udtrækket.']),
    ],
  };
}

/** Tells of an export that is too old for a citizen's whole file to be in it. */
export function reportAge({ exportedAt }: ExportMeta, { oldestHours }: SqlViewSettings, context: RunContext): void {
  if (oldestHours === undefined || Date.now() - exportedAt.getTime() <= oldestHours * HOUR_MS) return;
  const day = exportedAt.toISOString().slice(0, 10);
  const sentence = `Udtrækket er fra ${day} og ældre end ${oldestHours} timer; hvad der er kommet til siden, er ikke med. Bed systemejeren om et nyt udtræk.`;
  if (!context.reportGap) throw contractError(ASKED, `is older than ${oldestHours} hours; export it again`);
  context.reportGap({ kind: 'stale', sentence });
}

/**
 * Says what is wrong with an export that lost rows, or whose rows do not point at each other: it must not pass for a whole
 * one. Undefined when all is there.
 */
export async function faultOfExport(
  reader: SqlReader,
  { schema }: SqlViewSettings,
  { rowCounts }: ExportMeta,
  signal: AbortSignal,
): Promise<SourceError | undefined> {
  for (const view of COUNTED) {
    const sql = `select count(*)::int as count from ${schema}.${view}`;
    const [{ count }] = await reader.rows(`the rows of ${view}`, sql, [], signal);
    if (count !== rowCounts[view]) {
      const words = `has ${String(count)} rows in ${view} where the export counted ${rowCounts[view]}; export it again`;
      return new SourceError('truncated', sentence('the export', words), false);
    }
  }
  for (const [view, key, above] of LOOSE_ENDS) {
    const sql = `select count(*)::int as count from ${schema}.${view} b where not exists
      (select 1 from ${schema}.${above} a where a.${key}::text = b.${key}::text)`;
    const [{ count }] = await reader.rows(`the rows of ${view}`, sql, [], signal);
    if (count !== 0)
      return contractError('the export', `has ${String(count)} rows in ${view} that no row of ${above} has`);
  }
  return undefined;
}
