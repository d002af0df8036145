import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const RECIPIENT_KINDS = ['appeal-body', 'ombudsman', 'data-protection', 'court'] as const;
export type RecipientKind = (typeof RECIPIENT_KINDS)[number];

/**
 * The file for an appeal body, the ombudsman, Datatilsynet or a court. `all`: unredacted pages with every removed place
 * framed. `chosen`: the pages as the citizen got them, and the named places opened one by one.
 */
@Entity('appeal_file')
export class AppealFile {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  decisionId!: string;

  @Column('uuid', { nullable: true })
  complaintId!: string | null;

  @Column('text')
  recipientKind!: RecipientKind;

  /** "Ankestyrelsen", "Retten i Solby". */
  @Column('text')
  recipient!: string;

  /** The recipient's own number of the case. */
  @Column('bytea', { nullable: true })
  referenceSealed!: Buffer | null;

  /** When the recipient wants it, YYYY-MM-DD. */
  @Column('date')
  dueOn!: string;

  @Column('text', { nullable: true })
  statementKey!: string | null;

  @Column('text')
  extent!: 'all' | 'chosen';

  /** Redactions and withheld documents, by the ids that the certificate knows them by. */
  @Column('uuid', { array: true })
  opened!: string[];

  @Column('uuid')
  orderedBy!: string;

  @Column('timestamptz')
  orderedAt!: Date;

  @Column('text')
  state!: 'ordered' | 'made' | 'failed';

  @Column('text', { nullable: true })
  errorText!: string | null;

  @Column('text', { nullable: true })
  vaultKey!: string | null;

  @Column('text', { nullable: true })
  sha256!: string | null;

  @Column('bigint', { nullable: true })
  size!: string | null;

  @Column('int', { nullable: true })
  pages!: number | null;

  @Column('int', { nullable: true })
  documents!: number | null;

  /** Places framed, or opened. */
  @Column('int', { nullable: true })
  marks!: number | null;

  @Column('timestamptz', { nullable: true })
  madeAt!: Date | null;
}

/** That somebody fetched it. Written before the first byte leaves. */
@Entity('appeal_file_download')
export class AppealFileDownload {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  appealFileId!: string;

  @Column('uuid')
  downloadedBy!: string;

  @Column('timestamptz')
  downloadedAt!: Date;

  @Column('bytea')
  reasonSealed!: Buffer;
}
