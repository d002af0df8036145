import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { CloseReview } from '../../decisions/close-review';
import { DocumentRow } from '../../gathering/document.entity';
import { Gathering } from '../../gathering/gathering';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { SourceRun } from '../../gathering/source-run.entity';
import { HandOver } from '../../delivery/hand-over';
import type { StaffUser } from '../../identity/sessions';
import { LEGAL_BASES, type LegalBasis } from '../../law';
import { Database } from '../../platform/database/database';
import { MisfiledDocuments } from '../../redaction/checks/misfiled-documents';
import { DocumentReview } from '../../redaction/document-review';
import { ProtectedExistence } from '../../redaction/protected-existence';
import { Review } from '../../redaction/review';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import { CasePages } from './case-page';
import { Id } from './id';
import { RequestInHand } from './request-in-hand';

class SearchStatementForm {
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  redegoerelse?: string;
}

class HandOverForm {
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  udlevering?: string;
}

class FindingForm {
  @IsIn(['borgeren', 'udenfor', 'kollega'])
  svar!: 'borgeren' | 'udenfor' | 'kollega';

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  begrundelse?: string;

  @Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))
  @IsOptional()
  @IsUUID()
  kollega?: string;
}

class ExistenceForm {
  @IsIn(['skjul', 'maa-kendes'])
  svar!: 'skjul' | 'maa-kendes';

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  begrundelse?: string;
}

class BasisForm {
  @IsIn(LEGAL_BASES)
  retsgrundlag!: LegalBasis;
}

/** `/sagsbehandling/{id}`: where the request stands, and what is done to it as a whole. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id')
export class CaseController {
  constructor(
    private readonly pages: CasePages,
    private readonly writer: PageWriter,
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly review: Review,
    private readonly documentReview: DocumentReview,
    private readonly misfiled: MisfiledDocuments,
    private readonly gathering: Gathering,
    private readonly closeReview: CloseReview,
    private readonly handOver: HandOver,
    private readonly protection: ProtectedExistence,
  ) {}

  @Get()
  async overview(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'sag', await this.pages.view(user, id));
  }

  @Post('kilder/:kilde/proev-igen')
  retry(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(SourceRun, { id: runId, requestId: id }));
      await this.gathering.retry(entities, runId, { kind: 'staff', id: user.staffId });
    });
  }

  @Post('kilder/:kilde/manuel-soegning')
  attest(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Body() { redegoerelse }: SearchStatementForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(SourceRun, { id: runId, requestId: id }));
      await this.gathering.attest(entities, runId, user.staffId, redegoerelse ?? '');
    });
  }

  @Post('alle')
  followAll(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, (entities) => this.review.followProposals(entities, id, user.staffId));
  }

  @Post('genaabn')
  reopen(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, (entities) => this.closeReview.reopen(entities, id, user.staffId));
  }

  @Post('udleveret')
  handedOver(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { udlevering }: HandOverForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, (entities) =>
      this.handOver.attest(entities, id, user.staffId, udlevering ?? ''),
    );
  }

  @Post('sager/:sag/retsgrundlag')
  basis(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('sag', Id) caseId: string,
    @Body() { retsgrundlag }: BasisForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(RecordsCaseRow, { id: caseId, requestId: id }));
      await this.documentReview.chooseBasis(entities, id, caseId, retsgrundlag, user.staffId);
    });
  }

  @Post('sager/:sag/eksistens')
  existence(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('sag', Id) caseId: string,
    @Body() { svar, begrundelse }: ExistenceForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(RecordsCaseRow, { id: caseId, requestId: id }));
      if (svar === 'skjul') await this.protection.protect(entities, id, caseId, user.staffId, begrundelse ?? '');
      else await this.protection.open(entities, id, caseId, user);
    });
  }

  @Post('dokumenter/:dok/fund')
  finding(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('dok', Id) documentId: string,
    @Body() { svar, begrundelse = '', kollega = '' }: FindingForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(DocumentRow, { id: documentId, requestId: id }));
      if (svar === 'borgeren') await this.misfiled.belongsHere(entities, id, documentId, user.staffId, begrundelse);
      else if (svar === 'udenfor') await this.misfiled.belongsElsewhere(entities, id, documentId, user.staffId);
      else
        await this.misfiled.ask(entities, id, documentId, user.staffId, { colleagueId: kollega, words: begrundelse });
    });
  }

  /** Does it and shows the overview; what was refused is said on the same page. */
  private async act(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    try {
      await this.database.inAuthority(user.authorityId, async (entities) => {
        await this.inHand.toWorkOn(entities, id, user.staffId);
        await work(entities);
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const notice = { tone: 'error' as const, text: error.message };
      return this.writer.send(request, reply, 'sag', await this.pages.view(user, id), { status: 409, notice });
    }
    await reply.redirect(`/sagsbehandling/${id}`, 303);
  }
}

async function mustBelong(count: Promise<number>): Promise<void> {
  if ((await count) === 0) throw new RefusedVisit('not-found');
}
