import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AUDIT_POINTS, type OfficerVerdict } from '../../delivery/sample-audit/points';
import { SampleAudits } from '../../delivery/sample-audit/sample-audits';
import type { StaffUser } from '../../identity/sessions';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { attached } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import type { SamplePointView } from '../views/stikproever';
import { refusedForm, SampleAuditPages } from './sample-audit-pages';
import { sampleReportCsv } from './sample-report';
import { sampleReportPdf } from './sample-report-pdf';

class AuditAddress {
  @IsUUID()
  id!: string;
}

class ItemAddress extends AuditAddress {
  @IsUUID()
  item!: string;
}

class DrawForm {
  @IsOptional()
  @IsString()
  @MaxLength(10)
  fra?: string;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  til?: string;

  @IsOptional()
  @IsString()
  @MaxLength(6)
  antal?: string;
}

class CloseForm {
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  konklusion?: string;
}

class FollowUpForm {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(AUDIT_POINTS.length)
  punkt!: number;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  opfoelgning?: string;
}

const VERDICTS: readonly string[] = ['right', 'wrong', 'not_relevant'] satisfies OfficerVerdict[];
const LONGEST_NOTE = 4000;

/** `/arkiv/stikproever`: draw, eleven points, findings, report. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/stikproever')
export class SampleAuditsController {
  constructor(
    private readonly pages: SampleAuditPages,
    private readonly audits: SampleAudits,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async list(@Employee() user: StaffUser, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    await this.writer.send(request, reply, 'stikproever', await this.pages.list(user));
  }

  @Post()
  @ForStaff('arkivar')
  async draw(
    @Employee() user: StaffUser,
    @Body() { fra = '', til = '', antal = '' }: DrawForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    try {
      const wish = { from: fra, to: til, wanted: Number(antal) };
      const id = await this.audits.draw(user.authorityId, user.staffId, wish);
      await reply.redirect(`/arkiv/stikproever/${id}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const field = error.code === 'sample-size' ? 'antal' : 'fra';
      const view = await this.pages.list(user, { fra, til, antal }, [{ field, message: error.message }]);
      await this.writer.send(request, reply, 'stikproever', view, { status: 422 });
    }
  }

  @Get(':id')
  async page(
    @Employee() user: StaffUser,
    @Param() { id }: AuditAddress,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'stikproeve', await this.pages.page(user, id));
  }

  @Get(':id/rapport.csv')
  async report(
    @Employee() user: StaffUser,
    @Param() { id }: AuditAddress,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const csv = sampleReportCsv(await this.pages.load(user, id));
    await attached(reply, `stikproeve-${id.slice(0, 8)}.csv`)
      .type('text/csv; charset=utf-8')
      .send(csv);
  }

  @Get(':id/rapport.pdf')
  async reportToRead(
    @Employee() user: StaffUser,
    @Param() { id }: AuditAddress,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const pdf = await sampleReportPdf(await this.pages.load(user, id));
    await attached(reply, `stikproeve-${id.slice(0, 8)}.pdf`)
      .type('application/pdf')
      .send(Buffer.from(pdf));
  }

  @Post(':id/afslut')
  @ForStaff('arkivar')
  async close(
    @Employee() user: StaffUser,
    @Param() { id }: AuditAddress,
    @Body() { konklusion = '' }: CloseForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.answerForm(request, reply, {
      work: () => this.audits.close(user.authorityId, user.staffId, id, konklusion),
      then: `/arkiv/stikproever/${id}`,
      page: 'stikproeve',
      refused: ({ code, message }) => {
        if (code === 'no-such-audit') throw new RefusedVisit('not-found');
        return this.pages.page(user, id, [{ field: 'konklusion', message }], konklusion);
      },
    });
  }

  @Get(':id/leverance/:item')
  async item(
    @Employee() user: StaffUser,
    @Param() { id, item }: ItemAddress,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'stikproeve-leverance', await this.pages.item(user, id, item));
  }

  @Post(':id/leverance/:item')
  @ForStaff('arkivar')
  async answer(
    @Employee() user: StaffUser,
    @Param() { id, item }: ItemAddress,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const answers = answersOf(request.body);
    const { items } = await this.pages.load(user, id);
    const drawn = items.find((each) => each.id === item);
    if (!drawn) throw new RefusedVisit('not-found');
    try {
      const given = [...answers].flatMap(([point, { answer, note }]) =>
        answer ? [{ point, verdict: answer, note }] : [],
      );
      const found = await this.pages.evidence(user, drawn);
      await this.audits.answer(user.authorityId, user.staffId, item, { given, found });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const field = error.reasons[0] ? `note-${error.reasons[0]}` : 'punkter';
      const asked = refusedForm(answers, [{ field, message: error.message }]);
      const view = await this.pages.item(user, id, item, asked);
      return this.writer.send(request, reply, 'stikproeve-leverance', view, { status: 422 });
    }
    const next = items.find(({ position }) => position === drawn.position + 1);
    const isWhole = [...answers.values()].every(({ answer }) => answer !== '');
    const address = isWhole && next ? `/leverance/${next.id}` : isWhole ? '' : `/leverance/${item}`;
    await reply.redirect(`/arkiv/stikproever/${id}${address}`, 303);
  }

  @Post(':id/leverance/:item/opfoelgning')
  @ForStaff('arkivar')
  async followUp(
    @Employee() user: StaffUser,
    @Param() { id, item }: ItemAddress,
    @Body() { punkt, opfoelgning = '' }: FollowUpForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.answerForm(request, reply, {
      work: () => this.audits.followUp(user.authorityId, user.staffId, item, punkt, opfoelgning),
      then: `/arkiv/stikproever/${id}`,
      page: 'stikproeve',
      refused: ({ message }) => this.pages.page(user, id, [{ field: `opfoelgning-${item}-${punkt}`, message }]),
    });
  }
}

/** `svar-3`, `note-3`: eleven of each, and nothing else is read. */
function answersOf(body: unknown): Map<number, Pick<SamplePointView, 'answer' | 'note'>> {
  const fields = (body ?? {}) as Record<string, unknown>;
  const textOf = (name: string): string =>
    typeof fields[name] === 'string' ? fields[name].slice(0, LONGEST_NOTE) : '';
  return new Map(
    AUDIT_POINTS.map(({ number }) => {
      const said = textOf(`svar-${number}`);
      return [
        number,
        { answer: VERDICTS.includes(said) ? (said as OfficerVerdict) : '', note: textOf(`note-${number}`) },
      ];
    }),
  );
}
