import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The caseworker's words while they are being written; one draft a request. */
@Entity('decision_draft')
export class DecisionDraft {
  @PrimaryColumn('uuid')
  requestId!: string;

  @Column('uuid')
  authorityId!: string;

  /** Sealed as the decision's own column, so that the words can be moved there as they are. */
  @Column('bytea')
  considerationsSealed!: Buffer;

  @Column('uuid')
  savedBy!: string;

  @Column('timestamptz')
  savedAt!: Date;
}
