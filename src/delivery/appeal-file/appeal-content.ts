import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Certificate } from '../../decisions/certificate/certificate.entity';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { DocumentRow } from '../../gathering/document.entity';
import { FileRow } from '../../gathering/file.entity';
import { Recording } from '../../gathering/recording.entity';
import { People } from '../../identity/people';
import { PersonRef } from '../../identity/person-ref.entity';
import { Staff } from '../../identity/staff.entity';
import { groundById, longCitation, shortLabel } from '../../law';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Redaction } from '../../redaction/redaction.entity';
import { AccessRequest } from '../../requests/request.entity';
import { Complaint } from '../complaints/complaint.entity';
import { LateNotice } from '../late-notice/late-notice.entity';
import type { AppealFile } from './appeal-file.entity';

/** A place that the citizen did not get, numbered through the whole file. */
export interface NumberedPlace {
  number: number;
  /** The id that the certificate knows it by. */
  id: string;
  /** "§ 15 b, nr. 5". */
  label: string;
  /** "forvaltningslovens § 15 b, nr. 5". */
  citation: string;
  redaction: Redaction | null;
}

export interface AppealDocument {
  row: DocumentRow;
  /** As the source has it: nothing is taken out of it. */
  title: string;
  files: { file: FileRow; places: NumberedPlace[]; recording: Recording | null }[];
  /** Set when the whole document was withheld. */
  whole: NumberedPlace | null;
}

/** What the file is put together from. */
export interface AppealContent {
  appeal: AppealFile;
  authority: Authority;
  request: AccessRequest;
  requesterName: string;
  decision: Decision;
  signer: string;
  orderedBy: string;
  complaint: Complaint | null;
  packageFiles: PackageFile[];
  lateNotices: LateNotice[];
  certificate: Certificate | null;
  documents: AppealDocument[];
}

const DECIDED_ON = ['full', 'partial', 'withheld'];

/** Reads what an appeal file is made of. Cases whose existence is protected are not in it: a jurist decides on them alone. */
@Injectable()
export class AppealContents {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly people: People,
  ) {}

  of(appeal: AppealFile): Promise<AppealContent> {
    const { authorityId, requestId, decisionId, complaintId } = appeal;
    return this.database.inAuthority(authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
      const decision = await entities.findOneByOrFail(Decision, { id: decisionId });
      const person = await entities.findOneByOrFail(PersonRef, { id: request.personRefId });
      const staff = new Map((await entities.find(Staff)).map(({ id, name }) => [id, name]));
      return {
        ...{ appeal, request, decision, requesterName: await this.people.nameOf(person) },
        authority: await entities.findOneByOrFail(Authority, { id: authorityId }),
        signer: staff.get(decision.signedBy ?? '') ?? 'en medarbejder',
        orderedBy: staff.get(appeal.orderedBy) ?? 'en medarbejder',
        complaint: complaintId ? await entities.findOneBy(Complaint, { id: complaintId }) : null,
        packageFiles: await entities.find(PackageFile, { where: { decisionId }, order: { position: 'ASC' } }),
        lateNotices: await entities.find(LateNotice, { where: { requestId }, order: { position: 'ASC' } }),
        certificate: await entities.findOneBy(Certificate, { decisionId }),
        documents: await this.documents(entities, request),
      };
    });
  }

  private async documents(
    entities: EntityManager,
    { id: requestId, authorityId }: AccessRequest,
  ): Promise<AppealDocument[]> {
    const keys = await this.keyRing.of(authorityId);
    const rows = await documentsToShow(entities, requestId);
    const files = await entities.find(FileRow, { where: { requestId }, order: { position: 'ASC', id: 'ASC' } });
    const removed = await entities.findBy(Redaction, { requestId, decision: 'remove' });
    const recordings = await entities.findBy(Recording, { requestId });
    const places = new PlaceNumbers();
    return rows.map((row) => {
      const isWithheld = row.outcome === 'withheld';
      return {
        row,
        title: keys.unseal('document.title', row.titleSealed),
        whole: isWithheld ? places.next(row.id, row.withheldGround, null) : null,
        files: files
          .filter(({ documentId }) => documentId === row.id)
          .map((file) => ({
            file,
            recording: recordings.find(({ fileId }) => fileId === file.id) ?? null,
            // What was decided in a document before it was withheld whole counts nowhere.
            places: isWithheld
              ? []
              : inReadingOrder(removed, file).map((each) => places.next(each.id, each.groundId, each)),
          })),
      };
    });
  }
}

class PlaceNumbers {
  private last = 0;

  next(id: string, groundId: string | null, redaction: Redaction | null): NumberedPlace {
    const ground = groundId === null ? null : groundById(groundId);
    const [label, citation] = ground ? [shortLabel(ground), longCitation(ground)] : ['uden hjemmel', 'uden hjemmel'];
    return { number: (this.last += 1), id, label, citation, redaction };
  }
}

async function documentsToShow(entities: EntityManager, requestId: string): Promise<DocumentRow[]> {
  const visible: { id: string }[] = await entities.query(
    `select d.id from document d join records_case c on c.id = d.records_case_id
     where d.request_id = $1 and d.outcome = any($2) and c.existence <> 'protected'`,
    [requestId, DECIDED_ON],
  );
  return entities.find(DocumentRow, {
    where: { id: In(visible.map(({ id }) => id)) },
    order: { position: 'ASC', id: 'ASC' },
  });
}

/** As a reader meets them: by page, from the top down. */
function inReadingOrder(removed: Redaction[], { id }: FileRow): Redaction[] {
  const top = ({ boxes }: Redaction): number => Math.max(...boxes.map(([, , , high]) => high), 0);
  const left = ({ boxes }: Redaction): number => Math.min(...boxes.map(([low]) => low), Infinity);
  return removed
    .filter(({ fileId }) => fileId === id)
    .sort((a, b) => a.page - b.page || top(b) - top(a) || left(a) - left(b) || (a.id < b.id ? -1 : 1));
}
