import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { manifestHash } from '../../decisions/manifest';
import { readMemo } from '../../digital-post';
import { People } from '../../identity/people';
import type { Actor } from '../../platform/audit-log/audit-log';
import { Vault } from '../../platform/vault/vault';
import type { DeliveryMessage } from '../delivery-message.entity';
import type { AuditedDelivery } from './audited-delivery';
import type { Evidence } from './points';

const REASON = 'A sample audit compares what was sent with what was approved.';

const DELETED = {
  verdict: 'unknown' as const,
  lines: ['Arbejdskopierne er slettet, da deres tid var gået. Sammenlign med journalens eksemplar.'],
};

/** Points 6 and 7: the stored bytes themselves are read again and compared with what the approver signed. */
@Injectable()
export class CheckOutput {
  constructor(
    private readonly vault: Vault,
    private readonly people: People,
  ) {}

  async content(audited: AuditedDelivery, actor: Actor): Promise<Evidence> {
    const { decision, files, messages, delivery } = audited;
    const { manifest, manifestSha256, facts } = decision;
    const href = `/arkiv/leverancer/${delivery.id}#kontrol`;
    if (!manifest || !facts) return { verdict: 'wrong', lines: ['Afgørelsen har intet manifest.'], href };
    if (files.some(({ vaultKey }) => vaultKey === null)) return { ...DELETED, href };
    const faults: string[] = [];
    if (facts.verification.verdict !== 'pass') faults.push('Svaret bestod ikke kontrollen.');
    if (manifestHash(manifest) !== manifestSha256) faults.push('Manifestet er ikke det, der blev godkendt.');
    for (const { name, sha256 } of manifest.files) {
      const file = files.find((each) => each.name === name);
      const found = file
        ? await this.hashOf(audited, file.vaultKey as string, { kind: 'package_file', id: file.id }, actor)
        : '';
      if (found !== sha256) faults.push(`${name} er ikke den fil, der blev godkendt.`);
    }
    for (const { contentKey, contentSha256 } of messages) {
      if (!contentKey) continue;
      const found = await this.hashOf(audited, contentKey, { kind: 'delivery', id: delivery.id }, actor);
      if (found !== contentSha256) faults.push('En gemt meddelelse er ikke den, der blev lagt frem til afsendelse.');
    }
    if (faults.length > 0) return { verdict: 'wrong', lines: faults, href };
    const stored = messages.filter(({ contentKey }) => contentKey !== null).length;
    return {
      verdict: 'right',
      lines: [
        `Bestod ${facts.verification.checks} prøver. ${manifest.files.length} filer og ${stored} ${stored === 1 ? 'meddelelse' : 'meddelelser'} er læst igen, og aftrykkene passer.`,
        `Manifestets SHA-256 begynder ${(manifestSha256 ?? '').slice(0, 12)}.`,
      ],
      href,
    };
  }

  async recipient(audited: AuditedDelivery, actor: Actor): Promise<Evidence> {
    const { delivery, messages, person } = audited;
    const href = `/arkiv/leverancer/${delivery.id}`;
    if (delivery.channel === 'manual')
      return { verdict: 'unknown', lines: ['Udleveret på anden måde. Læs medarbejderens erklæring.'], href };
    const sent = messages.filter(({ contentKey }) => contentKey !== null);
    if (sent.length === 0)
      return { verdict: 'unknown', lines: ['Ingen meddelelse er lagt frem til afsendelse.'], href };
    if (sent.some(({ channel }) => channel === 'letter'))
      return { verdict: 'unknown', lines: ['Sendt som brev. Se efter, om navn og adresse er borgerens.'], href };
    const cpr = await this.people.cprOf(person);
    for (const message of sent) {
      const { idType, id } = await this.recipientOf(audited, message, actor);
      if (idType !== 'CPR')
        return { verdict: 'doubt', lines: ['Modtageren er ikke en borger. Se efter, om der er en fuldmagt.'], href };
      if (id !== cpr)
        return {
          verdict: 'wrong',
          lines: ['Meddelelsen er stilet til en anden end den, der bad om aktindsigt.'],
          href,
        };
    }
    return { verdict: 'right', lines: ['Meddelelsen er stilet til den, der bad om aktindsigt.'], href };
  }

  private async recipientOf(audited: AuditedDelivery, message: DeliveryMessage, actor: Actor) {
    const bytes = await this.vault.read(audited.delivery.authorityId, message.contentKey as string, {
      actor,
      action: 'vault.read',
      subject: { kind: 'delivery', id: audited.delivery.id },
      requestId: audited.request.id,
      reason: REASON,
    });
    return (await readMemo(bytes)).recipient;
  }

  private async hashOf(
    { delivery, request }: AuditedDelivery,
    address: string,
    subject: { kind: string; id: string },
    actor: Actor,
  ): Promise<string> {
    const hash = createHash('sha256');
    const act = { actor, action: 'vault.read', subject, requestId: request.id, reason: REASON };
    for await (const chunk of await this.vault.read(delivery.authorityId, address, act)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }
}
