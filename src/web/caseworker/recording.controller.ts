import { readingOf } from '../../gathering/file-reading';
import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { Recordings, type RecordingChoice, type UploadedFile } from '../../redaction/recordings';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { shown } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import { Id } from './id';
import { recordingAddress, RecordingPages } from './recording-page';

class ChoiceForm {
  @IsOptional()
  @IsIn(['invitation', 'udskrift', 'redigeret'])
  udlevering?: 'invitation' | 'udskrift' | 'redigeret';

  @IsOptional()
  @IsString()
  @MaxLength(40)
  hjemmel?: string;

  @IsOptional()
  @IsIn(['ja'])
  afspillet?: 'ja';
}

class AttestForm {
  @IsOptional()
  @IsIn(['ja'])
  afspillet?: 'ja';
}

const FIELDS: Record<string, string> = {
  'recording-not-played': 'afspillet',
  'second-person-needed': 'afspillet',
  'outcome-missing': 'udlevering',
  'transcript-in-place': 'udlevering',
};

/** `/sagsbehandling/{id}/optagelser/{fil}`: a sound or a film, played and decided on. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/optagelser/:fil')
export class RecordingController {
  constructor(
    private readonly pages: RecordingPages,
    private readonly recordings: Recordings,
    private readonly writer: PageWriter,
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  @Get()
  async page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) file: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'optagelse', await this.pages.view(user, id, file));
  }

  @Get('original')
  original(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) file: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.play(user, id, file, reply, ({ originalKey, mediaType, extension }) => ({
      key: originalKey,
      mediaType,
      extension,
    }));
  }

  @Get('redigeret')
  edited(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) file: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.play(user, id, file, reply, ({ givenKey, givenMediaType, givenExtension }) =>
      givenKey && givenMediaType && givenExtension
        ? { key: givenKey, mediaType: givenMediaType, extension: givenExtension }
        : null,
    );
  }

  @Post()
  choose(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) file: string,
    @Body() form: ChoiceForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, file, request, reply, async () => {
      const choice = choiceOf(form, request.upload);
      await this.database.inAuthority(user.authorityId, (entities) =>
        this.recordings.choose(entities, id, file, user.staffId, form.afspillet === 'ja', choice),
      );
    });
  }

  @Post('afspillet')
  attest(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fil', Id) file: string,
    @Body() form: AttestForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, file, request, reply, () =>
      this.database.inAuthority(user.authorityId, (entities) =>
        this.recordings.attest(entities, id, file, user.staffId, form.afspillet === 'ja'),
      ),
    );
  }

  private async act(
    user: StaffUser,
    id: string,
    file: string,
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<void>,
  ): Promise<void> {
    await this.database.inAuthority(user.authorityId, (entities) => this.pages.found(entities, id, file));
    await this.writer.answerForm(request, reply, {
      work,
      then: recordingAddress(id, file),
      page: 'optagelse',
      refused: ({ code, message }) => this.pages.view(user, id, file, [{ field: FIELDS[code] ?? 'fil', message }]),
    });
  }

  private async play(
    user: StaffUser,
    id: string,
    fileId: string,
    reply: FastifyReply,
    which: (
      recording: Awaited<ReturnType<RecordingPages['found']>>['recording'],
    ) => { key: string; mediaType: string; extension: string } | null,
  ): Promise<void> {
    const { recording } = await this.database.inAuthority(user.authorityId, (entities) =>
      this.pages.found(entities, id, fileId),
    );
    const wanted = which(recording);
    if (!wanted) throw new RefusedVisit('not-found');
    const content = await this.vault.read(
      user.authorityId,
      wanted.key,
      readingOf({ id: fileId, requestId: id }, 'A recording is played before it is decided how it leaves.', {
        kind: 'staff',
        id: user.staffId,
      }),
    );
    await shown(reply, `optagelse.${wanted.extension}`).type(wanted.mediaType).send(content);
  }
}

function choiceOf({ udlevering, hjemmel }: ChoiceForm, upload: UploadedFile | undefined): RecordingChoice {
  if (udlevering === undefined) throw new Refusal('outcome-missing', 'Vælg, hvad borgeren får.');
  if (udlevering === 'invitation') return { outcome: 'invitation' };
  if (!upload) throw new Refusal('file-missing', 'Vælg filen med udskriften eller den redigerede optagelse.');
  return udlevering === 'udskrift'
    ? { outcome: 'transcript', upload }
    : { outcome: 'edited', upload, groundId: hjemmel || null };
}
