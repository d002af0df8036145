import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { freePort, startRealServer, type RealServer } from '../process/real-server';

/** Every mailbox of the server has this password. */
export const MAILBOX_PASSWORD = 'hemmelig';

/** Whose processes and mails: dovecot refuses to let root read mail. */
interface Owner {
  user: string;
  group: string;
  login: string;
  uid: number;
  gid: number;
}

const UNPRIVILEGED: Owner = { user: 'nobody', group: 'nogroup', login: 'nobody', uid: 65_534, gid: 65_534 };

/** The real dovecot with mailboxes of its own, in a folder that is gone when it stops; no rights are needed to run it. */
export class ImapServer {
  private delivered = 0;

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly owner: Owner,
    private readonly server: RealServer,
  ) {}

  /** @param tokenUrl where the server asks whose mailbox a token opens; passwords alone without it */
  static async start(tokenUrl?: string): Promise<ImapServer> {
    const folder = await mkdtemp(join(tmpdir(), 'imap-'));
    const owner = ownerOfMails();
    try {
      await chmod(folder, 0o755);
      const port = await freePort();
      for (const name of ['mail', 'run', 'state']) await mkdir(join(folder, name), { mode: 0o755 });
      await chown(join(folder, 'mail'), owner.uid, owner.gid);
      const file = join(folder, 'dovecot.conf');
      const tokenFile = join(folder, 'oauth2.conf');
      if (tokenUrl !== undefined) await writeFile(tokenFile, introspection(tokenUrl));
      await writeFile(file, configuration(folder, port, owner) + (tokenUrl === undefined ? '' : byToken(tokenFile)));
      const server = await startRealServer({ program: 'dovecot', args: ['-F', '-c', file], port });
      return new ImapServer(port, folder, owner, server);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Lays a whole mail, with CRLF at the end of its lines, into a mailbox; `INBOX` is the folder of new mails. */
  async deliver(mailbox: string, folder: string, mail: Buffer | AsyncIterable<Buffer>): Promise<void> {
    const place = await this.place(mailbox, folder);
    this.delivered += 1;
    const name = `${1_600_000_000 + this.delivered}.M${this.delivered}.solby`;
    const path = join(place, 'cur', `${name}:2,`);
    await pipeline(Readable.from(Buffer.isBuffer(mail) ? [mail] : mail), createWriteStream(path, { mode: 0o600 }));
    await chown(path, this.owner.uid, this.owner.gid);
  }

  /** Takes the right to look into a folder from the mailbox's own user; it may still see that the folder is there. */
  async lock(mailbox: string, folder: string): Promise<void> {
    const file = join(await this.place(mailbox, folder), 'dovecot-acl');
    await writeFile(file, 'owner l\n');
    await chown(file, this.owner.uid, this.owner.gid);
  }

  /** The file names of a folder's mails; a flag is a letter after `:2,`, and `S` says that the mail was read. */
  async namesOf(mailbox: string, folder: string): Promise<string[]> {
    const place = await this.place(mailbox, folder);
    return [...(await readdir(join(place, 'cur'))), ...(await readdir(join(place, 'new')))].sort();
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A folder on the disk, made when it is not there (Maildir++). */
  private async place(mailbox: string, folder: string): Promise<string> {
    const home = join(this.folder, 'mail', mailbox);
    const place = folder === 'INBOX' ? home : join(home, `.${folder.replaceAll('/', '.')}`);
    for (const path of [home, place, join(place, 'cur'), join(place, 'new'), join(place, 'tmp')]) {
      await mkdir(path, { mode: 0o700, recursive: true });
      await chown(path, this.owner.uid, this.owner.gid);
    }
    return place;
  }
}

function ownerOfMails(): Owner {
  const { uid, gid, username } = userInfo();
  const group = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim();
  return uid === 0 ? UNPRIVILEGED : { user: username, group, login: username, uid, gid };
}

function configuration(folder: string, port: number, { user, group, login, uid, gid }: Owner): string {
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${login}
default_vsz_limit = 512M
first_valid_uid = 1
mail_uid = ${uid}
mail_gid = ${gid}
mail_location = maildir:${folder}/mail/%n
mail_plugins = acl
auth_failure_delay = 0
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=${MAILBOX_PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%n
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sendt {
    special_use = \\Sent
  }
  mailbox Kladder {
    special_use = \\Drafts
  }
}
protocol imap {
  mail_plugins = acl imap_acl
}
plugin {
  acl = vfile
}
`;
}

function introspection(tokenUrl: string): string {
  return `introspection_mode = auth
introspection_url = ${tokenUrl}/introspect
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
`;
}

function byToken(tokenFile: string): string {
  return `auth_mechanisms = plain xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${tokenFile}
}
`;
}
