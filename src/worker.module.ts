import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CertifyDecision } from './decisions/certificate/certify-decision';
import { AssembleDecision } from './decisions/assemble-decision';
import { AssembleProcessor } from './decisions/assemble.processor';
import { DecisionContents } from './decisions/decision-content';
import { LetterWriter } from './decisions/letter-writer';
import { AppealContents } from './delivery/appeal-file/appeal-content';
import { AppealFileProcessor } from './delivery/appeal-file/appeal-file.processor';
import { DocumentParts } from './delivery/appeal-file/document-parts';
import { LetterSections } from './delivery/appeal-file/letter-sections';
import { MakeAppealFile } from './delivery/appeal-file/make-appeal-file';
import { AnnounceAgain } from './delivery/announce-again';
import { ClockProcessor } from './delivery/clock.processor';
import { ApprovedContent } from './delivery/approved-content';
import { BeforeSending } from './delivery/before-sending';
import { Channels } from './delivery/channels';
import { ComposeLetter } from './delivery/compose-letter';
import { ComposeMemo } from './delivery/compose-memo';
import { DeliverProcessor } from './delivery/deliver.processor';
import { GATEWAY, gatewayFrom } from './delivery/gateway';
import { IncidentLetterPdf } from './delivery/incidents/incident-letter-pdf';
import { IncidentLetterProcessor } from './delivery/incidents/incident-letter.processor';
import { JournalProcessor } from './delivery/journal.processor';
import { LateNoticeLetters } from './delivery/late-notice/late-notice-letter';
import { LateNoticeProcessor } from './delivery/late-notice/late-notice.processor';
import { NoticeProcessor } from './delivery/notice.processor';
import { ReceiptsProcessor } from './delivery/receipts.processor';
import { ReleaseDelivery } from './delivery/release-delivery';
import { SingleLetterPost } from './delivery/single-letter/single-letter-post';
import { SendMessages } from './delivery/send-messages';
import { StoreMessages } from './delivery/store-messages';
import { WriteMessage } from './delivery/write-message';
import { RetentionProcessor } from './delivery/retention/retention.processor';
import { ConvertFile } from './gathering/convert-file';
import { ConvertProcessor } from './gathering/convert.processor';
import { FileConversion } from './gathering/file-conversion';
import { CircuitBreaker } from './gathering/circuit-breaker';
import { ConfirmIdentity } from './gathering/confirm-identity';
import { DiscoverSystems } from './gathering/discover-systems';
import { FetchFiles } from './gathering/fetch-files';
import { NumbersOf } from './gathering/numbers-of';
import { RecheckSource } from './gathering/recheck-source';
import { SearchSource } from './gathering/search-source';
import { SourceLimits } from './gathering/source-limits';
import { StoreListing } from './gathering/store-listing';
import { GatherProcessor } from './gathering/gather.processor';
import { GatherSource } from './gathering/gather-source';
import { VirusCheck } from './gathering/virus/virus-check';
import { PdfEngine } from './pdf';
import { ExportRootProcessor } from './platform/audit-log/export-root.processor';
import { OutboxRelay } from './platform/outbox/relay';
import { ClockTicker } from './platform/queue/clock-ticker';
import { Workers } from './platform/queue/workers';
import { Settings } from './platform/settings';
import { TemporaryFolders } from './platform/temporary-folder';
import { VaultForgetting } from './platform/vault/forget';
import { ReadRedacted } from './redaction/read-redacted';
import { ReadingVersions } from './decisions/reading-version';
import { ApplyFile } from './redaction/apply-file';
import { ApplyProcessor } from './redaction/apply.processor';
import { ProposeProcessor } from './redaction/propose.processor';
import { ProposeRequest } from './redaction/propose-request';

/** Starts the receiving side once every processor has registered, and stops it before anything it stands on. */
@Injectable()
export class WorkerRun implements OnApplicationShutdown {
  constructor(
    private readonly folders: TemporaryFolders,
    private readonly workers: Workers,
    private readonly relay: OutboxRelay,
    private readonly ticker: ClockTicker,
    private readonly engine: PdfEngine,
    private readonly conversion: FileConversion,
  ) {}

  async start(): Promise<void> {
    await this.folders.sweep();
    await this.workers.start();
    await this.ticker.start();
    this.relay.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
    await this.workers.stop();
    await this.relay.stop();
    await this.conversion.close();
    await this.engine.close();
  }
}

/** The processors and what only they need. The web program does not import this. */
@Module({
  providers: [
    AnnounceAgain,
    AppealContents,
    AppealFileProcessor,
    ApplyFile,
    ApplyProcessor,
    ApprovedContent,
    AssembleDecision,
    AssembleProcessor,
    BeforeSending,
    Channels,
    CertifyDecision,
    ClockProcessor,
    ComposeLetter,
    ComposeMemo,
    ConvertFile,
    ConvertProcessor,
    DecisionContents,
    DeliverProcessor,
    DocumentParts,
    ExportRootProcessor,
    FileConversion,
    GatherProcessor,
    GatherSource,
    CircuitBreaker,
    ConfirmIdentity,
    DiscoverSystems,
    FetchFiles,
    NumbersOf,
    RecheckSource,
    SearchSource,
    SourceLimits,
    StoreListing,
    IncidentLetterPdf,
    IncidentLetterProcessor,
    JournalProcessor,
    LateNoticeLetters,
    LateNoticeProcessor,
    LetterSections,
    LetterWriter,
    MakeAppealFile,
    NoticeProcessor,
    ProposeProcessor,
    ProposeRequest,
    ReadingVersions,
    ReadRedacted,
    ReceiptsProcessor,
    ReleaseDelivery,
    SendMessages,
    SingleLetterPost,
    StoreMessages,
    WriteMessage,
    RetentionProcessor,
    VaultForgetting,
    VirusCheck,
    WorkerRun,
    { provide: GATEWAY, useFactory: gatewayFrom, inject: [Settings] },
    {
      provide: PdfEngine,
      useFactory: (settings: Settings, folders: TemporaryFolders) =>
        new PdfEngine({ processes: settings.PDF_PROCESSES, temporaryFolder: folders.ownFolder() }),
      inject: [Settings, TemporaryFolders],
    },
  ],
})
export class WorkerModule {}
