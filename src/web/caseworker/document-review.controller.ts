import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { ForStaff } from '../http/access';
import { Employee, Reply } from '../http/visit';
import { ReviewActs } from './review-acts';
import { ReviewAnswer } from './review-answer';
import { AllPassagesForm, DocumentParameters, WholeDocumentForm } from './review-forms';

/** Decisions on a document as a whole, from the review screen. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/gennemgang/:dok')
export class DocumentReviewController {
  constructor(
    private readonly acts: ReviewActs,
    private readonly answer: ReviewAnswer,
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
    return this.answer.after({ user, address, request, reply }, 'alle', () => this.acts.decideAll(user, id, dok, form));
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
    return this.answer.after({ user, address, request, reply }, 'begrundelse', () =>
      this.acts.decideDocument(user, id, dok, form),
    );
  }

  /** The request is out of the review until the file has been read, so the case's own page is where to go on. */
  @Post('igen')
  again(
    @Employee() user: StaffUser,
    @Param() { id, dok }: DocumentParameters,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const visit = { user, address: { id, dok, side: 1 }, request, reply, then: `/sagsbehandling/${id}` };
    return this.answer.after(visit, 'igen', () => this.acts.openAgain(user, id, dok));
  }
}
