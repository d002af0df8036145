import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the vault holds: an address, the file's key wrapped by the authority's, and how many rows point at it. */
@Entity('vault_object')
export class VaultObject {
  @PrimaryColumn('uuid')
  authorityId!: string;

  @PrimaryColumn('text')
  address!: string;

  @Column('bigint')
  size!: string;

  @Column('bytea')
  wrappedKey!: Buffer;

  @Column('int')
  refs!: number;
}
