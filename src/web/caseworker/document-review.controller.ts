import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { reviewAddress } from './documents-in-hand';
import { ReviewActs } from './review-acts';
import { AllPassagesForm, DocumentParameters, WholeDocumentForm } from './review-forms';
import { ReviewPages } from './review-page';

/** Decisions on a document as a whole, from the review screen. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/gennemgang/:dok')
export class DocumentReviewController {
  constructor(
    private readonly screen: ReviewPages,
    private readonly acts: ReviewActs,
    private readonly writer: PageWriter,
  ) {}

  @Post('alle')
  all(
    @Employee() user: StaffUser,
    @Param() { id, dok }: DocumentParameters,
    @Body() form: AllPassagesForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const address = { id, dok, side: form.side ?? 1 };
    return this.act(user, address, request, reply, 'alle', () => this.acts.decideAll(user, id, dok, form));
  }

  @Post('hele')
  whole(
    @Employee() user: StaffUser,
    @Param() { id, dok }: DocumentParameters,
    @Body() form: WholeDocumentForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const address = { id, dok, side: form.side ?? 1 };
    return this.act(user, address, request, reply, 'begrundelse', () => this.acts.decideDocument(user, id, dok, form));
  }

  private async act(
    user: StaffUser,
    address: { id: string; dok: string; side: number },
    request: FastifyRequest,
    reply: FastifyReply,
    field: string,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const view = await this.screen.view(user, address, [{ field, message: error.message }]);
      return this.writer.send(request, reply, 'gennemgang', view, { status: 422 });
    }
    await reply.redirect(reviewAddress(address.id, address.dok, address.side), 303);
  }
}
