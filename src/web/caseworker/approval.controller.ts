import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { registerFacts } from '../../delivery/person-facts';
import { SignDecision } from '../../delivery/sign-decision';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { shown } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import type { FieldError } from '../views/page-shell';
import { ApprovalPages } from './approval-page';
import { Id } from './id';
import { RequestInHand } from './request-in-hand';

class SignForm {
  /** The hash that was shown. */
  @Matches(/^[0-9a-f]{64}$/)
  manifest!: string;

  /** The mandate by which another was shown as recipient; empty: the citizen was. */
  @Matches(/^([0-9a-f-]{36})?$/)
  modtager = '';

  /** What CPR was shown to say, as the names of the facts with commas between. */
  @Matches(/^[A-Za-z0-9,-]{0,4000}$/)
  cpr = '';

  @IsOptional()
  @IsString()
  @MaxLength(10)
  bekraeft?: string;
}

/** "Godkend og send". */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/godkend')
export class ApprovalController {
  constructor(
    private readonly pages: ApprovalPages,
    private readonly writer: PageWriter,
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly signDecision: SignDecision,
    private readonly vault: Vault,
  ) {}

  @Get()
  page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.show(user, id, request, reply);
  }

  @Get('filer/:fid')
  async file(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fid', Id) fileId: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.fileOf(user, id, fileId);
    const content = await this.vault.read(user.authorityId, file.vaultKey, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'vault.read',
      subject: { kind: 'package_file', id: file.id },
      requestId: id,
      reason: 'The finished package is looked at before or after approval.',
    });
    await shown(reply, file.name).type(file.mediaType).header('content-length', file.size).send(content);
  }

  @Post()
  async sign(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() form: SignForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    if (form.bekraeft !== 'ja')
      return this.show(user, id, request, reply, {
        field: 'bekraeft',
        message: 'Sæt kryds i, at du har set pakken, før du godkender den.',
      });
    try {
      await this.database.inAuthority(user.authorityId, async (entities) => {
        await this.inHand.of(entities, id);
        const shown = {
          manifestSha256: form.manifest,
          mandateId: form.modtager || null,
          personFacts: registerFacts(form.cpr.split(',')),
        };
        await this.signDecision.sign(entities, id, user.staffId, shown);
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.show(user, id, request, reply, { field: 'bekraeft', message: error.message });
    }
    await reply.redirect(`/sagsbehandling/${id}/godkend`, 303);
  }

  private async show(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    error?: FieldError,
  ): Promise<void> {
    const view = await this.pages.view(user, id, error ? [error] : []);
    if (!view) return void (await reply.redirect(`/sagsbehandling/${id}/afgoerelse`, 303));
    await this.writer.send(request, reply, 'godkend', view, { status: error ? 422 : 200 });
  }

  private fileOf(user: StaffUser, id: string, fileId: string): Promise<PackageFile> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      await this.inHand.of(entities, id);
      const file = await entities.findOneBy(PackageFile, { id: fileId });
      const decision = file ? await entities.findOneBy(Decision, { id: file.decisionId, requestId: id }) : null;
      if (!file || !decision) throw new RefusedVisit('not-found');
      return file;
    });
  }
}
