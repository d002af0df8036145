import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const INCIDENT_CAUSES = ['wrong-recipient', 'misfiled', 'not-redacted', 'other'] as const;
export type IncidentCause = (typeof INCIDENT_CAUSES)[number];

/** `low`: unlikely to be a risk to anybody. `medium`: a risk, and Datatilsynet is told. `high`: those concerned are told too. */
export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Kinds of data, as Datatilsynet asks for them. */
export const DATA_KINDS = [
  'names',
  'addresses',
  'cpr',
  'health',
  'social',
  'economy',
  'crime',
  'children',
  'other',
] as const;
export type DataKind = (typeof DATA_KINDS)[number];

/** A breach of personal data security, from the moment that it was noticed (GDPR articles 33 and 34). */
@Entity('incident')
export class Incident {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  /** From 1, in the order of opening: "Hændelse 3". */
  @Column('int')
  number!: number;

  @Column('text')
  cause!: IncidentCause;

  @Column('bytea')
  whatSealed!: Buffer;

  @Column('bytea')
  noticedBySealed!: Buffer;

  @Column('timestamptz')
  noticedAt!: Date;

  /** 72 hours after it was noticed. */
  @Column('timestamptz')
  dueAt!: Date;

  /** The request that it was found in; others join with the deliveries. */
  @Column('uuid', { nullable: true })
  requestId!: string | null;

  /** The assessment that it began as. */
  @Column('uuid', { nullable: true })
  breachId!: string | null;

  @Column('uuid')
  openedBy!: string;

  @Column('timestamptz')
  openedAt!: Date;

  @Column('text', { nullable: true })
  severity!: Severity | null;

  /** About how many people it concerns, and how many records about them. */
  @Column('int', { nullable: true })
  persons!: number | null;

  @Column('int', { nullable: true })
  records!: number | null;

  @Column('text', { array: true })
  kinds!: DataKind[];

  @Column('text', { nullable: true })
  notification!: 'notified' | 'not_notified' | null;

  @Column('timestamptz', { nullable: true })
  notifiedAt!: Date | null;

  /** Datatilsynet's own, from virk.dk. */
  @Column('text', { nullable: true })
  receiptNumber!: string | null;

  /** Why Datatilsynet was not told, or was told late. */
  @Column('bytea', { nullable: true })
  notificationReasonSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  notificationBy!: string | null;

  @Column('text', { nullable: true })
  informing!: 'informed' | 'not_informed' | null;

  @Column('bytea', { nullable: true })
  informingReasonSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  informingBy!: string | null;

  @Column('text', { default: 'open' })
  state!: 'open' | 'closed';

  @Column('bytea', { nullable: true })
  conclusionSealed!: Buffer | null;

  @Column('uuid', { nullable: true })
  closedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;
}
