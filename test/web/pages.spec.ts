import { existsSync, readdirSync } from 'node:fs';
import { assetFile, Pages } from '../../src/web/pages';
import { TEMPLATE_FOLDER } from '../../src/web/pages/environment';
import { elementsOf, isInside } from './element-tree';
import { allPages } from './fixtures';

const pages = new Pages();
const rendered = allPages.map((page) => ({ name: page.name, html: page.render(pages) }));
const cases = rendered.map(({ name, html }) => [name, html] as const);
const HIDDEN_FROM_LABELS = ['hidden', 'submit', 'button'];

describe('every template', () => {
  it('is shown by at least one fixture', () => {
    const templates = readdirSync(TEMPLATE_FOLDER)
      .filter((file) => file.endsWith('.njk') && file !== 'layout.njk')
      .map((file) => file.replace('.njk', ''));
    const unseen = templates.filter(
      (name) => !rendered.some((page) => page.name === name || page.name.startsWith(`${name}-`)),
    );
    expect(templates.length).toBeGreaterThan(15);
    expect(unseen).toEqual([]);
  });
});

describe.each(cases)('the page %s', (_name, html) => {
  const elements = elementsOf(html);
  const named = (name: string) => elements.filter((element) => element.name === name);

  it('is Danish, has a title and one main heading', () => {
    expect(elements[0]?.attributes.lang).toBe('da');
    expect(named('title')[0]?.text.trim()).toMatch(/^\S.+ – Solby Kommune$/);
    expect(named('h1')).toHaveLength(1);
    expect(named('main')).toHaveLength(1);
  });

  it('prints no value that is missing', () => {
    const text = named('body')[0]?.text ?? '';
    expect(text).not.toMatch(/undefined|\[object|NaN|null/);
    expect(text).toContain('Solby Kommune');
  });

  it('gives every field a label', () => {
    const labelled = new Set(named('label').map((label) => label.attributes.for));
    const fields = elements.filter(
      ({ name, attributes }) =>
        ['input', 'select', 'textarea'].includes(name) && !HIDDEN_FROM_LABELS.includes(attributes.type ?? ''),
    );
    expect(fields.filter((field) => !labelled.has(field.attributes.id)).map((field) => field.attributes.name)).toEqual(
      [],
    );
  });

  it('uses every id once, and points at ids that exist', () => {
    const ids = elements.map(({ attributes }) => attributes.id).filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    const pointed = elements.flatMap(({ attributes }) => [
      ...(attributes['aria-labelledby'] ?? '').split(' '),
      ...(attributes['aria-describedby'] ?? '').split(' '),
      attributes.for ?? '',
      attributes.href?.startsWith('#') ? attributes.href.slice(1) : '',
    ]);
    expect(pointed.filter((id) => id !== '' && !ids.includes(id))).toEqual([]);
  });

  it('has no script, style or handler in the page itself', () => {
    expect(named('script').filter((script) => !script.attributes.src || script.text.trim())).toEqual([]);
    expect(named('style')).toEqual([]);
    const inline = elements.flatMap(({ attributes }) =>
      Object.keys(attributes).filter((key) => key === 'style' || /^on/.test(key)),
    );
    expect(inline).toEqual([]);
  });

  it('carries the CSRF token in every form that posts, and in no other', () => {
    const tokens = named('input').filter(({ attributes }) => attributes.name === '_csrf');
    const posting = named('form').filter(({ attributes }) => attributes.method === 'post');
    expect(named('form').every(({ attributes }) => ['get', 'post'].includes(attributes.method ?? ''))).toBe(true);
    expect(tokens).toHaveLength(posting.length);
    expect(tokens.every((token) => isInside(token, 'form') && token.attributes.value === 'csrf-prøve')).toBe(true);
  });

  it('asks only for files that are given out', () => {
    const addresses = elements
      .flatMap(({ attributes }) => [attributes.href, attributes.src])
      .filter((address): address is string => address?.startsWith('/assets/') ?? false)
      .map((address) => address.replace(/#.*/, ''));
    const own = [...new Set(addresses)].filter((address) => !address.startsWith('/assets/klient/'));
    expect(own.length).toBeGreaterThan(2);
    expect(own.filter((address) => !existsSync(assetFile(address) ?? ''))).toEqual([]);
  });
});

describe('text from elsewhere', () => {
  it('is escaped wherever it stands', () => {
    const page = rendered.find(({ name }) => name === 'leverance');
    expect(page?.html).toContain('&lt;b&gt;');
    expect(page?.html).not.toContain('<b>');
  });
});
