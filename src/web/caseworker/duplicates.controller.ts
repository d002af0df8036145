import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { DuplicateReview } from '../../redaction/duplicate-review';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { ComparisonPages } from './comparison-page';
import { DuplicatesPages } from './duplicates-page';
import { Id } from './id';
import { RequestInHand } from './request-in-hand';

class PairForm {
  @IsIn(['sammen', 'hver-for-sig'])
  svar!: 'sammen' | 'hver-for-sig';
}

/** `/sagsbehandling/{id}/dubletter`: documents that are the same, or nearly the same. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/dubletter')
export class DuplicatesController {
  constructor(
    private readonly pages: DuplicatesPages,
    private readonly comparisons: ComparisonPages,
    private readonly review: DuplicateReview,
    private readonly inHand: RequestInHand,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'dubletter', await this.pages.view(user, id));
  }

  @Get(':par')
  async comparison(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('par', Id) pair: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'dublet', await this.comparisons.view(user, id, pair));
  }

  @Post(':par')
  async decide(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('par', Id) pair: string,
    @Body() { svar }: PairForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const work = (): Promise<void> =>
      this.database.inAuthority(user.authorityId, async (entities) => {
        await this.inHand.toWorkOn(entities, id, user.staffId);
        if (svar === 'sammen') await this.review.putTogether(entities, id, pair, user.staffId);
        else await this.review.takeApart(entities, id, pair, user.staffId);
      });
    await this.writer.answerForm(request, reply, {
      work,
      then: `/sagsbehandling/${id}/dubletter`,
      page: 'dubletter',
      refused: ({ message }) => this.pages.view(user, id, [{ field: `par-${pair}`, message }]),
    });
  }
}
