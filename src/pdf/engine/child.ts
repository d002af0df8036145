import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { joinDossier } from './dossier';
import { PdfError } from './errors';
import type { JobName, JobReply, JobRequest, Jobs } from './jobs';
import { withDocument } from './pdfium';
import { pictureBoxes } from './picture-boxes';
import { readPage } from './read-pages';
import { renderPage } from './render';
import { redactChunk } from './redact-chunk';
import { sanitise, sanitisePages, survey } from './sanitise';
import { merge } from './merge';
import { verifyShare } from '../gate/verify';
import { locate, textUnder } from './find-text';

/** Entry of a child process: one job at a time, files by path, the answer by message. */
type Handlers = { [N in JobName]: (args: Jobs[N]['args']) => Promise<Jobs[N]['result']> };

const handlers: Handlers = {
  pageCount: ({ pdf }) => withDocument(pdf, (document) => document.pages),
  readPages: ({ pdf, pages }) =>
    withDocument(pdf, (document) => {
      const wanted = pages ?? Array.from({ length: document.pages }, (_, index) => index);
      return wanted.map((index) => readPage(document, index));
    }),
  pictureBoxes: ({ pdf }) =>
    withDocument(pdf, (document) =>
      Array.from({ length: document.pages }, (_, index) =>
        document.withPage(index, (page) => pictureBoxes(document, page)),
      ),
    ),
  rasterise: ({ pdf, page, options, out }) =>
    withDocument(pdf, async (document) => {
      const picture = document.withPage(page, (handle) => renderPage(document, handle, options.dpi));
      const { width, height, channels } = picture;
      const image = sharp(picture.data, { raw: { width, height, channels } })
        .removeAlpha()
        .withMetadata({ density: options.dpi });
      const encoded = options.format === 'png' ? image.png({ compressionLevel: 3 }) : image.jpeg({ quality: 85 });
      writeFileSync(out, await encoded.toBuffer(), { mode: 0o600 });
      return null;
    }),
  sanitise,
  survey,
  sanitisePages,
  redactChunk,
  joinDossier,
  merge,
  locate,
  textUnder,
  // The gate is other code by other engines; only the watched process is shared.
  verifyShare: ({ files, rules, share }) => verifyShare(files, rules, share),
};

async function answer(request: JobRequest): Promise<JobReply> {
  try {
    const handle = handlers[request.name] as (args: unknown) => Promise<unknown>;
    return { id: request.id, ok: true, result: await handle(request.args) };
  } catch (error) {
    // A trap of WebAssembly: the engine's memory cannot be trusted after this: the parent takes a fresh child.
    if ((error as Error).name === 'RuntimeError') process.exit(1);
    const known = error instanceof PdfError;
    const message = known ? error.message : `The job "${request.name}" failed: ${(error as Error).message}`;
    return { id: request.id, ok: false, error: { name: known ? error.name : 'PdfError', message } };
  }
}

process.on('message', (request: JobRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit(0));
