import { createHash, randomBytes } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import type { EntityManager } from 'typeorm';
import { Decision } from '../../src/decisions/decision.entity';
import { manifestHash, type Manifest } from '../../src/decisions/manifest';
import { PackageFile, type PackageFileKind } from '../../src/decisions/package-file.entity';
import type { Delivery } from '../../src/delivery/delivery.entity';
import { Mandates, type ShownMandate } from '../../src/delivery/mandates';
import type { RegisterFact } from '../../src/delivery/person-facts';
import { People } from '../../src/identity/people';
import type { Staff } from '../../src/identity/staff.entity';
import { Vault } from '../../src/platform/vault/vault';
import { AccessRequest, type RequestScope } from '../../src/requests/request.entity';
import type { Carrier } from './carry-request';

export interface WishedFile {
  kind: PackageFileKind;
  name: string;
  /** Bytes; a small page when absent. */
  size?: number;
}

export interface Wishes {
  cpr: string;
  files?: WishedFile[];
  scope?: RequestScope;
}

const USUAL: WishedFile[] = [
  { kind: 'letter', name: 'afgoerelse.pdf' },
  { kind: 'aktliste', name: 'aktliste.pdf' },
  { kind: 'package', name: 'aktindsigt.pdf' },
];
const DAY = '2026-11-16';

/**
 * Requests whose answer is finished and waits for approval, made without the way to it: only its delivery is tested. It is
 * certified and journalised beforehand, so that neither is done again for each of many.
 */
export class ApprovableRequests {
  private count = 0;

  private constructor(
    private readonly carrier: Carrier,
    private readonly authorityId: string,
    private readonly reviewer: Staff,
    readonly approver: Staff,
  ) {}

  static async for(carrier: Carrier, authorityId: string): Promise<ApprovableRequests> {
    const reviewer = await carrier.staff('mette', ['sagsbehandler']);
    const approver = await carrier.staff('jens', ['godkender']);
    return new ApprovableRequests(carrier, authorityId, reviewer, approver);
  }

  /** The request's id. */
  async make(wishes: Wishes): Promise<string> {
    const files = await this.stored(wishes.files ?? USUAL);
    return this.carrier.within(async (entities) => {
      const request = await this.request(entities, wishes);
      const manifest: Manifest = {
        request: request.number,
        round: 1,
        files: files.map(({ name, sha256, size }) => ({ name, sha256, size: Number(size), pages: 1 })),
      };
      const decision = await entities.save(entities.create(Decision, this.decision(request.id, manifest)));
      await entities.insert(
        PackageFile,
        files.map((file, position) => ({ ...file, authorityId: this.authorityId, decisionId: decision.id, position })),
      );
      await this.certified(entities, decision);
      return request.id;
    });
  }

  /** "Godkend og send". */
  sign(id: string, personFacts: RegisterFact[] = []): Promise<Delivery> {
    return this.carrier.sign(id, this.approver, personFacts);
  }

  /** Another than the citizen receives; the paper for it was shown. */
  async receives(id: string, shown: Pick<ShownMandate, 'kind' | 'number'> & Partial<ShownMandate>): Promise<void> {
    const { app } = this.carrier;
    const paper = await pdf();
    const { address } = await app.get(Vault).put(this.authorityId, paper);
    const document = {
      address,
      sha256: createHash('sha256').update(paper).digest('hex'),
      head: paper.subarray(0, 100),
    };
    await this.carrier.within((entities) =>
      app
        .get(Mandates)
        .set(entities, id, this.approver.id, { name: 'Anden Modtager', validUntil: '', document, ...shown }),
    );
  }

  async signed(wishes: Wishes): Promise<{ id: string; delivery: Delivery }> {
    const id = await this.make(wishes);
    return { id, delivery: await this.sign(id) };
  }

  private async request(entities: EntityManager, { cpr, scope }: Wishes): Promise<AccessRequest> {
    this.count += 1;
    const person = await this.carrier.app.get(People).findOrAdd(entities, this.authorityId, cpr, 'Test Person');
    return entities.save(
      entities.create(AccessRequest, {
        authorityId: this.authorityId,
        number: `2026-${String(900_000 + this.count)}`,
        personRefId: person.id,
        state: 'ready' as const,
        basis: 'FVL_PART' as const,
        scope: scope ?? { kind: 'whole-file' as const },
        receivedAt: new Date(`${DAY}T08:00:00Z`),
        receivedOn: DAY,
        deadlineOn: '2099-12-31',
        section39On: '2099-12-31',
        gdprDeadlineOn: '2099-12-31',
        reviewRound: 1,
      }),
    );
  }

  private async certified(entities: EntityManager, { id, requestId }: Decision): Promise<void> {
    await entities.query(
      `insert into signing_key (authority_id, key_id, public_key, valid_from, valid_to)
       values ($1, 'test', decode(repeat('00', 32), 'hex'), now(), now()) on conflict do nothing`,
      [this.authorityId],
    );
    await entities.query(
      `insert into certificate (decision_id, authority_id, request_id, key_id, sha256, municipal_key, municipal_sha256, redactions, issued_at)
       values ($1, $2, $3, 'test', '', '', '', 0, now())`,
      [id, this.authorityId, requestId],
    );
    await entities.query(
      `insert into journal_entry (authority_id, request_id, decision_id, kind, key, state, due_at)
       values ($1, $2, $3::uuid, 'decision', $3::uuid::text, 'journalised', now())`,
      [this.authorityId, requestId, id],
    );
  }

  private decision(requestId: string, manifest: Manifest): Partial<Decision> {
    return {
      authorityId: this.authorityId,
      requestId,
      round: 1,
      state: 'assembled',
      outcome: 'full',
      facts: {
        documents: { full: 1, partial: 0, withheld: 0, outside: 0, duplicates: 0 },
        pages: 1,
        redactions: 0,
        verification: { verdict: 'pass', checks: 1, engines: ['test'] },
      },
      manifest,
      manifestSha256: manifestHash(manifest),
      reviewedBy: this.reviewer.id,
      reviewedAt: new Date(`${DAY}T09:00:00Z`),
      needsSecondPerson: false,
    };
  }

  private stored(files: WishedFile[]) {
    return Promise.all(
      files.map(async ({ kind, name, size }) => {
        const content = await pdf(size);
        const { address } = await this.carrier.app.get(Vault).put(this.authorityId, content);
        const sha256 = createHash('sha256').update(content).digest('hex');
        const mediaType = name.endsWith('.pdf') ? 'application/pdf' : 'text/html';
        return { kind, name, mediaType, vaultKey: address, sha256, size: String(content.length), pages: 1 };
      }),
    );
  }
}

/** A real page, filled up with noise behind its end where it must be large. */
async function pdf(size = 0): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage([200, 200]).drawText(randomBytes(4).toString('hex'));
  const page = Buffer.from(await document.save());
  return size > page.length ? Buffer.concat([page, randomBytes(size - page.length)]) : page;
}

/** A number that no person has, different for each place in a row: day 61 and more are replacement numbers. */
export function testCpr(index: number): string {
  const day = 61 + (index % 28);
  const month = 1 + (Math.floor(index / 28) % 12);
  const year = Math.floor(index / 336) % 100;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(day)}${two(month)}${two(year)}${String(1000 + (index % 9000))}`;
}
