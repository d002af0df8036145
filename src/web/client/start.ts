/** Wakes what Det Fælles Designsystem does in the browser, and leads a refused form's reader to the list of errors. */
declare const DKFDS: { init(): void } | undefined;

if (typeof DKFDS !== 'undefined') DKFDS.init();
document.querySelector<HTMLElement>('#fejl')?.focus();

// A double click sends one form. The button is closed after the browser has collected the fields, so that its own
// name and value are sent.
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent === 'true') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'true';
});

// Coming back by the browser's own button must find the form open again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) delete form.dataset.sent;
});

export {};
