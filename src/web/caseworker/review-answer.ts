import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { Refusal } from '../../requests/refusal';
import { PageWriter } from '../http/page-writer';
import { reviewAddress } from './documents-in-hand';
import type { PageAddress } from './page-in-review';
import { ReviewPages } from './review-page';

/** One visit to the review screen: who, which page, and where the answer goes. */
export interface ReviewVisit {
  user: StaffUser;
  address: PageAddress;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Where to go on when that is not the page itself. */
  then?: string;
}

/** Answers an act on the review screen. */
@Injectable()
export class ReviewAnswer {
  constructor(
    private readonly screen: ReviewPages,
    private readonly writer: PageWriter,
  ) {}

  /** Does it and shows the page anew; what was refused is said beside the field, on the same page. */
  async after(visit: ReviewVisit, field: string, work: () => Promise<void>): Promise<void> {
    const { user, address, request, reply, then } = visit;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const view = await this.screen.view(user, address, [{ field, message: error.message }]);
      return this.writer.send(request, reply, 'gennemgang', view, { status: 422 });
    }
    await reply.redirect(then ?? reviewAddress(address.id, address.dok, address.side), 303);
  }
}
