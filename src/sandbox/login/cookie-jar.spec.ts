import { CookieJar } from './cookie-jar';

const setting = (...lines: string[]): Response =>
  new Response(null, { headers: lines.map((line): [string, string] => ['set-cookie', line]) });

const at = (path: string): URL => new URL(`http://127.0.0.1:8080${path}`);

it('sends a cookie to its host and below its path only, on every port', () => {
  const jar = new CookieJar();
  jar.keep(at('/'), setting('all=1; path=/', 'deep=2; path=/auth/x; HttpOnly'));
  expect(jar.headerFor(at('/auth/x'))).toBe('all=1; deep=2');
  expect(jar.headerFor(at('/auth/xy'))).toBe('all=1');
  expect(jar.headerFor(new URL('http://127.0.0.1:9090/'))).toBe('all=1');
  expect(jar.headerFor(new URL('http://localhost:8080/'))).toBe('');
});

it('replaces a cookie that is set again and forgets one that has expired', () => {
  const jar = new CookieJar();
  jar.keep(at('/'), setting('a=1; path=/', 'b=1; path=/'));
  jar.keep(at('/'), setting('a=x=y; path=/', 'b=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT'));
  expect(jar.headerFor(at('/'))).toBe('a=x=y');
  expect(jar.value(at('/'), 'a')).toBe('x=y');
});
