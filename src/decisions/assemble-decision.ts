import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { LeakReport } from '../contracts';
import { assemblePackage, PdfEngine, typeset, verifyOutgoing, withFileName, type AssembledDocument } from '../pdf';
import { readingOf } from '../gathering/file-reading';
import type { FileRow } from '../gathering/file.entity';
import { TemporaryFolders } from '../platform/temporary-folder';
import { Vault } from '../platform/vault/vault';
import { DecisionContents, type DecidedDocument, type DecisionContent } from './decision-content';
import type { Decision, DecisionFacts } from './decision.entity';
import { answerTexts, type AnswerTexts } from './answer-texts';
import { gateSentence } from '../redaction/gate-sentence';
import { documentList } from './document-list';
import { verifyRecording } from './given-recordings';
import { keptInPackage } from './kept-in-package';
import { manifestHash, type Manifest } from './manifest';
import { readingFiles } from './reading-files';
import { ReadingVersions } from './reading-version';
import { countsOf, LetterWriter } from './letter-writer';
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
  content: Uint8Array;
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
  ) {}

  run(decision: Decision): Promise<AssembledDecision> {
    return this.folders.use('assemble', async (folder) => {
      const content = await this.contents.of(decision);
      const placed = await this.assemblePages(content, folder);
      const texts = answerTexts(content, this.letterWriter.write(content), documentList(content, placed));
      const made = [
        await this.letter(content, texts),
        await this.list(content, texts),
        ...(placed.length > 0 ? [await this.package(content, placed, join(folder, 'package.pdf'))] : []),
        ...(placed.length > 0 ? await this.reading(content, texts, placed) : []),
      ];
      made.push(...(await this.recordings(content)));
      return this.finish(content, texts, made);
    });
  }

  /** The scans in it were read when their files were redacted; assembly adds a strip below each page and nothing else. */
  private async package(content: DecisionContent, placed: AssembledDocument[], path: string): Promise<MadeFile> {
    const [name, absent] = ['aktindsigt.pdf', content.absent.onPages];
    const kept = keptInPackage(content, placed);
    const report = await this.engine.verify(path, { absent, kept, reading: 'sample' });
    return { kind: 'package', name, content: await readFile(path), report: withFileName(report, name, absent) };
  }

  private async reading(
    content: DecisionContent,
    texts: AnswerTexts,
    placed: AssembledDocument[],
  ): Promise<MadeFile[]> {
    const version = await this.readings.of(content, texts, placed);
    return readingFiles(version, content.absent.onPages, content.decision.reviewedAt);
  }

  private async assemblePages(content: DecisionContent, folder: string): Promise<AssembledDocument[]> {
    const given = content.documents.filter((each) => each.outcome === 'full' || each.outcome === 'partial');
    const documents = [];
    for (const document of given) {
      const files = [];
      for (const file of document.files.filter((each) => each.redactedKey !== null)) {
        requireApplied(file, content.decision.round);
        const path = join(folder, `${file.id}.pdf`);
        await writeFile(
          path,
          await this.vault.readBytes(
            file.authorityId,
            file.redactedKey as string,
            readingOf(file, 'The redacted file is put into the package.'),
          ),
          { mode: 0o600 },
        );
        files.push(path);
      }
      if (files.length > 0)
        documents.push({
          caseTitle: capital(document.recordsCase.label),
          number: document.row.position,
          title: document.title,
          files,
        });
    }
    if (documents.length === 0) return [];
    const { authority, request, decision } = content;
    const plan = {
      documents,
      title: `Dine dokumenter – anmodning ${request.number}`,
      municipality: authority.name,
      createdAt: decision.reviewedAt,
    };
    return (await assemblePackage(plan, join(folder, 'package.pdf'))).documents;
  }

  private async letter(content: DecisionContent, { letter }: AnswerTexts): Promise<MadeFile> {
    const { pdf } = await typeset(join(TEMPLATES, 'afgoerelse.typ'), letter, {
      standard: 'ua-1',
      createdAt: content.decision.reviewedAt,
    });
    return this.checked('letter', 'afgoerelse.pdf', pdf, content);
  }

  private async list(content: DecisionContent, { list }: AnswerTexts): Promise<MadeFile> {
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

  private async finish(content: DecisionContent, texts: AnswerTexts, made: MadeFile[]): Promise<AssembledDecision> {
    const { authorityId } = content.request;
    const files: AssembledFile[] = [];
    for (const { kind, name, content: bytes, mediaType = 'application/pdf', report } of made) {
      const stored = await this.vault.put(authorityId, bytes);
      files.push({
        kind,
        name,
        mediaType: kind === 'reading-html' ? 'text/html' : mediaType,
        vaultKey: stored.address,
        sha256: sha256(bytes),
        size: bytes.length,
        pages: report.pages,
      });
    }
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
      facts: factsOf(content, made, checked),
      stop: stopOf(checked),
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

function factsOf(content: DecisionContent, made: MadeFile[], checked: NamedReport[]): DecisionFacts {
  const checks = checked.flatMap((each) => each.report.checks);
  return {
    documents: countsOf(content.documents),
    pages: made.find((each) => each.kind === 'package')?.report.pages ?? 0,
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
