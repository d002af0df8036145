import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A box or a film that was ordered from a paper archive, to be scanned. */
@Entity('paper_order')
export class PaperOrder {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  sourceRunId!: string;

  @Column('text')
  medium!: 'paper' | 'microfilm';

  @Column('text')
  box!: string;

  /** Of the file in the box, or of the frame on the film. */
  @Column('text')
  number!: string;

  @Column('int')
  pagesEstimated!: number;

  @Column('uuid')
  orderedBy!: string;

  @Column('timestamptz')
  orderedAt!: Date;

  /** Set when everything of it is scanned and uploaded. */
  @Column('int', { nullable: true })
  pagesReceived!: number | null;

  @Column('uuid', { nullable: true })
  closedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;
}
