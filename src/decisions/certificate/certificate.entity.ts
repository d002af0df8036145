import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a decision's package was certified. Written once; the citizen's part is a file of the package. */
@Entity('certificate')
export class Certificate {
  @PrimaryColumn('uuid')
  decisionId!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('text')
  keyId!: string;

  /** Of the citizen's part. */
  @Column('text')
  sha256!: string;

  /** The municipality's part in the vault. */
  @Column('text')
  municipalKey!: string;

  @Column('text')
  municipalSha256!: string;

  @Column('int')
  redactions!: number;

  @Column('timestamptz')
  issuedAt!: Date;
}
