import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import type { ByteSource } from '../contracts';
import type { PackageFile } from '../decisions/package-file.entity';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Vault } from '../platform/vault/vault';
import type { DeliveryMessage } from './delivery-message.entity';

/** Streams out of the vault that end with an error when the bytes are not those that were approved, or stored. */
@Injectable()
export class ApprovedContent {
  constructor(private readonly vault: Vault) {}

  /** A file of the package, exactly as it was signed. */
  ofFile(file: PackageFile, requestId: string): ByteSource {
    const act = {
      actor: THE_SYSTEM,
      action: 'vault.read',
      subject: { kind: 'package_file', id: file.id },
      requestId,
      reason: 'The signed package is put into the message.',
    };
    const read = () => this.vault.read(file.authorityId, file.vaultKey, act);
    const fault = `The file ${file.name} is not the one that was approved. Nothing was sent.`;
    return { size: Number(file.size), open: () => checked(read, file.sha256, fault) };
  }

  /** The stored bytes of a message. */
  ofMessage(message: DeliveryMessage, requestId: string, reason: string): ByteSource {
    const act = {
      actor: THE_SYSTEM,
      action: 'vault.read',
      subject: { kind: 'delivery', id: message.deliveryId },
      requestId,
      reason,
    };
    const read = () => this.vault.read(message.authorityId, message.contentKey as string, act);
    const fault = 'The stored message is not the one that was written. It was not sent to its end.';
    return { size: Number(message.contentSize), open: () => checked(read, message.contentSha256 as string, fault) };
  }
}

async function* checked(
  read: () => Promise<AsyncIterable<Buffer>>,
  sha256: string,
  fault: string,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  // The last piece is held back until the whole is known to be right: a receiver never gets all of something else.
  let held: Buffer | null = null;
  for await (const piece of await read()) {
    hash.update(piece);
    if (held) yield held;
    held = piece;
  }
  if (hash.digest('hex') !== sha256) throw new UnrecoverableError(fault);
  if (held) yield held;
}
