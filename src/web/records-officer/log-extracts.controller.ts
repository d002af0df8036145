import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LogExtracts } from '../../delivery/log-extract/log-extracts';
import type { StaffUser } from '../../identity/sessions';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { attached } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import { CitizenSearchForm, DaysQuery } from './archive-queries';
import { LogExtractPages } from './log-extract-pages';

class ExtractAddress {
  @IsUUID()
  id!: string;
}

class DecisionForm {
  @IsIn(['giv', 'afslaa'])
  svar!: 'giv' | 'afslaa';

  @IsOptional()
  @Transform(({ value }) => (Array.isArray(value) ? value : [value]) as unknown)
  @IsArray()
  @Matches(/^\d{1,18}$/, { each: true })
  udelad?: string[];

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  begrundelse?: string;
}

const TEN_DIGITS = /^\d{6}-?\d{4}$/;

/** `/arkiv/logudtraek`: prepared here, decided by an employee, never self-service. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/logudtraek')
export class LogExtractsController {
  constructor(
    private readonly pages: LogExtractPages,
    private readonly extracts: LogExtracts,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async list(@Employee() user: StaffUser, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    await this.writer.send(request, reply, 'logudtraek', await this.pages.list(user));
  }

  @Post()
  @ForStaff('arkivar')
  async prepare(
    @Employee() user: StaffUser,
    @Body() { cpr = '' }: CitizenSearchForm,
    @Body() { fra, til }: DaysQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    try {
      const number = cpr.replace(/\s/g, '');
      if (!TEN_DIGITS.test(number)) throw new Refusal('cpr', 'Skriv hele personnummeret, ti cifre.');
      const id = await this.extracts.prepare(user.authorityId, user.staffId, number, fra, til);
      await reply.redirect(`/arkiv/logudtraek/${id}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const field = error.code === 'period' ? 'fra' : 'cpr';
      const view = await this.pages.list(user, { fra, til }, [{ field, message: error.message }]);
      await this.writer.send(request, reply, 'logudtraek', view, { status: 422 });
    }
  }

  @Get(':id')
  async page(
    @Employee() user: StaffUser,
    @Param() { id }: ExtractAddress,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'logudtraek-et', await found(this.pages.page(user, id)));
  }

  @Post(':id')
  @ForStaff('arkivar')
  async decide(
    @Employee() user: StaffUser,
    @Param() { id }: ExtractAddress,
    @Body() { svar, udelad: leftOut = [], begrundelse: reason = '' }: DecisionForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const state = svar === 'giv' ? 'given' : 'refused';
    await this.writer.answerForm(request, reply, {
      work: () => this.extracts.decide(user.authorityId, user.staffId, id, { state, leftOut, reason }),
      then: `/arkiv/logudtraek/${id}`,
      page: 'logudtraek-et',
      refused: ({ message }) =>
        found(this.pages.page(user, id, { leftOut, reason }, [{ field: 'begrundelse', message }])),
    });
  }

  @Get(':id/udtraek.csv')
  async csv(@Employee() user: StaffUser, @Param() { id }: ExtractAddress, @Reply() reply: FastifyReply): Promise<void> {
    const csv = await found(this.pages.csv(user, id));
    await attached(reply, 'logudtraek.csv').type('text/csv; charset=utf-8').send(csv);
  }

  @Get(':id/udtraek.pdf')
  async pdf(@Employee() user: StaffUser, @Param() { id }: ExtractAddress, @Reply() reply: FastifyReply): Promise<void> {
    const pdf = await found(this.pages.pdf(user, id));
    await attached(reply, 'logudtraek.pdf').type('application/pdf').send(Buffer.from(pdf));
  }
}

async function found<View>(view: Promise<View>): Promise<View> {
  return view.catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'no-such-extract') throw new RefusedVisit('not-found');
    throw error;
  });
}
