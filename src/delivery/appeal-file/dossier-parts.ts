import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { typeset, type DossierPart, type PdfEngine } from '../../pdf';
import type { AuditedAct } from '../../platform/audit-log/audit-log';
import type { Vault } from '../../platform/vault/vault';

const TEMPLATES = join(__dirname, '..', '..', '..', 'templates', 'letters');

/** A heading of the index with what stands under it, in the order of the pages. */
export interface Section {
  title: string;
  entries: { title: string; parts: DossierPart[] }[];
  /** Each entry has a line and a bookmark of its own. */
  isListed: boolean;
}

/** Data of `klagesag-side.typ`: one of the file's own pages. */
export interface OwnPage {
  title: string;
  rows: { label: string; value: string }[];
  text: string;
}

/** Files in a folder that become parts of the dossier: out of the vault, or set by us. Content never lies in memory whole. */
export class DossierParts {
  private count = 0;

  constructor(
    private readonly folder: string,
    private readonly authorityId: string,
    private readonly createdAt: Date,
    private readonly vault: Vault,
    private readonly engine: PdfEngine,
  ) {}

  async fromVault(address: string | null, act: AuditedAct, stamp: string): Promise<DossierPart> {
    return this.part(await this.fetch(address, act, 'pdf'), stamp);
  }

  /** A path in the folder with the content of the vault. */
  async fetch(address: string | null, act: AuditedAct, extension: string): Promise<string> {
    const path = this.nextPath(extension);
    await pipeline(await this.vault.read(this.authorityId, address, act), createWriteStream(path, { mode: 0o600 }));
    return path;
  }

  page(page: OwnPage, stamp: string): Promise<DossierPart> {
    return this.set('klagesag-side.typ', page, stamp);
  }

  async set(template: string, data: unknown, stamp: string): Promise<DossierPart> {
    const { pdf } = await typeset(join(TEMPLATES, template), data, { standard: 'ua-1', createdAt: this.createdAt });
    return this.part(await this.write(pdf, 'pdf'), stamp);
  }

  async write(content: Uint8Array, extension: string): Promise<string> {
    const path = this.nextPath(extension);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }

  private async part(path: string, stamp: string): Promise<DossierPart> {
    return { path, pages: await this.engine.pageCount(path), stamp };
  }

  private nextPath(extension: string): string {
    return join(this.folder, `${(this.count += 1)}.${extension}`);
  }
}

/** A section that is one thing. */
export function single(title: string, part: DossierPart): Section {
  return { title, entries: [{ title, parts: [part] }], isListed: false };
}

export function pagesOf(parts: DossierPart[]): number {
  return parts.reduce((sum, { pages }) => sum + pages, 0);
}
