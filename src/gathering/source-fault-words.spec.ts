import { sourceFaultInWords } from './source-fault-words';

describe('the words for a source that cannot be read', () => {
  it('say what happened, with the status code of the answer', () => {
    expect(sourceFaultInWords('unavailable', 'The records system is out of order (HTTP 500); it is tried again.')).toBe(
      'Systemet er ude af drift eller kan ikke nås. (Fejlkode HTTP 500.)',
    );
  });

  it('repeat nothing else of what the source answered', () => {
    expect(sourceFaultInWords('contract', 'It answered with a web page.')).toBe(
      'Systemet svarede med noget andet end de data, vi bad om, for eksempel en fejlside.',
    );
  });

  it('have a sentence for a fault that no connector named', () => {
    expect(sourceFaultInWords(null, null)).toBe('Systemet kunne ikke læses.');
  });
});
