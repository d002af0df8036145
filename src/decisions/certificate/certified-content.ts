import { groundById, longCitation } from '../../law';
import type { AuthorityKeys } from '../../platform/keys/authority-keys';
import type { DecisionContent } from '../decision-content';
import type { DecisionFacts } from '../decision.entity';
import type { Manifest } from '../manifest';
import {
  CERTIFICATE_FORMAT,
  type CertifiedGround,
  type CitizenContent,
  type MunicipalContent,
  type RedactionEntry,
} from './certificate';
import { commitTo } from './commitment';

/** What the certificate tells the citizen: nothing that letter and aktliste do not tell too. */
export function citizenContent(content: DecisionContent, issued: Date): Omit<CitizenContent, 'page' | 'municipality'> {
  const { authority, request, decision } = content;
  const { documents, verification } = decision.facts as DecisionFacts;
  if (verification.verdict !== 'pass')
    throw new Error(`The decision ${decision.id} did not pass the gate. It was not certified.`);
  return {
    format: CERTIFICATE_FORMAT,
    part: 'citizen',
    authority: { cvr: authority.cvr, name: authority.name },
    request: request.number,
    round: decision.round,
    decision: decision.id,
    times: {
      received: request.receivedOn,
      reviewed: decision.reviewedAt.toISOString(),
      approved: (decision.signedAt as Date).toISOString(),
      issued: issued.toISOString(),
    },
    manifestSha256: decision.manifestSha256 as string,
    files: (decision.manifest as Manifest).files.map(({ name, sha256, size, pages }) => ({
      name,
      sha256,
      size,
      pages,
    })),
    documents,
    grounds: groundsOf(content),
    verification: { verdict: 'pass', checks: verification.checks, engines: verification.engines },
  };
}

/** Every place that something was removed from, with a commitment to what stood there. */
export function municipalContent(
  content: DecisionContent,
  texts: ReadonlyMap<string, string>,
  keys: AuthorityKeys,
  issued: Date,
): MunicipalContent {
  const { authority, request, decision } = content;
  const committed = (entry: Omit<RedactionEntry, 'commitment'>, text: string): RedactionEntry => ({
    ...entry,
    commitment: commitTo(keys.salt(decision.id, entry.id), entry.id, text),
  });
  return {
    format: CERTIFICATE_FORMAT,
    part: 'municipality',
    authority: { cvr: authority.cvr, name: authority.name },
    request: request.number,
    decision: decision.id,
    manifestSha256: decision.manifestSha256 as string,
    issued: issued.toISOString(),
    redactions: [
      ...passages(content).map((entry) => committed(entry, texts.get(entry.id) ?? '')),
      ...wholes(content).map((entry) => committed(entry, textOfWhole(entry))),
    ],
  };
}

/** A whole document or recording stands for its files: their hashes, a line each. */
export function textOfWhole({ sources }: Pick<RedactionEntry, 'sources'>): string {
  return sources.join('\n');
}

function passages({ documents, redactions }: DecisionContent): Omit<RedactionEntry, 'commitment'>[] {
  return documents.flatMap(({ row, files }) =>
    files.flatMap((file) =>
      redactions
        .filter(({ fileId }) => fileId === file.id)
        .sort((a, b) => a.page - b.page || (a.id < b.id ? -1 : 1))
        .map(({ id, page, boxes, groundId, basis }) => ({
          id,
          kind: 'passage' as const,
          document: row.position,
          sources: file.sha256 === null ? [] : [file.sha256],
          page: page + 1,
          boxes,
          ground: groundId as string,
          basis,
        })),
    ),
  );
}

function wholes({ documents, recordings }: DecisionContent): Omit<RedactionEntry, 'commitment'>[] {
  const withheld = documents.filter(({ outcome }) => outcome === 'withheld');
  const hashesOf = (files: { sha256: string | null }[]) => files.flatMap(({ sha256 }) => sha256 ?? []);
  return [
    ...withheld.map(({ row, files, grounds, recordsCase }) => ({
      id: row.id,
      kind: 'document' as const,
      document: row.position,
      sources: hashesOf(files),
      ground: grounds[0],
      basis: recordsCase.basis,
    })),
    ...recordings.flatMap(({ recording, position }) => {
      if (recording.groundId === null) return [];
      const { files, recordsCase } = documents.find(({ row }) => row.position === position) ?? {};
      return [
        {
          id: recording.id,
          kind: 'recording' as const,
          document: position,
          sources: hashesOf((files ?? []).filter(({ id }) => id === recording.fileId)),
          ground: recording.groundId,
          basis: recordsCase?.basis ?? '',
        },
      ];
    }),
  ];
}

function groundsOf({ documents, redactions }: DecisionContent): CertifiedGround[] {
  const used = [...new Set(documents.flatMap(({ grounds }) => grounds))].sort();
  return used.flatMap((id) => {
    const ground = groundById(id);
    if (!ground) return [];
    return [
      {
        citation: longCitation(ground),
        passages: redactions.filter(({ groundId }) => groundId === id).length,
        wholeDocuments: documents.filter(({ outcome, grounds }) => outcome === 'withheld' && grounds.includes(id))
          .length,
      },
    ];
  });
}
