import { detectRecording } from './detect-recording';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

it.each([
  ['RIFF\0\0\0\0WAVEfmt ', 'audio', 'wav'],
  ['RIFF\0\0\0\0AVI LIST', 'video', 'avi'],
  ['\0\0\0\x20ftypisom', 'video', 'mp4'],
  ['\0\0\0\x20ftypM4A ', 'audio', 'm4a'],
  ['\0\0\0\x14ftypqt  ', 'video', 'mov'],
  ['OggS\0\x02', 'audio', 'ogg'],
  ['ID3\x04\0\0', 'audio', 'mp3'],
  ['\x1a\x45\xdf\xa3\x01', 'video', 'webm'],
])('%j is %s', (bytes, medium, extension) => {
  expect(detectRecording(latin1(bytes))).toMatchObject({ medium, extension });
});

it('knows bare MPEG sound by two frames, one where the other ends', () => {
  // Layer III, 128 kbit/s at 44,100 Hz: 417 bytes a frame.
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);
  expect(detectRecording(Buffer.concat([frame, frame]))).toMatchObject({ extension: 'mp3' });
  expect(detectRecording(Buffer.concat([frame, Buffer.alloc(413)]))).toBeUndefined();
});

it.each(['\xff\xfeN\0o\0t\0a\0t\0', 'RIFF\0\0\0\0WEBPVP8 ', '\0\0\0\x18ftypheic', 'Notat'])(
  '%j is no recording',
  (bytes) => {
    expect(detectRecording(latin1(bytes))).toBeUndefined();
  },
);
