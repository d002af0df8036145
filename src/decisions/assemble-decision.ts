import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { KeptOccurrence, LeakReport } from '../contracts';
import { danishDay } from '../law';
import { PdfEngine, typeset, verifyOutgoing, withFileName, type DocumentListData } from '../pdf';
import { readingOf } from '../gathering/file-reading';
import type { FileRow } from '../gathering/file.entity';
import { Settings } from '../platform/settings';
import { TemporaryFolders } from '../platform/temporary-folder';
import { Vault } from '../platform/vault/vault';
import { DecisionContents, type DecidedDocument, type DecisionContent } from './decision-content';
import type { Decision, DecisionFacts } from './decision.entity';
import { answerTexts, type AnswerTexts } from './answer-texts';
import { gateSentence } from '../redaction/gate-sentence';
import { documentList } from './document-list';
import { enclosuresOf } from './enclosures';
import { verifyRecording } from './given-recordings';
import { keptInPackage } from './kept-in-package';
import { manifestHash, type Manifest } from './manifest';
import { readingFiles } from './reading-files';
import { ReadingVersions } from './reading-version';
import { countsOf, LetterWriter } from './letter-writer';
import { assembleParts, type AssembledParts, type PackagePart } from './package-parts';
import type { PackageFileKind } from './package-file.entity';

export interface AssembledFile {
  kind: PackageFileKind;
  name: string;
  mediaType: string;
  vaultKey: string;
  sha256: string;
  size: number;
  pages: number;
}

export interface AssembledDecision {
  files: AssembledFile[];
  outcomes: { documentId: string; outcome: DecidedDocument['outcome'] }[];
  outcome: DecisionContent['outcome'];
  facts: DecisionFacts;
  manifest: Manifest;
  manifestSha256: string;
  reportKey: string;
  answerKey: string;
  /** A sentence for staff; null when everything passed. */
  stop: string | null;
}

interface MadeFile {
  kind: PackageFileKind;
  name: string;
  /** Bytes; of a package the path, since it can be large. */
  content: Uint8Array | { path: string; bytes: number };
  /** Default PDF. */
  mediaType?: string;
  report: LeakReport;
}

interface NamedReport {
  name: string;
  report: LeakReport;
}

const TEMPLATES = join(__dirname, '..', '..', 'templates', 'letters');

/** Makes everything that the citizen gets, and lets nothing out that did not pass the gate after its last change. */
@Injectable()
export class AssembleDecision {
  constructor(
    private readonly contents: DecisionContents,
    private readonly letterWriter: LetterWriter,
    private readonly vault: Vault,
    private readonly folders: TemporaryFolders,
    private readonly engine: PdfEngine,
    private readonly readings: ReadingVersions,
    private readonly settings: Settings,
  ) {}

  run(decision: Decision): Promise<AssembledDecision> {
    return this.folders.use('assemble', async (folder) => {
      const content = await this.contents.of(decision);
      const assembled = await this.assemblePages(content, folder);
      const list = documentList(content, assembled.places);
      const made = [
        await this.list(content, list),
        ...(await this.packages(content, assembled)),
        ...(await this.reading(content, list, assembled)),
        ...(await this.recordings(content)),
      ];
      const texts = answerTexts(content, this.letterWriter.write(content, enclosuresOf(made)), list);
      return this.finish(content, texts, assembled, [await this.letter(content, texts), ...made]);
    });
  }

  private async packages(content: DecisionContent, { parts, places }: AssembledParts): Promise<MadeFile[]> {
    const made: MadeFile[] = [];
    for (const part of parts) made.push(await this.package(content, part, keptInPackage(content, places, part.number)));
    return made;
  }

  /** The scans in it were read when their files were redacted; assembly adds a strip below each page and nothing else. */
  private async package(content: DecisionContent, part: PackagePart, kept: KeptOccurrence[]): Promise<MadeFile> {
    const { name, path, bytes } = part;
    const absent = content.absent.onPages;
    const report = await this.engine.verify(path, { absent, kept, reading: 'sample' });
    return { kind: 'package', name, content: { path, bytes }, report: withFileName(report, name, absent) };
  }

  private async reading(
    content: DecisionContent,
    list: DocumentListData,
    { parts, places }: AssembledParts,
  ): Promise<MadeFile[]> {
    if (parts.length === 0) return [];
    const version = await this.readings.of(content, list, places);
    return readingFiles(version, content.absent.onPages, {
      createdAt: content.decision.reviewedAt,
      mostBytes: this.settings.PACKAGE_PART_BYTES,
    });
  }

  private async assemblePages(content: DecisionContent, folder: string): Promise<AssembledParts> {
    const given = content.documents.filter((each) => each.outcome === 'full' || each.outcome === 'partial');
    const documents = [];
    for (const document of given) {
      const files = [];
      for (const file of document.files.filter((each) => each.redactedKey !== null)) {
        requireApplied(file, content.decision.round);
        files.push(await this.writeRedacted(file, folder));
      }
      if (files.length > 0)
        documents.push({
          caseTitle: capital(document.recordsCase.label),
          number: document.row.position,
          title: document.title,
          files,
        });
    }
    const { authority, request, decision } = content;
    const plan = {
      documents,
      title: `Dine dokumenter – anmodning ${request.number}`,
      municipality: authority.name,
      caseNumber: request.number,
      date: danishDay(decision.reviewedAt),
      createdAt: decision.reviewedAt,
    };
    return assembleParts(plan, folder, this.settings.PACKAGE_PART_BYTES);
  }

  private async writeRedacted(file: FileRow, folder: string): Promise<string> {
    const path = join(folder, `${file.id}.pdf`);
    const act = readingOf(file, 'The redacted file is put into the package.');
    await writeFile(path, await this.vault.readBytes(file.authorityId, file.redactedKey as string, act), {
      mode: 0o600,
    });
    return path;
  }

  private async letter(content: DecisionContent, { letter }: AnswerTexts): Promise<MadeFile> {
    const { pdf } = await typeset(join(TEMPLATES, 'afgoerelse.typ'), letter, {
      standard: 'ua-1',
      createdAt: content.decision.reviewedAt,
    });
    return this.checked('letter', 'afgoerelse.pdf', pdf, content);
  }

  private async list(content: DecisionContent, list: DocumentListData): Promise<MadeFile> {
    const { pdf } = await typeset(join(TEMPLATES, 'aktliste.typ'), list, {
      standard: 'ua-1',
      createdAt: content.decision.reviewedAt,
    });
    return this.checked('aktliste', 'aktliste.pdf', pdf, content);
  }

  /** Edited recordings, as two employees heard or saw them. */
  private async recordings(content: DecisionContent): Promise<MadeFile[]> {
    const made: MadeFile[] = [];
    for (const { recording, fileName } of content.recordings) {
      if (!fileName) continue;
      const bytes = await this.vault.readBytes(
        recording.authorityId,
        recording.givenKey as string,
        readingOf(
          { id: recording.fileId, requestId: recording.requestId },
          'The edited recording is put beside the package.',
        ),
      );
      const report = await verifyRecording(fileName, bytes, content.absent.onPages);
      const mediaType = recording.givenMediaType as string;
      made.push({ kind: 'recording', name: fileName, content: bytes, mediaType, report });
    }
    return made;
  }

  private async checked(
    kind: PackageFileKind,
    name: string,
    pdf: Uint8Array,
    { absent }: DecisionContent,
  ): Promise<MadeFile> {
    const outgoing = { name, mediaType: 'application/pdf', content: pdf };
    return { kind, name, content: pdf, report: await verifyOutgoing(outgoing, absent.inTexts) };
  }

  private async finish(
    content: DecisionContent,
    texts: AnswerTexts,
    { places }: AssembledParts,
    made: MadeFile[],
  ): Promise<AssembledDecision> {
    const { authorityId } = content.request;
    const files: AssembledFile[] = [];
    for (const file of made) files.push(await this.store(authorityId, file));
    const manifest: Manifest = {
      request: content.request.number,
      round: content.decision.round,
      files: files.map(({ name, sha256: hash, size, pages }) => ({ name, sha256: hash, size, pages })),
    };
    const data = await this.dataReports(content, texts, manifest);
    const checked = [...made.map(({ name, report }) => ({ name, report })), ...data];
    const reports = await this.vault.putJson(authorityId, checked);
    return {
      files,
      manifest,
      manifestSha256: manifestHash(manifest),
      reportKey: reports.address,
      answerKey: (await this.vault.putJson(authorityId, texts)).address,
      outcome: content.outcome,
      outcomes: content.documents.map((each) => ({ documentId: each.row.id, outcome: each.outcome })),
      facts: factsOf(content, places.pages, checked),
      stop: stopOf(checked),
    };
  }

  private async store(authorityId: string, made: MadeFile): Promise<AssembledFile> {
    const { kind, name, content, mediaType = 'application/pdf', report } = made;
    const isLarge = 'path' in content;
    const { address } = await this.vault.put(authorityId, isLarge ? createReadStream(content.path) : content);
    return {
      kind,
      name,
      mediaType: kind === 'reading-html' ? 'text/html' : mediaType,
      vaultKey: address,
      // Of the file that the gate judged.
      sha256: isLarge ? report.sha256 : sha256(content),
      size: isLarge ? content.bytes : content.length,
      pages: report.pages,
    };
  }

  /** What the citizen's pages say of the answer, and what is signed, leave as data. */
  private async dataReports(content: DecisionContent, texts: AnswerTexts, manifest: Manifest): Promise<NamedReport[]> {
    const files = { 'svar.json': texts, 'manifest.json': manifest };
    return Promise.all(
      Object.entries(files).map(async ([name, data]) => {
        const outgoing = { name, mediaType: 'application/json', content: JSON.stringify(data) };
        return { name, report: await verifyOutgoing(outgoing, content.absent.inTexts) };
      }),
    );
  }
}

function factsOf(content: DecisionContent, pages: number, checked: NamedReport[]): DecisionFacts {
  const checks = checked.flatMap((each) => each.report.checks);
  return {
    documents: countsOf(content.documents),
    pages,
    redactions: content.redactions.length,
    verification: {
      verdict: checked.every((each) => each.report.verdict === 'pass') ? 'pass' : 'fail',
      checks: checks.length,
      engines: [...new Set(checks.map((check) => `${check.engine} ${check.version}`))].sort(),
    },
  };
}

/** Only what was redacted by this round's decisions, and passed the gate, is put into a package. */
function requireApplied(file: FileRow, round: number): void {
  if (file.redactedRound === round && file.gateVerdict === 'pass') return;
  throw new Error(`The file ${file.id} was not redacted and passed in round ${round}. The package was not made.`);
}

function stopOf(checked: NamedReport[]): string | null {
  const failed = checked.find((each) => each.report.verdict !== 'pass');
  return failed ? gateSentence(failed.report, failed.name) : null;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
