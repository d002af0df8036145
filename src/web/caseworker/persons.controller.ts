import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { ChangePersons } from '../../redaction/persons/change-persons';
import { WordsEverywhere } from '../../redaction/persons/words-everywhere';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { addedKind } from './kinds-of-information';
import {
  EverywhereForm,
  MergeForm,
  PartForm,
  PersonParameters,
  RequestParameters,
  ShownMentions,
  SplitForm,
  WordsForm,
} from './person-forms';
import { partOf } from './person-parts';
import { personAddress, PersonsPages } from './persons-page';
import { RequestInHand } from './request-in-hand';

const DECISIONS = { fjern: 'remove', behold: 'keep', 'hver-for-sig': null } as const;

/** `/sagsbehandling/{id}/personer`: who is in the file, and what holds for each. Plain forms; no script is needed. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/personer')
export class PersonsController {
  constructor(
    private readonly pages: PersonsPages,
    private readonly changes: ChangePersons,
    private readonly words: WordsEverywhere,
    private readonly inHand: RequestInHand,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async list(
    @Employee() user: StaffUser,
    @Param() { id }: RequestParameters,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'personer', await this.pages.list(user, id));
  }

  @Post('tekst')
  async everyWord(
    @Employee() user: StaffUser,
    @Param() { id }: RequestParameters,
    @Body() form: WordsForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const decision = DECISIONS[form.afgoerelse];
    try {
      const { type, role } = addedKind(form.slags);
      const wanted = { words: form.tekst ?? '', decision, type: type as 'DRAWN', role };
      const found = await this.words.find(user.authorityId, id, { kind: 'staff', id: user.staffId }, wanted);
      await this.within(user, id, (entities) =>
        this.changes.words(entities, id, user.staffId, found, { decision, groundId: form.hjemmel ?? null }),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const view = await this.pages.list(user, id, [{ field: 'tekst', message: error.message }]);
      return this.writer.send(request, reply, 'personer', view, { status: 422 });
    }
    await reply.redirect(`/sagsbehandling/${id}/personer`, 303);
  }

  @Post('fortryd')
  async undo(
    @Employee() user: StaffUser,
    @Param() { id }: RequestParameters,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.within(user, id, (entities) => this.changes.undo(entities, id, user.staffId));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const notice = { tone: 'error' as const, text: error.message };
      return this.writer.send(request, reply, 'personer', await this.pages.list(user, id), { status: 409, notice });
    }
    await reply.redirect(`/sagsbehandling/${id}/personer`, 303);
  }

  @Get(':key')
  async one(
    @Employee() user: StaffUser,
    @Param() { id, key }: PersonParameters,
    @Query() { enkelt }: ShownMentions,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'person', await this.pages.one(user, id, key, { mentionsOn: enkelt }));
  }

  @Post(':key/rolle')
  part(
    @Employee() user: StaffUser,
    @Param() address: PersonParameters,
    @Body() form: PartForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, address, request, reply, 'del', (entities) =>
      this.changes.part(entities, address.id, user.staffId, address.key, partOf(form.del, form.rolle ?? '')),
    );
  }

  @Post(':key/saml')
  merge(
    @Employee() user: StaffUser,
    @Param() address: PersonParameters,
    @Body() { med }: MergeForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const work = (entities: EntityManager) => {
      if (!med) throw new Refusal('nobody-chosen', 'Vælg den person, som det er den samme som.');
      return this.changes.merge(entities, address.id, user.staffId, address.key, med);
    };
    return this.act(user, address, request, reply, 'med', work, med);
  }

  @Post(':key/del')
  split(
    @Employee() user: StaffUser,
    @Param() address: PersonParameters,
    @Body() { steder, navn, del, rolle }: SplitForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const as = { ...partOf(del, rolle ?? ''), name: navn ?? '' };
    return this.act(user, address, request, reply, 'steder', (entities) =>
      this.changes.split(entities, address.id, user.staffId, address.key, steder, as),
    );
  }

  @Post(':key/overalt')
  everywhere(
    @Employee() user: StaffUser,
    @Param() address: PersonParameters,
    @Body() { afgoerelse, hjemmel }: EverywhereForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const decision = { decision: DECISIONS[afgoerelse], groundId: hjemmel ?? null };
    return this.act(user, address, request, reply, 'overalt', (entities) =>
      this.changes.everywhere(entities, address.id, user.staffId, address.key, decision),
    );
  }

  /** Does it and shows the person; what was refused is said on the same page. */
  private async act(
    user: StaffUser,
    { id, key }: PersonParameters,
    request: FastifyRequest,
    reply: FastifyReply,
    field: string,
    work: (entities: EntityManager) => Promise<unknown>,
    shownAfter = key,
  ): Promise<void> {
    try {
      await this.within(user, id, work);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'no-such-person') return void (await reply.redirect(`/sagsbehandling/${id}/personer`, 303));
      const view = await this.pages.one(user, id, key, { errors: [{ field, message: error.message }] });
      return this.writer.send(request, reply, 'person', view, { status: 422 });
    }
    await reply.redirect(personAddress(id, shownAfter), 303);
  }

  private within(user: StaffUser, id: string, work: (entities: EntityManager) => Promise<unknown>): Promise<unknown> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      await this.inHand.toWorkOn(entities, id, user.staffId);
      return work(entities);
    });
  }
}
