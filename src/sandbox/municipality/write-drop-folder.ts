import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordsParty } from '../../contracts';
import { registerRole } from '../../records/register-role';
import type { HeldCase, HeldParty } from '../records/holdings';
import { bytesOf } from '../records/held-bytes';
import { dropFolderCases } from './municipality';

interface Listed {
  sourceFileId: string;
  sourceDocumentId: string;
  name: string;
  size: number;
  sha256: string;
  path: string;
}

/** Fills `folder` (emptied first) with an export of `cases`: their files and the manifest that lists them. */
export async function writeDropFolder(folder: string, cases: HeldCase[] = dropFolderCases()): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const documents: object[] = [];
  const files: Listed[] = [];
  for (const held of cases) {
    const sourceCaseId = `sag-${held.id}`;
    await mkdir(join(folder, sourceCaseId));
    const put = async (sourceDocumentId: string, id: number, name: string, bytes: Buffer): Promise<void> => {
      const path = `${sourceCaseId}/${id}-${name}`;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await writeFile(join(folder, path), bytes);
      files.push({ sourceFileId: `fil-${id}`, sourceDocumentId, name, size: bytes.length, sha256, path });
    };
    for (const { id, name, number, date, direction, type, draft, parentId, files: own } of held.documents) {
      const sourceDocumentId = `dok-${id}`;
      const kind = type === 'E-mail' ? 'mail' : 'document';
      const facts = {
        documentNumber: number,
        documentDate: date,
        direction,
        state: draft ? 'draft' : 'final',
        parentSourceDocumentId: parentId === undefined ? undefined : `dok-${parentId}`,
      };
      documents.push({ sourceDocumentId, sourceCaseId, kind, title: name, ...facts });
      for (const file of own) await put(sourceDocumentId, file.id, file.name, bytesOf(file));
    }
    for (const note of held.notes) {
      const sourceDocumentId = `notat-${note.id}`;
      const facts = { documentDate: note.date, direction: 'intern', state: 'final' };
      documents.push({ sourceDocumentId, sourceCaseId, kind: 'journalNote', title: note.title, ...facts });
      const html = `<!DOCTYPE html><html lang="da"><meta charset="utf-8"><h1>${note.title}</h1>${note.html}</html>`;
      await put(sourceDocumentId, note.id, `notat-${note.id}.html`, Buffer.from(html));
    }
  }
  const manifest = { ...head(), cases: cases.map(caseInManifest), documents, files };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, undefined, 1));
}

function head(): object {
  return {
    exportedAt: new Date().toISOString(),
    exportedBy: 'Lone Ravnkilde, Fællesarkivet',
    coverage: {
      partyRoles: ['primary', 'secondary'],
      includesClosed: true,
      includesDrafts: false,
      includesJournalNotes: true,
      rightsLimited: false,
      knownGaps: ['Papirsager fra før 2009 er ikke scannet.'],
    },
  };
}

function caseInManifest(held: HeldCase): object {
  const [, kle, facet] = /^(\d{2}\.\d{2}\.\d{2})-([A-Z]\d{2})-/.exec(held.number) ?? [];
  return {
    sourceCaseId: `sag-${held.id}`,
    caseNumber: held.number,
    title: held.title,
    kle,
    facet,
    open: held.closedAt === undefined,
    openedAt: held.openedAt,
    closedAt: held.closedAt,
    responsibleUnit: held.unit,
    parties: held.parties.map(partyInManifest),
  };
}

function partyInManifest({ part, primary, employee, ...rest }: HeldParty): RecordsParty {
  const role = primary ? 'primary' : employee ? 'other' : 'secondary';
  return { ...rest, role, roleText: registerRole(part), employee: employee === true };
}
