import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type PackageFileKind =
  'letter' | 'aktliste' | 'package' | 'reading-html' | 'reading-pdf' | 'recording' | 'certificate' | 'certificate-data';

/** One file of what the citizen gets. */
@Entity('package_file')
export class PackageFile {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  decisionId!: string;

  @Column('text')
  kind!: PackageFileKind;

  @Column('int')
  position!: number;

  @Column('text')
  name!: string;

  @Column('text')
  mediaType!: string;

  /** Null when the working copy was deleted; the hash stays. */
  @Column('text', { nullable: true })
  vaultKey!: string | null;

  @Column('text')
  sha256!: string;

  @Column('bigint')
  size!: string;

  @Column('int')
  pages!: number;
}
