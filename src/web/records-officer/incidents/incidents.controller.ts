import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { CloseIncident } from '../../../delivery/incidents/close-incident';
import { Incidents } from '../../../delivery/incidents/incidents';
import type { StaffUser } from '../../../identity/sessions';
import { Database } from '../../../platform/database/database';
import { Refusal } from '../../../requests/refusal';
import { Id } from '../../caseworker/id';
import { ForReaders, ForStaff } from '../../http/access';
import { PageWriter } from '../../http/page-writer';
import { Employee, Reply } from '../../http/visit';
import { AssessmentForm, HolderForm, NewIncidentForm, OpenedFrom, WordsForm } from './incident-forms';
import { IncidentPages } from './incident-page';
import { IncidentPapers } from './incident-papers';
import { NewIncidentPages } from './new-incident-page';

/** `/arkiv/haendelser/{id}`: one incident from opening to closing. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/haendelser')
export class IncidentsController {
  constructor(
    private readonly pages: IncidentPages,
    private readonly newPages: NewIncidentPages,
    private readonly papers: IncidentPapers,
    private readonly incidents: Incidents,
    private readonly closing: CloseIncident,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get('ny')
  @ForStaff('arkivar')
  async newOne(
    @Employee() user: StaffUser,
    @Query() { leverance, brud }: OpenedFrom,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'haendelse-ny', await this.newPages.page(user, { leverance, brud }));
  }

  @Post('ny')
  @ForStaff('arkivar')
  async open(
    @Employee() user: StaffUser,
    @Body() form: NewIncidentForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const { aarsag, leverance, brud, hvad, hvem, dag, kl } = form;
    try {
      if (aarsag === '') throw new Refusal('aarsag', 'Vælg, hvad der er sket.');
      const asked = { cause: aarsag, what: hvad, noticedBy: hvem, noticedOn: dag, noticedAt: kl };
      const from = { deliveryId: leverance || undefined, breachId: brud || undefined };
      const { id } = await this.database.inAuthority(user.authorityId, (entities) =>
        this.incidents.open(entities, user.authorityId, user.staffId, { ...asked, ...from }),
      );
      await reply.redirect(`/arkiv/haendelser/${id}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const errors = [{ field: error.code, message: error.message }];
      const view = await this.newPages.page(user, { leverance, brud, aarsag, hvad, hvem, dag, kl }, errors);
      await this.writer.send(request, reply, 'haendelse-ny', view, { status: 422 });
    }
  }

  @Get(':id')
  async page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'haendelse', await this.pages.page(user, id));
  }

  @Post(':id/alvor')
  @ForStaff('arkivar')
  assess(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { alvor, personer: persons, registreringer: records, oplysninger: kinds = [] }: AssessmentForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, (entities) => {
      if (!alvor) throw new Refusal('alvor', 'Vælg, hvor alvorligt det er.');
      return this.incidents.assess(entities, id, user.staffId, { severity: alvor, persons, records, kinds });
    });
  }

  @Post(':id/leverancer')
  @ForStaff('arkivar')
  addDelivery(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { leverance, sider }: HolderForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const pages = sider
      .split(',')
      .map(Number)
      .filter((page) => Number.isInteger(page) && page > 0);
    return this.act(user, id, request, reply, async (entities) =>
      this.incidents.addDelivery(entities, await this.incidents.openOne(entities, id), user.staffId, leverance, pages),
    );
  }

  @Post(':id/leverancer/:leverance/stands')
  @ForStaff('arkivar')
  stop(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('leverance', Id) deliveryId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, (entities) =>
      this.incidents.stopDelivery(entities, id, user.staffId, deliveryId).catch((error: unknown) => {
        throw error instanceof Refusal ? new Refusal('leverancer', `${error.message} ${NOT_RECALLED}`) : error;
      }),
    );
  }

  /** The data protection officer advises here, and decides nothing (GDPR article 39). */
  @Post(':id/bemaerkninger')
  @ForReaders()
  comment(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { tekst }: WordsForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, (entities) => this.incidents.comment(entities, id, user.staffId, tekst));
  }

  @Post(':id/afslut')
  @ForStaff('arkivar')
  close(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { tekst }: WordsForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, (entities) => this.closing.close(entities, id, user.staffId, tekst));
  }

  @Get(':id/fortegnelse.pdf')
  async record(@Employee() user: StaffUser, @Param('id', Id) id: string, @Reply() reply: FastifyReply): Promise<void> {
    await this.papers.send(reply, await this.papers.record(user, id), 'pdf');
  }

  @Get(':id/fortegnelse.txt')
  async recordAsText(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.papers.send(reply, await this.papers.record(user, id), 'txt');
  }

  private act(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work: () => this.database.inAuthority(user.authorityId, work),
      then: `/arkiv/haendelser/${id}`,
      page: 'haendelse',
      refused: ({ code, message }) => this.pages.page(user, id, [{ field: code, message }]),
    });
  }
}

const NOT_RECALLED = 'En besked i Digital Post kan ikke kaldes tilbage. Skriv i stedet til den, der fik svaret.';
