/**
 * Whether a reference leads out of the file: to the net, to a share (`\\server`, which Windows also resolves over the
 * net), or to another file on this machine. Only `data:`, `cid:` and references inside the document stay.
 */
export function isRemoteReference(reference: string): boolean {
  const bare = reference.replace(/[\u0000-\u0020]/g, '');
  if (bare === '' || bare.startsWith('#')) return false;
  return !/^(data|cid|mailto|tel|about):/i.test(bare);
}

/** Whether CSS hides what it is put on. */
export function isHidingStyle(style: string): boolean {
  return /(display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]))/i.test(
    style,
  );
}

/** CSS without anything that fetches or hides: imports, url() other than data:, hiding declarations, escapes. */
export function harmlessStyle(style: string): string {
  return style
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\\[0-9a-f]{1,6}\s?|\\/gi, '')
    .replace(/@import[^;]*;?/gi, '')
    .replace(/@font-face\s*\{[^}]*\}?/gi, '')
    .replace(/[a-z-]*\s*:[^;{}]*(url|image|image-set|src|expression)\s*\([^;{}]*/gi, '')
    .replace(/(display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|mso-hide\s*:\s*all)[^;}]*/gi, '')
    .replace(/font-size\s*:\s*0(?![.\d])[^;}]*/gi, '');
}
