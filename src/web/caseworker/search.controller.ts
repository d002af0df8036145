import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { ClaimedSystem } from '../../gathering/claimed-system.entity';
import { GatherAgain } from '../../gathering/gather-again';
import { Gathering } from '../../gathering/gathering';
import { HandSearch } from '../../gathering/hand-search';
import { NewItem } from '../../gathering/new-item.entity';
import { PaperOrder } from '../../gathering/paper-order.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { SearchActs } from '../../gathering/search-acts';
import { SourceGapRow } from '../../gathering/source-gap.entity';
import { SourceRun } from '../../gathering/source-run.entity';
import type { StaffUser } from '../../identity/sessions';
import { ForStaff } from '../http/access';
import { Employee, Reply } from '../http/visit';
import { CaseActs, mustBelong } from './case-acts';
import { Id } from './id';
import {
  ClaimedSystemForm,
  FoundFileForm,
  GapForm,
  LeaveForm,
  PaperOrderForm,
  ReceivedForm,
  SearchStatementForm,
} from './search-forms';

const SYSTEM_STATES = { soegt: 'searched', uden: 'left_out', skjul: 'hidden' } as const;

/** `/sagsbehandling/{id}/kilder…`: what is done about the search and its sources. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id')
export class SearchController {
  constructor(
    private readonly acts: CaseActs,
    private readonly gathering: Gathering,
    private readonly handSearch: HandSearch,
    private readonly searchActs: SearchActs,
    private readonly again: GatherAgain,
  ) {}

  @Post('kilder/:kilde/proev-igen')
  retry(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.onRun(user, id, runId, request, reply, (entities) =>
      this.gathering.retry(entities, runId, { kind: 'staff', id: user.staffId }),
    );
  }

  @Post('kilder/:kilde/manuel-soegning')
  attest(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Body() { redegoerelse = '' }: SearchStatementForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.onRun(user, id, runId, request, reply, (entities) =>
      this.gathering.attest(entities, runId, user.staffId, redegoerelse),
    );
  }

  @Post('kilder/:kilde/uden')
  leaveOut(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Body() { begrundelse = '' }: LeaveForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.onRun(user, id, runId, request, reply, (entities) =>
      this.gathering.leaveOut(entities, runId, user.staffId, begrundelse),
    );
  }

  @Post('kilder/:kilde/filer')
  addFile(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Body() { titel = '', dato, retning }: FoundFileForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const found = { title: titel, date: dato, direction: retning };
    return this.onRun(user, id, runId, request, reply, (entities) =>
      this.handSearch.addFile(entities, runId, user.staffId, found, request.upload),
    );
  }

  @Post('kilder/:kilde/bestillinger')
  order(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Body() { medie: medium, kasse: box = '', nummer: number = '', sider: pagesEstimated = 0 }: PaperOrderForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.onRun(user, id, runId, request, reply, (entities) =>
      this.handSearch.order(entities, runId, user.staffId, { medium, box, number, pagesEstimated }),
    );
  }

  @Post('kilder/:kilde/bestillinger/:bestilling/modtaget')
  received(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('kilde', Id) runId: string,
    @Param('bestilling', Id) orderId: string,
    @Body() { sider = -1 }: ReceivedForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.onRun(user, id, runId, request, reply, async (entities) => {
      await mustBelong(entities.countBy(PaperOrder, { id: orderId, sourceRunId: runId }));
      await this.handSearch.received(entities, runId, orderId, user.staffId, sider);
    });
  }

  @Post('huller/:hul')
  gap(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('hul', Id) gapId: string,
    @Body() { svar, forklaring = '' }: GapForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(SourceGapRow, { id: gapId, requestId: id }));
      await this.searchActs.settleGap(entities, id, gapId, user.staffId, forklaring, svar === 'brev');
    });
  }

  @Post('systemer/:system')
  system(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('system', Id) systemId: string,
    @Body() { svar, redegoerelse = '' }: ClaimedSystemForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(ClaimedSystem, { id: systemId, requestId: id }));
      await this.searchActs.settleSystem(entities, id, systemId, user.staffId, SYSTEM_STATES[svar], redegoerelse);
    });
  }

  @Post('nyt/se-efter')
  look(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, (entities) => this.again.look(entities, id, user.staffId));
  }

  @Post('nyt/hent')
  take(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, (entities) => this.again.take(entities, id, user.staffId));
  }

  @Post('nyt/:nyt/uden')
  leave(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('nyt', Id) itemId: string,
    @Body() { begrundelse = '' }: LeaveForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(NewItem, { id: itemId, requestId: id }));
      await this.again.leave(entities, id, itemId, user.staffId, begrundelse);
    });
  }

  @Post('sager/:sag/frigiv')
  release(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('sag', Id) caseId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(RecordsCaseRow, { id: caseId, requestId: id }));
      await this.searchActs.releaseCase(entities, id, caseId, user.staffId);
    });
  }

  private onRun(
    user: StaffUser,
    id: string,
    runId: string,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.acts.act(user, id, request, reply, async (entities) => {
      await mustBelong(entities.countBy(SourceRun, { id: runId, requestId: id }));
      await work(entities);
    });
  }
}
