import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type FileState = 'listed' | 'fetched' | 'converted' | 'unreadable' | 'quarantined';

/** Nobody and nothing reads the content: it cannot be opened, or may not. */
export function isShut({ state }: Pick<FileRow, 'state'>): boolean {
  return state === 'unreadable' || state === 'quarantined';
}

export interface FileNote {
  code: string;
  /** A Danish sentence for the caseworker. */
  sentence: string;
}

/** One file of a document, with the vault's addresses of what it became on its way. */
@Entity('file')
export class FileRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  documentId!: string;

  @Column('text')
  sourceFileId!: string;

  @Column('int')
  position!: number;

  @Column('bytea')
  nameSealed!: Buffer;

  @Column('text', { nullable: true })
  mediaType!: string | null;

  @Column('bigint', { nullable: true })
  size!: string | null;

  @Column('text', { nullable: true })
  sha256!: string | null;

  /** The source's own mark of this version (an ETag, a version number). */
  @Column('text', { nullable: true })
  version!: string | null;

  @Column('text')
  state!: FileState;

  /** As it was fetched. */
  @Column('text', { nullable: true })
  originalKey!: string | null;

  /** Converted and sanitised, nothing removed yet. */
  @Column('text', { nullable: true })
  pdfKey!: string | null;

  /** `PageText[]` as JSON. */
  @Column('text', { nullable: true })
  wordsKey!: string | null;

  /** What lay hidden in the file (comments, form values, attachments …) as JSON; null when nothing did. */
  @Column('text', { nullable: true })
  hiddenKey!: string | null;

  /** Texts and reasons of the proposals as JSON, by proposal id. */
  @Column('text', { nullable: true })
  proposalsKey!: string | null;

  /** What the citizen gets. */
  @Column('text', { nullable: true })
  redactedKey!: string | null;

  @Column('int', { nullable: true })
  redactedRound!: number | null;

  /** `RedactedContent` as JSON: where removed places were drawn, and what is left to read. */
  @Column('text', { nullable: true })
  appliedKey!: string | null;

  /** The gate's report as JSON. */
  @Column('text', { nullable: true })
  gateKey!: string | null;

  @Column('text', { nullable: true })
  gateVerdict!: 'pass' | 'fail' | null;

  @Column('int', { nullable: true })
  pages!: number | null;

  @Column('text', { nullable: true })
  method!: string | null;

  @Column('jsonb')
  notes!: FileNote[];

  @Column('text', { nullable: true })
  unreadableReason!: string | null;
}
