import { createHash } from 'node:crypto';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Vault } from '../../platform/vault/vault';
import { LARGEST_RECORDING, type UploadedFile } from '../../redaction/recordings';

declare module 'fastify' {
  interface FastifyRequest {
    /** The file of a form that may bring one; absent when none was chosen. */
    upload?: UploadedFile;
  }
}

/** Only these forms bring a file. */
const BRINGS_A_FILE =
  /^\/sagsbehandling\/[0-9a-f-]{36}\/(?:optagelser\/[0-9a-f-]{36}|kilder\/[0-9a-f-]{36}\/filer|aktliste|fuldmagt)$/;
const HEAD_BYTES = 64 * 1024;
/** A little more than is allowed, so that a file that is too large is told so in words. */
const MOST_BYTES = LARGEST_RECORDING + 1_000_000;

/**
 * Takes the file of a form while it arrives: straight into the vault, never in the clear on disk. A file from anybody but
 * an employee, or to another address, is let run out.
 */
export async function takeUploads(app: NestFastifyApplication): Promise<void> {
  const vault = app.get(Vault);
  await app.register(
    multipart as never,
    {
      attachFieldsToBody: 'keyValues',
      throwFileSizeLimit: false,
      limits: { files: 1, fields: 20, fieldSize: 10_000, fileSize: MOST_BYTES, headerPairs: 50 },
      async onFile(this: FastifyRequest, part: MultipartFile) {
        const mayBring = this.visit?.user?.kind === 'staff' && BRINGS_A_FILE.test(this.url);
        if (!mayBring || part.filename === '') return void part.file.resume();
        const kept = await keep(vault, this.visit.authorityId, part.file);
        this.upload = kept && { ...kept, name: part.filename };
      },
    } as never,
  );
}

async function keep(
  vault: Vault,
  authorityId: string,
  content: AsyncIterable<Buffer>,
): Promise<UploadedFile | undefined> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      hash.update(chunk);
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
      yield chunk;
    }
  }
  const { address, size } = await vault.put(authorityId, watched());
  return size === 0 ? undefined : { address, size, sha256: hash.digest('hex'), head };
}
