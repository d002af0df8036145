import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A records system that this authority has connected; the settings (addresses, passwords) are encrypted. */
@Entity('source')
export class SourceRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  /** Short and stable: `sbsys`. Documents are numbered in the order of this. */
  @Column('text')
  key!: string;

  /** A connector's kind, one of `source-kinds.ts`, or `sbsys-journal` for the journal that is written to. */
  @Column('text')
  kind!: string;

  @Column('text')
  name!: string;

  @Column('text')
  owner!: string;

  @Column('bytea')
  settingsSealed!: Buffer;

  @Column('boolean')
  enabled!: boolean;

  /** The names under which the index of cases (SF1470) knows this system. */
  @Column('text', { array: true, default: [] })
  indexNames!: string[];
}
