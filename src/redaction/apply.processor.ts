import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { FileRow } from '../gathering/file.entity';
import { PageRow } from '../gathering/page.entity';
import type { JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AccessRequest } from '../requests/request.entity';
import { ApplyFile, type AppliedFile } from './apply-file';
import { AppliedRound } from './applied-round';

interface FileOfRound {
  file: FileRow;
  request: AccessRequest;
}

/** The queue `apply`: one job a file and round of review. */
@Injectable()
export class ApplyProcessor implements OnModuleInit, JobDefinition<FileOfRound, AppliedFile> {
  readonly name = 'apply.file' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly applyFile: ApplyFile,
    private readonly round: AppliedRound,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(entities: EntityManager, id: string, lock: boolean): Promise<FileOfRound | null> {
    const found = await entities.findOneBy(FileRow, { id });
    if (!found) return null;
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: found.requestId },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
    return { file: lock ? await entities.findOneByOrFail(FileRow, { id }) : found, request };
  }

  isExpected({ file, request }: FileOfRound): true | string {
    if (request.state !== 'applying') return 'the request is no longer being applied';
    return file.redactedRound !== request.reviewRound || 'the file was already redacted in this round';
  }

  run({ file, request }: FileOfRound): Promise<AppliedFile> {
    return this.applyFile.run(file, request.reviewRound);
  }

  async mark(entities: EntityManager, { file, request }: FileOfRound, applied: AppliedFile): Promise<string> {
    const { round, redactedKey, gateKey, report, rasterised, appliedKey } = applied;
    // The review was opened and closed again meanwhile: what was applied are the decisions of a round that is void.
    if (round !== request.reviewRound) return `discarded: round ${round} of the review is void`;
    await entities.update(
      FileRow,
      { id: file.id },
      { redactedKey, gateKey, gateVerdict: report.verdict, redactedRound: round, appliedKey },
    );
    await entities.update(PageRow, { fileId: file.id }, { rasterised: false, rasterisedWhy: null });
    for (const why of new Set(rasterised.map((each) => each.why))) {
      const pages = rasterised.filter((each) => each.why === why).map(({ page }) => page);
      await entities.update(PageRow, { fileId: file.id, number: In(pages) }, { rasterised: true, rasterisedWhy: why });
    }
    await this.round.continueWhenApplied(entities, request);
    return `a file of ${report.pages} pages redacted, the gate says ${report.verdict}`;
  }

  async giveUp(entities: EntityManager, { file, request }: FileOfRound, error: Error): Promise<void> {
    await this.round.stop(
      entities,
      request,
      `En fil kunne ikke behandles (${error.name}). Udelad dokumentet, eller få driften til at se på filen, og luk gennemgangen igen.`,
      file.id,
    );
  }
}
