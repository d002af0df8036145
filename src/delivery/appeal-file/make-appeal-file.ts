import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { MUNICIPAL_PART, type Opening } from '../../decisions/certificate/certificate';
import { OpenRedaction } from '../../decisions/certificate/open-redaction';
import { PdfEngine, type DossierPart, type DossierPlan } from '../../pdf';
import { THE_SYSTEM } from '../../platform/audit-log/audit-log';
import { TemporaryFolders } from '../../platform/temporary-folder';
import { Vault } from '../../platform/vault/vault';
import type { AppealFile } from './appeal-file.entity';
import { AppealContents, type AppealContent, type NumberedPlace } from './appeal-content';
import { AppealFiles } from './appeal-files';
import { DocumentParts, type PlacedMark } from './document-parts';
import { bookmarksOf, coverData, indexLines, placesData, placesTitle, startsOf, titleOf } from './dossier-index';
import { DossierParts, pagesOf, single, type Section } from './dossier-parts';
import { LetterSections, reading } from './letter-sections';

export interface MadeAppealFile {
  vaultKey: string;
  sha256: string;
  size: number;
  pages: number;
  documents: number;
  marks: number;
}

type Attachment = DossierPlan['attachments'][number];

interface OpenedPlace {
  place: NumberedPlace;
  opening: Opening;
}

const REASON = 'The file for an appeal body is put together.';
const JSON_TYPE = 'application/json';

/** Puts the file for an appeal body together: on disk and in a child process, so that no size needs much memory. */
@Injectable()
export class MakeAppealFile {
  constructor(
    private readonly contents: AppealContents,
    private readonly letters: LetterSections,
    private readonly documentParts: DocumentParts,
    private readonly appealFiles: AppealFiles,
    private readonly openRedaction: OpenRedaction,
    private readonly vault: Vault,
    private readonly engine: PdfEngine,
    private readonly folders: TemporaryFolders,
  ) {}

  run(appeal: AppealFile): Promise<MadeAppealFile> {
    return this.folders.use('appeal', async (folder) => {
      const content = await this.contents.of(appeal);
      const parts = new DossierParts(folder, appeal.authorityId, appeal.orderedAt, this.vault, this.engine);
      const before = await this.letters.before(content, parts);
      const { section: documents, marks } = await this.documentParts.of(content, parts);
      const after = await this.letters.packageFile(content, parts, 'certificate', 'Beviset for svaret', 'Bevis');
      const opened = await this.openedPlaces(content);
      const attachments = await this.attachments(content, parts, opened);
      const places = (front: number) => this.places(content, parts, [...before, documents], marks, opened, front);
      const cover = (firstPage: number, list: Section[]) =>
        this.cover(content, parts, [...before, documents, ...list, ...after], attachments, firstPage);
      // How many pages front and list have depends on their lines, never on the numbers in them: counted first, then set.
      const counted = await cover(0, await places(0));
      const list = await places(counted.pages);
      const front = await cover(counted.pages + 1, list);
      requireSamePages(front, counted);
      const sections = [single('Forside og indhold', front), ...before, documents, ...list, ...after];
      const out = join(folder, 'sag.pdf');
      const { pages } = await this.engine.joinDossier({
        parts: sections.flatMap(({ entries }) => entries.flatMap((entry) => entry.parts)),
        ...{ attachments, out, title: titleOf(content), author: content.authority.name },
        ...{ createdAt: appeal.orderedAt.toISOString(), bookmarks: bookmarksOf(sections) },
      });
      return { ...(await this.keep(appeal, out)), pages, documents: documents.entries.length, marks: marks.length };
    });
  }

  private async cover(
    content: AppealContent,
    parts: DossierParts,
    sections: Section[],
    attachments: Attachment[],
    firstPage: number,
  ): Promise<DossierPart> {
    const reference = await this.appealFiles.referenceOf(content.appeal);
    const data = coverData(content, reference, indexLines(sections, firstPage), attachments);
    return parts.set('klagesag.typ', data, 'Forside');
  }

  private async places(
    content: AppealContent,
    parts: DossierParts,
    sections: Section[],
    marks: PlacedMark[],
    opened: OpenedPlace[],
    frontPages: number,
  ): Promise<Section[]> {
    if (marks.length === 0) return [];
    const texts = new Map(opened.map(({ place, opening }) => [place.id, textOf(opening)]));
    const data = placesData(content, marks, startsOf(sections, frontPages + 1), texts);
    const title = placesTitle(content.appeal);
    return [single(title, await parts.set('klagesag-steder.typ', data, title))];
  }

  /** Each chosen place, opened and proven against the certificate. None where everything is shown. */
  private async openedPlaces({ appeal, certificate, documents }: AppealContent): Promise<OpenedPlace[]> {
    if (appeal.extent === 'all' || !certificate) return [];
    const places = documents.flatMap(({ whole, files }) => [
      ...(whole ? [whole] : []),
      ...files.flatMap((file) => file.places),
    ]);
    const opened: OpenedPlace[] = [];
    for (const place of places.filter(({ id }) => appeal.opened.includes(id)))
      opened.push({ place, opening: await this.openRedaction.open(certificate, place.id, THE_SYSTEM, REASON) });
    return opened;
  }

  /** The certificate as it was signed, and what opens it: the municipality's part, or an opening for each chosen place. */
  private async attachments(
    { appeal, packageFiles, certificate }: AppealContent,
    parts: DossierParts,
    opened: OpenedPlace[],
  ): Promise<Attachment[]> {
    const data = packageFiles.find(({ kind }) => kind === 'certificate-data');
    if (!certificate || !data) return [];
    const attached = async (name: string, description: string, path: Promise<string>): Promise<Attachment> => ({
      ...{ name, description, path: await path, mediaType: JSON_TYPE },
    });
    const citizen = parts.fetch(data.vaultKey, reading(appeal, 'package_file', data.id), 'json');
    const attachments = [await attached(data.name, 'Beviset, som borgeren har det', citizen)];
    if (appeal.extent === 'all') {
      const bytes = await this.openRedaction.municipalPart(certificate, THE_SYSTEM, REASON);
      const description = 'Kommunens del af beviset: en linje for hvert fjernet sted';
      attachments.push(await attached(MUNICIPAL_PART, description, parts.write(bytes, 'json')));
    }
    for (const { place, opening } of opened) {
      const bytes = Buffer.from(`${JSON.stringify(opening, null, 1)}\n`);
      const name = `aabning-${place.number}.json`;
      attachments.push(
        await attached(name, `Bevis for, hvad der stod på sted ${place.number}`, parts.write(bytes, 'json')),
      );
    }
    return attachments;
  }

  private async keep(appeal: AppealFile, path: string): Promise<Pick<MadeAppealFile, 'vaultKey' | 'sha256' | 'size'>> {
    const hash = createHash('sha256');
    async function* hashed(): AsyncGenerator<Buffer> {
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        yield chunk;
      }
    }
    const { address, size } = await this.vault.put(appeal.authorityId, hashed());
    return { vaultKey: address, sha256: hash.digest('hex'), size };
  }
}

/** A whole document stands on its own pages; its opening holds hashes, which are for programs. */
function textOf({ redaction, text }: Opening): string {
  if (redaction.kind !== 'passage') return 'Se dokumentets sider i filen.';
  return text === '' ? 'Et sted uden tekst. Se siden i kommunens sag.' : text;
}

function requireSamePages(set: DossierPart, counted: DossierPart): void {
  if (pagesOf([set]) === pagesOf([counted])) return;
  throw new Error('The index came out longer than it was counted. The file for the appeal body was not made.');
}
