import { extensionOf, hasRefusedCharacter } from './file-name';
import { extensionsOf, isMediaType } from './media-types';
import type { FaultList } from './memo-fault';
import { MEMO_LIMITS } from './memo-limits';
import type { MemoFileFacts, ReadMemo } from './read-memo';

/** Number, size, names and contents of the files. Files are named by their place: a name can hold personal data. */
export function checkFiles(memo: ReadMemo, faults: FaultList): void {
  memo.files.forEach((file, index) => {
    const path = `${file.document}/File[${index + 1}]`;
    checkName(file, path, faults);
    checkMediaType(file, path, faults);
    checkContent(file, path, faults);
  });
  checkUniqueNames(memo.files, faults);
  checkAmounts(memo, faults);
}

function checkName(file: MemoFileFacts, path: string, faults: FaultList): void {
  const at = `${path}/filename`;
  if (file.fileName.trim() === '') {
    faults.error('file-name-empty', at, `${at} is empty; every file needs a name with an extension.`);
    return;
  }
  if (hasRefusedCharacter(file.fileName)) {
    faults.error(
      'file-name-characters',
      at,
      `${at} holds a character that Digital Post refuses (< > : " / \\ | ? *, a line break or an unusual space). Replace it.`,
    );
  }
  if (extensionOf(file.fileName) === '') {
    faults.error(
      'file-name-extension',
      at,
      `${at} has no extension; the recipient's machine needs one to open the file.`,
    );
  }
}

function checkMediaType(file: MemoFileFacts, path: string, faults: FaultList): void {
  const at = `${path}/encodingFormat`;
  if (!isMediaType(file.mediaType)) {
    faults.error('media-type', at, `${at} must be a media type such as application/pdf.`);
    return;
  }
  const extension = extensionOf(file.fileName);
  const fitting = extensionsOf(file.mediaType);
  if (!fitting) {
    faults.doubt(
      'media-type-unknown',
      at,
      `${at} is ${file.mediaType}, which is not known to be taken; PDF always is.`,
    );
  } else if (extension !== '' && !fitting.includes(extension)) {
    faults.error(
      'file-name-fits-type',
      `${path}/filename`,
      `${path}/filename ends in .${extension}, which does not fit ${file.mediaType} (.${fitting.join(', .')}).`,
    );
  }
}

function checkContent(file: MemoFileFacts, path: string, faults: FaultList): void {
  const at = `${path}/content`;
  if (!file.base64IsValid) {
    faults.error('base64', at, `${at} is not valid base64; nobody could open the file. Encode it again.`);
    return;
  }
  if (file.size === 0) {
    faults.error('content-empty', at, `${at} is empty; a file of no bytes cannot be delivered.`);
    return;
  }
  if (file.mediaType.toLowerCase() === 'application/pdf' && !file.firstBytes.toString('latin1').startsWith('%PDF-')) {
    faults.notFromUs(
      'pdf-magic',
      at,
      `${at} says application/pdf and does not begin with %PDF-, so it is no PDF file.`,
    );
  }
}

function checkUniqueNames(files: MemoFileFacts[], faults: FaultList): void {
  const seen = new Map<string, number>();
  files.forEach((file, index) => {
    const name = file.fileName.toLowerCase();
    const earlier = seen.get(name);
    seen.set(name, file.documentNumber);
    if (earlier === undefined || name.trim() === '') return;
    const at = `${file.document}/File[${index + 1}]/filename`;
    const sentence = `${at} is the name of an earlier file of the message too; the recipient cannot tell them apart. Give each its own.`;
    // The official example repeats a name in another document.
    if (earlier === file.documentNumber) faults.error('file-name-unique', at, sentence);
    else faults.notFromUs('file-name-unique', at, sentence);
  });
}

function checkAmounts(memo: ReadMemo, faults: FaultList): void {
  if (memo.files.length > MEMO_LIMITS.files) {
    faults.error(
      'file-count',
      'MessageBody',
      `The message has ${memo.files.length} files, and ${MEMO_LIMITS.files} is the most. Split it into several messages.`,
    );
  }
  const raw = memo.files.reduce((sum, file) => sum + file.size, 0);
  if (raw > MEMO_LIMITS.rawBytes) {
    faults.error(
      'size-of-files',
      'MessageBody',
      `The files are ${raw} bytes together, and ${MEMO_LIMITS.rawBytes} is the most. Split the message.`,
    );
  }
  if (memo.bytes > MEMO_LIMITS.messageBytes) {
    faults.error(
      'size-of-message',
      'Message',
      `The message is ${memo.bytes} bytes, and ${MEMO_LIMITS.messageBytes} is the most. Split the message.`,
    );
  }
}
