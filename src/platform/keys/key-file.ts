import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sealBytes, unsealBytes } from './sealed-bytes';

const KEY_BYTES = 32;

/** A 32-byte key in a file that only its owner may read. */
export class KeyFile {
  private constructor(readonly key: Buffer) {}

  static async open(path: string): Promise<KeyFile> {
    const key = await readFile(path).catch(() => {
      throw new Error(
        `The key file ${path} could not be read. Make it with "aktindsigt keys create ${path}" and keep a copy: without it nothing can be opened.`,
      );
    });
    if (key.length !== KEY_BYTES) throw new Error(`The key file ${path} must hold exactly ${KEY_BYTES} bytes.`);
    if (((await stat(path)).mode & 0o077) !== 0)
      throw new Error(`The key file ${path} can be read by others. Set its mode to 0600.`);
    return new KeyFile(key);
  }

  /** Makes the file when it is missing; never replaces one. */
  static async create(path: string): Promise<KeyFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      throw error;
    });
    if (handle) {
      await handle.writeFile(randomBytes(KEY_BYTES));
      await handle.sync();
      await handle.close();
    }
    return KeyFile.open(path);
  }

  wrapNewKey(): Buffer {
    return this.wrap(randomBytes(KEY_BYTES));
  }

  wrap(key: Buffer): Buffer {
    return sealBytes(this.key, key, 'authority-key');
  }

  unwrap(wrapped: Buffer): Buffer {
    return unsealBytes(this.key, wrapped, 'authority-key');
  }
}
