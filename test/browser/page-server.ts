import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { assetFile } from '../../src/web/pages';

export const ORIGIN = 'http://sider.test';

/** What the real program sends: nothing from elsewhere, no script or style inside the page. */
const POLICY = "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
const mediaTypes: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const pagePicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="80" y="132" font-size="13">Birgit Ravn ringede i dag.</text><text x="80" y="172" font-size="13">20 30 40 50</text><text x="80" y="212" font-size="13">Noteret af Lone Krogh</text></svg>`;

async function answer(route: Route, html: string): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (pathname === '/side') {
    return route.fulfill({
      body: html,
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': POLICY },
    });
  }
  if (pathname.endsWith('/forloeb')) return route.fulfill({ body: '', contentType: 'text/event-stream' });
  // A player that stays empty: how it looks does not depend on what it plays.
  if (route.request().resourceType() === 'media') return route.fulfill({ body: '', contentType: 'audio/mpeg' });
  if (pathname.endsWith('.png')) return route.fulfill({ body: pagePicture, contentType: 'image/svg+xml' });
  const file = assetFile(pathname);
  if (!file || !existsSync(file)) return route.fulfill({ status: 404, body: `Nothing is given out at ${pathname}.` });
  return route.fulfill({
    body: await readFile(file),
    contentType: mediaTypes[extname(file)] ?? 'application/octet-stream',
  });
}

/** Shows a rendered page with its real files and the real policy; returns what the browser complained about. */
export async function open(page: Page, html: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route(`${ORIGIN}/**`, (route) => answer(route, html));
  await page.goto(`${ORIGIN}/side`, { waitUntil: 'load' });
  return complaints;
}
