import { createHash } from 'node:crypto';
import { pageFile, textPage } from './text-page';

describe('a page of something that is no file', () => {
  it('holds title, facts, fields and text, and nothing that could be markup', () => {
    const page = textPage({
      title: 'Notat <1>',
      facts: ['2024-01-04', undefined, 'KJ'],
      fields: [['Årsag & virkning', 'a\nb']],
      text: '1 < 2',
    }).toString();
    expect(page).toContain('<h1>Notat &lt;1&gt;</h1>');
    expect(page).toContain('<p>2024-01-04, KJ</p>');
    expect(page).toContain('<dt>Årsag &amp; virkning</dt><dd>a<br>b</dd>');
    expect(page).toContain('<p>1 &lt; 2</p>');
  });

  it('keeps a note that is HTML as it is', () => {
    expect(textPage({ title: 'Notat', html: '<p>Ringede & spurgte</p>' }).toString()).toContain(
      '<p>Ringede & spurgte</p>',
    );
  });

  it('is listed with its own size and hash', () => {
    const page = textPage({ title: 'Notat' });
    const sha256 = createHash('sha256').update(page).digest('hex');
    expect(pageFile('note-7', page)).toEqual({
      sourceFileId: 'note-7',
      name: 'note-7.html',
      mediaType: 'text/html',
      size: page.length,
      sha256,
    });
  });
});
