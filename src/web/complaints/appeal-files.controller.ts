import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RECIPIENT_KINDS, type RecipientKind } from '../../delivery/appeal-file/appeal-file.entity';
import { AppealFiles } from '../../delivery/appeal-file/appeal-files';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Refusal } from '../../requests/refusal';
import { Id } from '../caseworker/id';
import { RequestInHand } from '../caseworker/request-in-hand';
import { ForStaff } from '../http/access';
import { attached } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { AppealFilePages } from './appeal-file-pages';

const emptyIsAbsent = ({ value }: { value: unknown }): unknown => (value === '' ? undefined : value);

class OrderQuery {
  @IsOptional()
  @IsUUID()
  klage?: string;
}

class OrderForm {
  @IsIn(RECIPIENT_KINDS)
  modtager!: RecipientKind;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  navn?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  sagsnummer?: string;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  frist?: string;

  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  udtalelse?: string;

  @Transform(emptyIsAbsent)
  @IsOptional()
  @IsUUID()
  klage?: string;

  @IsOptional()
  @IsIn(['alt', 'valgte'])
  omfang?: 'alt' | 'valgte';

  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value : [value]) as unknown)
  @IsArray()
  @IsUUID('all', { each: true })
  steder?: string[];
}

class DownloadForm {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  begrundelse?: string;

  @IsOptional()
  @IsString()
  bekraeft?: string;
}

const FIELDS: Record<string, string> = {
  'recipient-missing': 'navn',
  'due-wrong': 'frist',
  'nothing-chosen': 'steder',
  'reason-missing': 'begrundelse',
  'not-confirmed': 'bekraeft',
};

/** `/sagsbehandling/{id}/klagesag`: the file for an appeal body is ordered, looked for and fetched here, and nowhere else. */
@ForStaff('sagsbehandler', 'godkender', 'arkivar', 'dpo')
@Controller('sagsbehandling/:id/klagesag')
export class AppealFilesController {
  constructor(
    private readonly pages: AppealFilePages,
    private readonly files: AppealFiles,
    private readonly inHand: RequestInHand,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  async form(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Query() { klage }: OrderQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'klagesag', await this.pages.order(user, id, klage ? { klage } : {}));
  }

  @Post()
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  async order(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() form: OrderForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const opened = form.omfang === 'valgte' ? (form.steder ?? []) : [];
    try {
      if (form.omfang === 'valgte' && opened.length === 0)
        throw new Refusal('nothing-chosen', 'Vælg de steder, der skal åbnes, eller vælg hele sagen.');
      const file = await this.database.inAuthority(user.authorityId, async (entities) => {
        await this.inHand.of(entities, id);
        return this.files.order(entities, id, user.staffId, {
          ...{ complaintId: form.klage ?? null, recipientKind: form.modtager, recipient: form.navn ?? '' },
          ...{ reference: form.sagsnummer ?? '', dueOn: form.frist ?? '', statement: form.udtalelse ?? '', opened },
        });
      });
      await reply.redirect(`/sagsbehandling/${id}/klagesag/${file.id}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const errors = [{ field: FIELDS[error.code] ?? 'navn', message: error.message }];
      await this.writer.send(request, reply, 'klagesag', await this.pages.order(user, id, form, errors), {
        status: 422,
      });
    }
  }

  @Get(':fil')
  async file(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) fileId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'klagesag-fil', await this.pages.file(user, id, fileId));
  }

  /** A form, so that a link that somebody follows by chance fetches nothing. */
  @Post(':fil/hent')
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  async download(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) fileId: string,
    @Body() { begrundelse = '', bekraeft }: DownloadForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const given = { reason: begrundelse, isConfirmed: bekraeft === 'ja' };
    try {
      const { file, content } = await this.files.download(user.authorityId, id, fileId, user.staffId, given);
      await attached(reply, 'FORTROLIGT-sag-til-klageinstans.pdf')
        .type('application/pdf')
        .header('content-length', file.size as string)
        .send(content);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const errors = [{ field: FIELDS[error.code] ?? 'begrundelse', message: error.message }];
      const view = await this.pages.file(user, id, fileId, { begrundelse }, errors);
      await this.writer.send(request, reply, 'klagesag-fil', view, { status: 422 });
    }
  }

  @Post(':fil/igen')
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  retry(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) fileId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, (entities) => this.files.retry(entities, fileId, user.staffId)),
      then: `/sagsbehandling/${id}/klagesag/${fileId}`,
      page: 'klagesag-fil',
      refused: ({ message }) => this.pages.file(user, id, fileId, undefined, [{ field: 'igen', message }]),
    });
  }
}
