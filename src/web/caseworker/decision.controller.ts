import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CloseReview, type Considerations } from '../../decisions/close-review';
import { DecisionDrafts } from '../../decisions/decision-drafts';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import type { FieldError } from '../views/page-shell';
import { EXTRA_ACCESS, faultOf } from './consideration-words';
import { DecisionPages, type UsedGround } from './decision-page';
import { Id } from './id';
import { RequestInHand } from './request-in-hand';

const LONGEST = 4000;
/** One field a ground, `hensyn_{groundId}`: which ones, the request decides. */
type DecisionForm = Record<string, unknown>;

/** What is decided, and why; closes the review and has the package made. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id')
export class DecisionController {
  constructor(
    private readonly pages: DecisionPages,
    private readonly writer: PageWriter,
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly drafts: DecisionDrafts,
    private readonly closeReview: CloseReview,
  ) {}

  @Get('afgoerelse')
  async page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'afgoerelse', await this.pages.view(user, id));
  }

  /** From the review screen: what is left is said on the page of the decision. */
  @Post('luk-gennemgang')
  async closeFromReview(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.database.inAuthority(user.authorityId, (entities) => this.inHand.of(entities, id));
    await reply.redirect(`/sagsbehandling/${id}/afgoerelse`, 303);
  }

  @Post('afgoerelse')
  async decide(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() form: DecisionForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const { words, faults } = await this.save(user, id, form);
    const isClosing = form.handling === 'dan-pakke';
    if (isClosing && faults.length > 0) {
      const view = await this.pages.view(user, id, words, faults);
      return this.writer.send(request, reply, 'afgoerelse', view, { status: 422 });
    }
    if (!isClosing) return this.saved(user, id, request, reply);
    try {
      await this.database.inAuthority(user.authorityId, (entities) =>
        this.closeReview.close(entities, id, user.staffId, words),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const notice = { tone: 'error' as const, text: error.message };
      return this.writer.send(request, reply, 'afgoerelse', await this.pages.view(user, id, words), {
        status: 409,
        notice,
      });
    }
    await reply.redirect(`/sagsbehandling/${id}/godkend`, 303);
  }

  private async saved(user: StaffUser, id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const notice = { tone: 'success' as const, text: 'Teksterne er gemt.' };
    await this.writer.send(request, reply, 'afgoerelse', await this.pages.view(user, id), { notice });
  }

  /** Whatever comes of it, what was written is not lost. */
  private save(user: StaffUser, id: string, form: DecisionForm) {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.toWorkOn(entities, id, user.staffId);
      const used = await this.pages.usedGrounds(entities, id);
      const words = wordsOf(form, used);
      await this.drafts.save(entities, request, user.staffId, words);
      if (request.state === 'review' && isLabelChoice(form.maerkater))
        await entities.update(AccessRequest, { id }, { linkedLabels: form.maerkater === 'person' });
      return { words, faults: faultsOf(words, used) };
    });
  }
}

/** What the labels over removed words say: the provision alone, or the person's number too. */
function isLabelChoice(value: unknown): value is 'bestemmelse' | 'person' {
  return value === 'bestemmelse' || value === 'person';
}

function wordsOf(form: DecisionForm, used: UsedGround[]): Considerations {
  const words: Considerations = {};
  for (const { ground } of used) words[ground.id] = textOf(form[`hensyn_${ground.id}`]);
  const extraAccess = textOf(form[EXTRA_ACCESS]);
  if (extraAccess !== '') words[EXTRA_ACCESS] = extraAccess;
  return words;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, LONGEST) : '';
}

function faultsOf(words: Considerations, used: UsedGround[]): FieldError[] {
  return used.flatMap(({ ground }) => {
    const message = faultOf(ground.id, words[ground.id]);
    return message ? [{ field: `hensyn_${ground.id}`, message }] : [];
  });
}
