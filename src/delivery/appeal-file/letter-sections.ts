import { Injectable } from '@nestjs/common';
import type { PackageFileKind } from '../../decisions/package-file.entity';
import { danishDay, longDate } from '../../law';
import { THE_SYSTEM, type AuditedAct } from '../../platform/audit-log/audit-log';
import { Vault } from '../../platform/vault/vault';
import { Requests } from '../../requests/requests';
import { Complaints } from '../complaints/complaints';
import type { AppealFile } from './appeal-file.entity';
import type { AppealContent } from './appeal-content';
import { aboutInWords, cameByInWords } from './appeal-words';
import { single, type DossierParts, type Section } from './dossier-parts';

/** What stands before the documents: the request, the letters, the aktliste, the complaint and the statement. */
@Injectable()
export class LetterSections {
  constructor(
    private readonly complaints: Complaints,
    private readonly requests: Requests,
    private readonly vault: Vault,
  ) {}

  async before(content: AppealContent, parts: DossierParts): Promise<Section[]> {
    return [
      await this.request(content, parts),
      await this.letters(content, parts),
      ...(await this.packageFile(content, parts, 'aktliste', 'Aktlisten', 'Aktliste')),
      ...(await this.complaint(content, parts)),
      ...(await this.statement(content, parts)),
    ];
  }

  /** A file of the answer as it was sent. */
  async packageFile(
    { appeal, packageFiles }: AppealContent,
    parts: DossierParts,
    kind: PackageFileKind,
    title: string,
    stamp: string,
  ): Promise<Section[]> {
    const file = packageFiles.find((each) => each.kind === kind);
    if (!file) return [];
    return [single(title, await parts.fromVault(file.vaultKey, reading(appeal, 'package_file', file.id), stamp))];
  }

  private async request({ request, requesterName }: AppealContent, parts: DossierParts): Promise<Section> {
    const page = {
      title: 'Anmodningen om aktindsigt',
      rows: [
        { label: 'Fra', value: requesterName },
        { label: 'Modtaget', value: longDate(request.receivedOn) },
        { label: 'Sagsnummer', value: request.number },
      ],
      text: (await this.requests.wordingOf(request)) || 'Borgeren har bedt om aktindsigt uden at skrive andet.',
    };
    return single('Anmodningen', await parts.page(page, 'Anmodning'));
  }

  private async letters({ appeal, packageFiles, lateNotices }: AppealContent, parts: DossierParts): Promise<Section> {
    const section: Section = { title: 'Brevene', entries: [], isListed: true };
    for (const { id, letterKey, writtenAt } of lateNotices.filter((notice) => notice.letterKey !== null)) {
      const part = await parts.fromVault(letterKey, reading(appeal, 'late_notice', id), 'Fristbrev');
      section.entries.push({ title: `Besked om forsinkelse, ${longDate(danishDay(writtenAt))}`, parts: [part] });
    }
    for (const { id, vaultKey } of packageFiles.filter(({ kind }) => kind === 'letter')) {
      const part = await parts.fromVault(vaultKey, reading(appeal, 'package_file', id), 'Afgørelse');
      section.entries.push({ title: 'Afgørelsen', parts: [part] });
    }
    return section;
  }

  private async complaint({ complaint, documents }: AppealContent, parts: DossierParts): Promise<Section[]> {
    if (!complaint) return [];
    const number = documents.find(({ row }) => row.id === complaint.documentId)?.row.position ?? null;
    const page = {
      title: 'Klagen',
      rows: [
        { label: 'Modtaget', value: `${longDate(complaint.receivedOn)} ${cameByInWords(complaint.cameBy)}` },
        { label: 'Fra', value: (await this.complaints.senderOf(complaint)) ?? 'borgeren selv' },
        { label: 'Handler om', value: aboutInWords(complaint, number) },
      ],
      text: (await this.complaints.wordsOf(complaint, THE_SYSTEM)) ?? 'Klagen er ikke begrundet.',
    };
    return [single('Klagen', await parts.page(page, 'Klage'))];
  }

  private async statement({ appeal, authority }: AppealContent, parts: DossierParts): Promise<Section[]> {
    if (appeal.statementKey === null) return [];
    const act = reading(appeal, 'appeal_file', appeal.id);
    const text = (await this.vault.readBytes(appeal.authorityId, appeal.statementKey, act)).toString('utf8');
    const page = { title: 'Kommunens udtalelse', rows: [{ label: 'Fra', value: authority.name }], text };
    return [single('Kommunens udtalelse', await parts.page(page, 'Udtalelse'))];
  }
}

/** What the log tells of a reading for an appeal file. */
export function reading({ requestId }: AppealFile, kind: string, id: string): AuditedAct {
  const reason = 'The file for an appeal body is put together.';
  return { actor: THE_SYSTEM, action: 'vault.read', subject: { kind, id }, requestId, reason };
}
