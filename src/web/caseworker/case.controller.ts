import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CloseReview } from '../../decisions/close-review';
import { DocumentRow } from '../../gathering/document.entity';
import { GatherAgain } from '../../gathering/gather-again';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { HandOver } from '../../delivery/hand-over';
import type { StaffUser } from '../../identity/sessions';
import { LEGAL_BASES, type LegalBasis } from '../../law';
import { MisfiledDocuments } from '../../redaction/checks/misfiled-documents';
import { DocumentReview } from '../../redaction/document-review';
import { ProtectedExistence } from '../../redaction/protected-existence';
import { Review } from '../../redaction/review';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { CaseActs, mustBelong } from './case-acts';
import { CasePages } from './case-page';
import { Id } from './id';

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
    private readonly acts: CaseActs,
    private readonly review: Review,
    private readonly documentReview: DocumentReview,
    private readonly misfiled: MisfiledDocuments,
    private readonly again: GatherAgain,
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

  @Post('alle')
  followAll(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, (entities) =>
      this.review.followProposals(entities, id, user.staffId),
    );
  }

  @Post('genaabn')
  reopen(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, (entities) => this.closeReview.reopen(entities, id, user.staffId));
  }

  @Post('udleveret')
  handedOver(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { udlevering }: HandOverForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, (entities) =>
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
    return this.acts.act(user, id, request, reply, async (entities) => {
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
    return this.acts.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(RecordsCaseRow, { id: caseId, requestId: id }));
      if (svar === 'skjul') await this.protection.protect(entities, id, caseId, user.staffId, begrundelse ?? '');
      else if (await entities.existsBy(RecordsCaseRow, { id: caseId, heldForJurist: true }))
        await this.again.letIn(entities, id, caseId, user);
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
    return this.acts.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(DocumentRow, { id: documentId, requestId: id }));
      if (svar === 'borgeren') await this.misfiled.belongsHere(entities, id, documentId, user.staffId, begrundelse);
      else if (svar === 'udenfor') await this.misfiled.belongsElsewhere(entities, id, documentId, user.staffId);
      else
        await this.misfiled.ask(entities, id, documentId, user.staffId, { colleagueId: kollega, words: begrundelse });
    });
  }
}
