import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { PageReading, ReadingDoubt, ReadingMeasures } from '../contracts';

/** One page of a file: how it was read, and who has looked at it. */
@Entity('page')
export class PageRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('uuid')
  fileId!: string;

  /** From 0. */
  @Column('int')
  number!: number;

  /** Points. */
  @Column('real')
  width!: number;

  @Column('real')
  height!: number;

  @Column('int')
  rotation!: number;

  @Column('text')
  reading!: PageReading;

  @Column('real', { nullable: true })
  trust!: number | null;

  /** Why no machine could read it surely; null when one could. */
  @Column('text', { nullable: true })
  doubt!: ReadingDoubt | null;

  /** How far the reading of its picture can be trusted; null for text that is the file's own. */
  @Column('jsonb', { nullable: true })
  measures!: ReadingMeasures | null;

  /** True for a picture: faces, house numbers and plates are for a human eye. */
  @Column('boolean')
  photo!: boolean;

  /** True when the page became a picture in the redacted file. */
  @Column('boolean')
  rasterised!: boolean;

  /** Why the page became a picture when it was redacted; see `RasterReason`. */
  @Column('text', { nullable: true })
  rasterisedWhy!: string | null;

  @Column('uuid', { nullable: true })
  seenBy!: string | null;

  @Column('timestamptz', { nullable: true })
  seenAt!: Date | null;
}
