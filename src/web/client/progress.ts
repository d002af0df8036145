/**
 * Keeps the request's progress fresh: each server-sent event `forloeb` carries the whole fragment as HTML. The browser
 * reconnects by itself; `slut` says that nothing more will come, and the page is read again for what came with it.
 */
const region = document.querySelector<HTMLElement>('[data-forloeb]');

function replaceContent(target: HTMLElement, html: string): void {
  const fragment = new DOMParser().parseFromString(html, 'text/html');
  target.replaceChildren(...fragment.body.childNodes);
}

/** Only the sentence is read aloud, and only when it is another one than before. */
function sentenceOf(target: HTMLElement): string {
  return target.querySelector('[aria-live]')?.textContent ?? '';
}

function announce(target: HTMLElement, before: string): void {
  const sentence = target.querySelector<HTMLElement>('[aria-live]');
  if (!sentence || sentence.textContent === before) return;
  const text = sentence.textContent ?? '';
  sentence.textContent = '';
  requestAnimationFrame(() => (sentence.textContent = text));
}

if (region?.dataset.forloeb) {
  const source = new EventSource(region.dataset.forloeb);
  source.addEventListener('forloeb', (event) => {
    const before = sentenceOf(region);
    replaceContent(region, (event as MessageEvent<string>).data);
    announce(region, before);
  });
  source.addEventListener('slut', () => {
    source.close();
    window.location.reload();
  });
  window.addEventListener('pagehide', () => source.close());
}

export {};
