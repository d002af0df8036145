import { createHmac, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditLog, type AuditedAct } from '../audit-log/audit-log';
import { Database } from '../database/database';
import { KeyRing } from '../keys/authority-keys';
import { sealBytes, unsealBytes } from '../keys/sealed-bytes';
import { Settings } from '../settings';
import { ContentDeleted } from './content-deleted';
import { openSegment, sealSegment, SEGMENT_BYTES, segmentsOf, TAG_BYTES } from './segmented-cipher';
import { VaultObject } from './vault-object.entity';

export interface StoredObject {
  /** HMAC of the plain bytes under the authority's key: the same bytes have the same address, for this authority only. */
  address: string;
  size: number;
}

const NOTHING_THERE = 'The vault holds nothing at the address that was asked for.';

/** The one door to unredacted content. Everything is encrypted at rest; every read says who, whose and why. */
@Injectable()
export class Vault {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly audit: AuditLog,
    private readonly settings: Settings,
  ) {}

  /** Stores bytes and counts one reference. Storing the same bytes again gives the same address. */
  async put(
    authorityId: string,
    content: Buffer | Uint8Array | AsyncIterable<Buffer | Uint8Array>,
  ): Promise<StoredObject> {
    const keys = await this.keyRing.of(authorityId);
    const fileKey = randomBytes(32);
    const incoming = join(this.folder(authorityId), 'incoming', randomBytes(16).toString('hex'));
    await mkdir(dirname(incoming), { recursive: true, mode: 0o700 });
    try {
      const { address, size } = await writeSealed(incoming, content, fileKey, keys.vaultAddressKey);
      await this.keep(authorityId, address, size, incoming, sealBytes(keys.vaultWrapKey, fileKey, address));
      return { address, size };
    } finally {
      await rm(incoming, { force: true });
    }
  }

  /**
   * Only verified bytes come out. The read is in the audit log before the first byte.
   * @param address null where the content was deleted when its time was out
   * @throws ContentDeleted for such a one
   */
  async read(authorityId: string, address: string | null, act: AuditedAct): Promise<Readable> {
    if (address === null) throw new ContentDeleted();
    const object = await this.database.inAuthority(authorityId, async (entities) => {
      await this.audit.write(entities, authorityId, act);
      return entities.findOneBy(VaultObject, { authorityId, address });
    });
    if (!object) throw new Error(NOTHING_THERE);
    const keys = await this.keyRing.of(authorityId);
    const fileKey = unsealBytes(keys.vaultWrapKey, object.wrappedKey, address);
    return Readable.from(openSealed(this.path(authorityId, address), fileKey));
  }

  async readBytes(authorityId: string, address: string | null, act: AuditedAct): Promise<Buffer> {
    return bytesOf(await this.read(authorityId, address, act));
  }

  /**
   * Several objects in one transaction, an entry in the audit log for each; for many small reads, since all lie in memory
   * at once. The contents come in the order of the reads.
   */
  async readJsonOfEach<T>(authorityId: string, reads: { address: string; act: AuditedAct }[]): Promise<T[]> {
    const objects = await this.database.inAuthority(authorityId, async (entities) => {
      await this.audit.writeEach(
        entities,
        authorityId,
        reads.map(({ act }) => act),
      );
      return entities.findBy(VaultObject, { authorityId, address: In(reads.map(({ address }) => address)) });
    });
    const wrapped = new Map(objects.map(({ address, wrappedKey }) => [address, wrappedKey]));
    const keys = await this.keyRing.of(authorityId);
    return Promise.all(
      reads.map(async ({ address }) => {
        const wrappedKey = wrapped.get(address);
        if (!wrappedKey) throw new Error(NOTHING_THERE);
        const fileKey = unsealBytes(keys.vaultWrapKey, wrappedKey, address);
        return JSON.parse((await bytesOf(openSealed(this.path(authorityId, address), fileKey))).toString('utf8')) as T;
      }),
    );
  }

  async readJson<T>(authorityId: string, address: string | null, act: AuditedAct): Promise<T> {
    return JSON.parse((await this.readBytes(authorityId, address, act)).toString('utf8')) as T;
  }

  putJson(authorityId: string, value: unknown): Promise<StoredObject> {
    return this.put(authorityId, Buffer.from(JSON.stringify(value), 'utf8'));
  }

  /** The file lies in its place before the row says so: a crash between leaves a file that nothing points at, never the reverse. */
  private async keep(
    authorityId: string,
    address: string,
    size: number,
    incoming: string,
    wrappedKey: Buffer,
  ): Promise<void> {
    await this.database.inAuthority(authorityId, async (entities) => {
      const rows: { refs: number }[] = await entities.query(
        `insert into vault_object (authority_id, address, size, wrapped_key, refs) values ($1, $2, $3, $4, 1)
         on conflict (authority_id, address) do update set refs = vault_object.refs + 1 returning refs`,
        [authorityId, address, size, wrappedKey],
      );
      if (rows[0].refs > 1) return;
      const path = this.path(authorityId, address);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(incoming, path);
    });
  }

  private folder(authorityId: string): string {
    return join(this.settings.VAULT_FOLDER, authorityId);
  }

  private path(authorityId: string, address: string): string {
    return join(this.folder(authorityId), address.slice(0, 2), address);
  }
}

async function bytesOf(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function writeSealed(
  path: string,
  content: Buffer | Uint8Array | AsyncIterable<Buffer | Uint8Array>,
  fileKey: Buffer,
  addressKey: Buffer,
) {
  const hmac = createHmac('sha256', addressKey);
  const handle = await open(path, 'wx', 0o600);
  let size = 0;
  try {
    const stream = content instanceof Uint8Array ? Readable.from([content]) : content;
    for await (const { bytes, index, isLast } of segmentsOf(stream, SEGMENT_BYTES)) {
      hmac.update(bytes);
      size += bytes.length;
      await writeAll(handle, sealSegment(fileKey, bytes, index, isLast));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { address: hmac.digest('hex'), size };
}

/** On a disk that is nearly full the system writes a part and calls it a success; only the next try says that it is full. */
async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;)
    written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
}

async function* openSealed(path: string, fileKey: Buffer): AsyncGenerator<Buffer> {
  const sealed = createReadStream(path, { highWaterMark: SEGMENT_BYTES });
  for await (const { bytes, index, isLast } of segmentsOf(sealed, SEGMENT_BYTES + TAG_BYTES)) {
    yield openSegment(fileKey, bytes, index, isLast);
  }
}
