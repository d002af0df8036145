import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { clock } from '../../law';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import { proposalStatus, undecidedInWords, type DecisionAnswer, type ProposalState } from '../views/gennemgang';
import { PagesInReview } from './page-in-review';
import { PagePictures } from './page-pictures';
import { ReviewActs } from './review-acts';
import { ReviewAnswer } from './review-answer';
import { AddPassageForm, PageParameters, PassageForm, PassageParameters } from './review-forms';
import { ReviewPages } from './review-page';

/** The review screen: one page of one document, and what on it must go. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/gennemgang/:dok/:side')
export class ReviewController {
  constructor(
    private readonly screen: ReviewPages,
    private readonly pages: PagesInReview,
    private readonly acts: ReviewActs,
    private readonly answer: ReviewAnswer,
    private readonly pictures: PagePictures,
    private readonly writer: PageWriter,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  async page(
    @Employee() user: StaffUser,
    @Param() address: PageParameters,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'gennemgang', await this.screen.view(user, address));
  }

  @Get('billede.png')
  async picture(
    @Employee() user: StaffUser,
    @Param() address: PageParameters,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const { page } = await this.database.inAuthority(user.authorityId, (entities) =>
      this.pages.find(entities, address),
    );
    if (page.index === null) throw new RefusedVisit('not-found');
    const png = await this.pictures.png(page.file, page.index, { kind: 'staff', id: user.staffId });
    await reply.type('image/png').header('cache-control', 'no-store').send(png);
  }

  @Post('forslag/:fid')
  async decide(
    @Employee() user: StaffUser,
    @Param() address: PassageParameters,
    @Body() form: PassageForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    if (!wantsJson(request))
      return this.answer.after({ user, address, request, reply }, `hjemmel-${address.fid}`, () =>
        this.acts.decide(user, address, form),
      );
    await this.acts.decide(user, address, form);
    const state: ProposalState = form.afgoerelse === 'fjern' ? 'remove' : 'keep';
    const { page } = await this.database.inAuthority(user.authorityId, (entities) =>
      this.pages.find(entities, address),
    );
    const answer: DecisionAnswer = {
      state,
      statusHtml: await this.writer.fragment(request, reply, 'parts/status', proposalStatus(state)),
      pageStatus: undecidedInWords(page.undecided),
      savedAt: clock(this.clock.now()),
    };
    await reply.status(200).send(answer);
  }

  @Post('tilfoej')
  add(
    @Employee() user: StaffUser,
    @Param() address: PageParameters,
    @Body() form: AddPassageForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.answer.after({ user, address, request, reply }, 'tekst', () => this.acts.add(user, address, form));
  }

  @Post('fortryd')
  undo(
    @Employee() user: StaffUser,
    @Param() address: PageParameters,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.answer.after({ user, address, request, reply }, 'fortryd', () => this.acts.undo(user, address));
  }

  @Post('set')
  async seen(
    @Employee() user: StaffUser,
    @Param() address: PageParameters,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    if (!wantsJson(request))
      return this.answer.after({ user, address, request, reply }, 'set', () => this.acts.markSeen(user, address));
    await this.acts.markSeen(user, address);
    await reply.status(200).send({});
  }
}

function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('application/json') ?? false;
}
