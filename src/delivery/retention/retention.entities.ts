import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

export const HOLD_CAUSES = ['complaint', 'supervision', 'ombudsman', 'court', 'breach'] as const;
export type HoldCause = (typeof HOLD_CAUSES)[number];

/** Stops the deletion of a request's working copies until somebody lifts it. */
@Entity('retention_hold')
export class RetentionHold {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('text')
  cause!: HoldCause;

  @Column('bytea', { nullable: true })
  noteSealed!: Buffer | null;

  @Column('uuid')
  setBy!: string;

  @Column('timestamptz')
  setAt!: Date;

  @Column('uuid', { nullable: true })
  liftedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  liftedAt!: Date | null;
}

/** A plan of what goes and what stays; it is run as it was shown, or not at all. */
@Entity('retention_run')
export class RetentionRun {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('text')
  planSha256!: string;

  @Column('int')
  months!: number;

  @Column('uuid')
  plannedBy!: string;

  @Column('timestamptz')
  plannedAt!: Date;

  @Column('uuid', { nullable: true })
  approvedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  approvedAt!: Date | null;
}

/** One request in a plan. */
@Entity('retention_item')
export class RetentionItem {
  @PrimaryColumn('uuid')
  runId!: string;

  @PrimaryColumn('uuid')
  requestId!: string;

  @Column('uuid')
  authorityId!: string;

  /** Why it stays, or was spared when something had changed since the plan. Empty: it goes. */
  @Column('text', { array: true })
  staysBecause!: string[];

  /** How many contents of the vault it holds. */
  @Column('int')
  contents!: number;

  @Column('text')
  state!: 'planned' | 'deleted' | 'spared';

  /** What the vault is still to forget, between the rows' deletion and the contents'. */
  @Column('text', { array: true, nullable: true })
  addresses!: string[] | null;

  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;

  /** Contents that nothing else held; the rest stays for the other request. */
  @Column('int', { nullable: true })
  contentsDeleted!: number | null;
}
