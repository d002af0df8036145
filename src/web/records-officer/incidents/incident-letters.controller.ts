import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { CloseIncident } from '../../../delivery/incidents/close-incident';
import { IncidentLetter } from '../../../delivery/incidents/incident-letter.entity';
import { IncidentLetters, type Addressee } from '../../../delivery/incidents/incident-letters';
import type { StaffUser } from '../../../identity/sessions';
import { Database } from '../../../platform/database/database';
import { Vault } from '../../../platform/vault/vault';
import { Id } from '../../caseworker/id';
import { ForStaff } from '../../http/access';
import { shown } from '../../http/file-reply';
import { PageWriter } from '../../http/page-writer';
import { RefusedVisit } from '../../http/refused-visit';
import { Employee, Reply } from '../../http/visit';
import { AddresseeForm, HandOverForm, InformingForm, LetterForm } from './incident-forms';
import { IncidentLettersPages } from './incident-letters-page';

type Again = Parameters<IncidentLettersPages['page']>[2];

/** `/arkiv/haendelser/{id}/breve`: letters to those who got too much, and to those whom it is about. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/haendelser/:id/breve')
export class IncidentLettersController {
  constructor(
    private readonly pages: IncidentLettersPages,
    private readonly letters: IncidentLetters,
    private readonly closing: CloseIncident,
    private readonly vault: Vault,
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
    await this.writer.send(request, reply, 'haendelse-breve', await this.pages.page(user, id));
  }

  @Post()
  @ForStaff('arkivar')
  propose(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() form: AddresseeForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, { navn: form.navn }, (entities) =>
      this.letters.propose(entities, id, user.staffId, addresseeOf(form)),
    );
  }

  @Post('underretning')
  @ForStaff('arkivar')
  informing(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { svar, underretning }: InformingForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, { underretning }, (entities) =>
      this.closing.decideInforming(entities, id, user.staffId, svar === 'ja', underretning),
    );
  }

  @Post(':brev')
  @ForStaff('arkivar')
  async change(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('brev', Id) letterId: string,
    @Body() { tekst, handling }: LetterForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, async (entities) => {
          await this.requireOf(entities, id, letterId);
          if (handling === 'opgiv') return this.letters.drop(entities, letterId, user.staffId);
          await this.letters.edit(entities, letterId, user.staffId, tekst);
          if (handling === 'send') await this.letters.approve(entities, letterId, user.staffId);
        }),
      then: `/arkiv/haendelser/${id}/breve`,
      page: 'haendelse-breve',
      refused: ({ code, message }) =>
        this.pages.page(user, id, {}, [{ field: code, message }], { letterId, text: tekst }),
    });
  }

  @Post(':brev/udlevering')
  @ForStaff('arkivar')
  handOver(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('brev', Id) letterId: string,
    @Body() { udlevering }: HandOverForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, {}, async (entities) => {
      await this.requireOf(entities, id, letterId);
      await this.letters.handOver(entities, letterId, user.staffId, udlevering);
    });
  }

  @Get(':brev')
  async letter(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('brev', Id) letterId: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const letter = await this.database.inAuthority(user.authorityId, (entities) =>
      this.requireOf(entities, id, letterId),
    );
    if (!letter.letterSha256) throw new RefusedVisit('not-found');
    const content = await this.vault.read(user.authorityId, letter.letterKey, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'vault.read',
      subject: { kind: 'incident_letter', id: letterId },
      requestId: letter.requestId,
      reason: 'A letter about an incident is looked at or printed.',
    });
    await shown(reply, 'brev-om-fejl.pdf').type('application/pdf').send(content);
  }

  private async requireOf(entities: EntityManager, incidentId: string, id: string): Promise<IncidentLetter> {
    const letter = await entities.findOneBy(IncidentLetter, { id, incidentId });
    if (!letter) throw new RefusedVisit('not-found');
    return letter;
  }

  private act(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    again: Again,
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work: () => this.database.inAuthority(user.authorityId, work),
      then: `/arkiv/haendelser/${id}/breve`,
      page: 'haendelse-breve',
      refused: ({ code, message }) => this.pages.page(user, id, again, [{ field: code, message }]),
    });
  }
}

function addresseeOf({ leverance, person, cpr, navn }: AddresseeForm): Addressee {
  if (leverance) return { kind: 'recipient', deliveryId: leverance };
  return person ? { kind: 'concerned', person } : { kind: 'concerned', cpr, name: navn };
}
