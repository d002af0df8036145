interface Cookie {
  name: string;
  value: string;
  host: string;
  path: string;
}

/** The cookies of one browser. Ports do not matter, hosts and paths do (RFC 6265). */
export class CookieJar {
  private cookies: Cookie[] = [];

  /** Keeps what an answer sets, and forgets what it lets expire. */
  keep(from: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const [name, value] = splitOnce(pair as string);
      const read = new Map(
        attributes.map((attribute) => splitOnce(attribute)).map(([key, text]) => [key.toLowerCase(), text]),
      );
      const path = read.get('path') ?? '/';
      this.cookies = this.cookies.filter(
        (known) => known.name !== name || known.host !== from.hostname || known.path !== path,
      );
      const expires = read.get('expires');
      const isOver = read.get('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now());
      if (!isOver) this.cookies.push({ name, value, host: from.hostname, path });
    }
  }

  /** The Cookie header for an address; empty when there is nothing to send. */
  headerFor(address: URL): string {
    return this.cookies
      .filter(({ host, path }) => host === address.hostname && isBelow(path, address.pathname))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** The value of a cookie that would be sent to an address. */
  value(address: URL, name: string): string | undefined {
    return this.cookies.find(
      (cookie) => cookie.name === name && cookie.host === address.hostname && isBelow(cookie.path, address.pathname),
    )?.value;
  }
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

function isBelow(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
