import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { appealFilesOf, AppealFiles } from '../../delivery/appeal-file/appeal-files';
import { Complaint } from '../../delivery/complaints/complaint.entity';
import { documentNumbers } from '../../delivery/complaints/document-numbers';
import type { StaffUser } from '../../identity/sessions';
import { addDays, danishDay, groundById, longDate, shortLabel } from '../../law';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { RequestInHand } from '../caseworker/request-in-hand';
import { RefusedVisit } from '../http/refused-visit';
import { counted, fileSize } from '../pages/amounts';
import type { AppealFilePage, AppealOrderPage, ChoiceView } from '../views/klager';
import type { FieldError } from '../views/page-shell';
import { mayAct } from './complaint-pages';
import { RECIPIENT_CHOICES, statusOfFile, titleInWords } from './complaint-words';
import { documentsInAnswer } from './documents-in-answer';

/** Supervision and courts mostly give a week or more; the employee sets the day that was asked for. */
const USUAL_DAYS = 7;

interface PlaceRow {
  id: string;
  position: number;
  page: number;
  ground_id: string | null;
}

/** Orders for the file that an appeal body is given, and the files that were made. */
@Injectable()
export class AppealFilePages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly files: AppealFiles,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  order(
    user: StaffUser,
    requestId: string,
    form: Partial<AppealOrderPage['form']> = {},
    errors: FieldError[] = [],
  ): Promise<AppealOrderPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const complaints = await entities.find(Complaint, { where: { requestId }, order: { position: 'ASC' } });
      const numbers = await documentNumbers(entities, requestId);
      const chosen = complaints.find(({ id }) => id === form.klage);
      return {
        requestId,
        citizen: await this.inHand.citizenOf(entities, request),
        recipients: RECIPIENT_CHOICES,
        complaints: complaints.map((each) => ({
          value: each.id,
          label: titleInWords(each, numbers.get(each.documentId ?? '') ?? null),
        })),
        places: await this.places(entities, user.authorityId, requestId),
        form: {
          ...{ modtager: 'appeal-body', navn: chosen?.body ?? '', sagsnummer: '', udtalelse: '', klage: '' },
          ...{ frist: addDays(danishDay(this.clock.now()), USUAL_DAYS), omfang: 'alt', steder: [] },
          ...form,
        },
        errors,
      };
    });
  }

  file(
    user: StaffUser,
    requestId: string,
    id: string,
    form: AppealFilePage['form'] = { begrundelse: '' },
    errors: FieldError[] = [],
  ): Promise<AppealFilePage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const found = (await appealFilesOf(entities, requestId)).find(({ file }) => file.id === id);
      if (!found) throw new RefusedVisit('not-found');
      const { file, downloads } = found;
      const names = await this.inHand.staffNames(entities);
      const nameOf = (staffId: string): string => names.get(staffId) ?? 'En medarbejder';
      const reference = await this.files.referenceOf(file);
      return {
        ...{ requestId, id, recipient: file.recipient, status: statusOfFile(file), form, errors },
        citizen: await this.inHand.citizenOf(entities, request),
        facts: [
          { label: 'Skal være fremme senest', value: longDate(file.dueOn) },
          ...(reference ? [{ label: 'Modtagerens sagsnummer', value: reference }] : []),
          { label: 'Bestilt af', value: `${nameOf(file.orderedBy)}, ${longDate(danishDay(file.orderedAt))}` },
          ...(file.state === 'made'
            ? [
                {
                  label: 'Indhold',
                  value: `${counted(file.pages ?? 0, 'side', 'sider')}, ${counted(file.documents ?? 0, 'dokument', 'dokumenter')}, ${counted(file.marks ?? 0, 'sted', 'steder')} ${file.extent === 'all' ? 'indrammet' : 'åbnet'}`,
                },
                { label: 'Størrelse', value: fileSize(Number(file.size)) },
              ]
            : []),
        ],
        sha256: file.sha256 ?? undefined,
        isMade: file.state === 'made' && file.vaultKey !== null,
        isDeleted: file.state === 'made' && file.vaultKey === null,
        isWaiting: file.state === 'ordered',
        error: file.state === 'failed' ? (file.errorText ?? 'Filen kunne ikke laves.') : undefined,
        isUnredacted: file.extent === 'all',
        canAct: mayAct(user),
        downloads: await Promise.all(
          downloads.map(async (each) => ({
            at: each.downloadedAt,
            who: nameOf(each.downloadedBy),
            reason: await this.files.reasonOf(each),
          })),
        ),
      };
    });
  }

  /** Places by document: where they are and why, never what stands there. */
  private async places(
    entities: EntityManager,
    authorityId: string,
    requestId: string,
  ): Promise<AppealOrderPage['places']> {
    const documents = await documentsInAnswer(entities, await this.keyRing.of(authorityId), requestId);
    const rows: PlaceRow[] = await entities.query(PLACES, [requestId]);
    return documents
      .map(({ position, title, outcome, id }) => ({
        document: `${position}. ${title}`,
        choices:
          outcome === 'withheld'
            ? [{ value: id, label: 'Hele dokumentet' }]
            : rows.filter((row) => row.position === position).map(placeChoice),
      }))
      .filter(({ choices }) => choices.length > 0);
  }
}

function placeChoice({ id, page, ground_id: groundId }: PlaceRow, index: number): ChoiceView {
  const ground = groundId === null ? null : groundById(groundId);
  return { value: id, label: `Sted ${index + 1}, side ${page + 1}${ground ? `, ${shortLabel(ground)}` : ''}` };
}

const PLACES = `select r.id, d.position, r.page, r.ground_id from redaction r join file f on f.id = r.file_id
  join document d on d.id = f.document_id join records_case c on c.id = d.records_case_id
  where r.request_id = $1 and r.decision = 'remove' and d.outcome in ('full', 'partial') and c.existence <> 'protected'
  order by d.position, f.position, r.page, (r.boxes->0->>3)::float desc, (r.boxes->0->>0)::float, r.id`;
