import { Injectable } from '@nestjs/common';
import type { Connector, RecordsCase, RecordsDocument, RunContext, SearchSubject } from '../contracts';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { FetchFiles } from './fetch-files';
import { NumbersOf, type SearchedNumber } from './numbers-of';
import { needsJurist } from './person-number.entity';
import { RecordsCaseRow } from './records-case.entity';
import { SourceLimits } from './source-limits';
import { reconcile, SourceReport } from './source-report';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';
import { Sources } from './sources';
import { StoreListing } from './store-listing';

export interface GatheredCounts {
  cases: number;
  documents: number;
  files: number;
}

/** What belongs to no case stands under this, after all cases. */
export const CASELESS: RecordsCase = { sourceCaseId: '~', title: 'Uden for sag', parties: [] };
export const LAST_POSITION = 1_000_000;
/** Documents that are stored in one transaction and fetched before the cursor moves on: what lies in memory at once. */
const BATCH = 25;

interface Gathering {
  run: SourceRun;
  source: SourceRow;
  connector: Connector;
  numbers: SearchedNumber[];
  subject: SearchSubject;
  report: SourceReport;
  context: RunContext;
}

type Listing = AsyncIterable<{ document: RecordsDocument; cursor?: string }>;

/** Lists everything that one source has on the citizen and fetches every file. Goes on where it was stopped. */
@Injectable()
export class GatherSource {
  constructor(
    private readonly database: Database,
    private readonly sources: Sources,
    private readonly numbersOf: NumbersOf,
    private readonly listing: StoreListing,
    private readonly files: FetchFiles,
    private readonly limits: SourceLimits,
    private readonly clock: Clock,
  ) {}

  run(run: SourceRun, signal: AbortSignal): Promise<GatheredCounts> {
    return this.limits.within(run.sourceId, signal, async (bounded) => {
      const gathering = await this.prepare(run, bounded);
      await this.gatherCases(gathering);
      await this.gatherCaseless(gathering);
      return this.conclude(gathering);
    });
  }

  private prepare(run: SourceRun, signal: AbortSignal): Promise<Gathering> {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      const source = await entities.findOneByOrFail(SourceRow, { id: run.sourceId });
      const connector = await this.sources.connectorOf(source);
      const numbers = await this.numbersOf.request(entities, run.requestId);
      const subject = await this.numbersOf.subject(entities, run.requestId, numbers);
      const report = new SourceReport();
      await entities.update(
        SourceRun,
        { id: run.id },
        {
          state: 'searching',
          startedAt: run.startedAt ?? this.clock.now(),
          coverage: connector.coverage,
          numbersSearched: numbers.length,
        },
      );
      return { run, source, connector, numbers, subject, report, context: report.context(run.id, signal) };
    });
  }

  /** By each number on its own, so that one knows which of them found a case. */
  private async gatherCases(gathering: Gathering): Promise<void> {
    const { connector, numbers, context } = gathering;
    const seen = new Set<string>();
    for (const number of numbers)
      for await (const found of connector.discover({ cprs: [number.cpr] }, context)) {
        if (seen.has(found.sourceCaseId)) continue;
        seen.add(found.sourceCaseId);
        await this.gatherCase(gathering, found, number, seen.size);
      }
  }

  private async gatherCase(
    gathering: Gathering,
    found: RecordsCase,
    number: SearchedNumber,
    position: number,
  ): Promise<void> {
    const { run, source, connector, report, context } = gathering;
    const isHeld = needsJurist(number.reason);
    const recordsCase = await this.database.inAuthority(run.authorityId, (entities) =>
      this.listing.storeCase(entities, run, source.key, found, position, isHeld ? HELD : {}),
    );
    if (number.reason !== 'present')
      report.gap({ kind: 'former_identity', sourceCaseId: found.sourceCaseId, sentence: FORMER });
    if (recordsCase.heldForJurist || recordsCase.gatheredAt) return;
    report.claimsOf(found);
    await this.gatherListing(gathering, recordsCase, connector.list(found, context, recordsCase.cursor ?? undefined));
  }

  private async gatherCaseless(gathering: Gathering): Promise<void> {
    const { run, source, connector, subject, context } = gathering;
    if (!connector.listCaseless) return;
    const known = await this.database.inAuthority(run.authorityId, (entities) =>
      entities.findOneBy(RecordsCaseRow, { sourceRunId: run.id, sourceCaseId: CASELESS.sourceCaseId }),
    );
    if (known?.gatheredAt) return;
    const listing = connector.listCaseless(subject, context, known?.cursor ?? undefined);
    await this.gatherListing(gathering, known, listing, () =>
      this.database.inAuthority(run.authorityId, (entities) =>
        this.listing.storeCase(entities, run, source.key, CASELESS, LAST_POSITION, { caseless: true }),
      ),
    );
  }

  /** `open` makes the case's row when there is something to put under it. */
  private async gatherListing(
    gathering: Gathering,
    known: RecordsCaseRow | null,
    listing: Listing,
    open?: () => Promise<RecordsCaseRow>,
  ): Promise<void> {
    let recordsCase = known;
    let batch: RecordsDocument[] = [];
    let position = recordsCase ? await this.files.countDocuments(recordsCase) : 0;
    const flush = async (cursor: string | undefined): Promise<void> => {
      if (batch.length === 0) return;
      recordsCase ??= (await open?.()) ?? null;
      if (!recordsCase) return;
      await this.gatherBatch(gathering, recordsCase, batch, position + 1, cursor);
      position += batch.length;
      batch = [];
    };
    let last: string | undefined;
    for await (const { document, cursor } of listing) {
      batch.push(document);
      last = cursor;
      if (batch.length >= BATCH) await flush(cursor);
    }
    await flush(last);
    await this.close(gathering, recordsCase);
  }

  private async gatherBatch(
    { run, connector, report, context }: Gathering,
    recordsCase: RecordsCaseRow,
    batch: RecordsDocument[],
    first: number,
    cursor: string | undefined,
  ): Promise<void> {
    const stored = await this.database.inAuthority(run.authorityId, (entities) =>
      this.listing.storeDocuments(entities, recordsCase, batch, first),
    );
    await this.files.fetch(connector, stored, report, context);
    await this.database.inAuthority(run.authorityId, async (entities) => {
      await report.store(entities, run, this.clock.now());
      if (cursor !== undefined) await entities.update(RecordsCaseRow, { id: recordsCase.id }, { cursor });
    });
  }

  private async close({ run, report }: Gathering, recordsCase: RecordsCaseRow | null): Promise<void> {
    await this.database.inAuthority(run.authorityId, async (entities) => {
      await report.store(entities, run, this.clock.now());
      if (recordsCase)
        await entities.update(RecordsCaseRow, { id: recordsCase.id }, { gatheredAt: this.clock.now(), cursor: null });
    });
  }

  private conclude({ run, report }: Gathering): Promise<GatheredCounts> {
    return this.database.inAuthority(run.authorityId, async (entities) => {
      await report.store(entities, run, this.clock.now());
      await reconcile(entities, run, report);
      await report.store(entities, run, this.clock.now());
      return this.files.countsOf(entities, run.id);
    });
  }
}

const FORMER = 'Sagen er fundet på et tidligere personnummer, som CPR oplyser, at borgeren har haft.';
const HELD: Partial<RecordsCaseRow> = {
  heldForJurist: true,
  existence: 'proposed',
  existenceReason:
    'Sagen er fundet på et personnummer fra før en adoption, et juridisk kønsskifte eller et erstatningsnummer. En jurist skal afgøre, om den er borgerens og må gives. Intet i den er hentet.',
};
