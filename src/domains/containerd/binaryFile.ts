import type { FileNode } from '../../shell/files.ts'

/**
 * A file that stands for bytes that the lab does not have: a program, a library, an archive. Its text is one line that says what it is and how
 * large, so that sizes of layers are right and `rm` really frees them.
 */
export function binaryFile(what: string, bytes: number, at: number): FileNode {
  return { text: `${MARK}${what} size=${Math.round(bytes)}\n`, at, mode: 0o755 }
}

const MARK = '\u007fELF '

export function isBinary(node: FileNode): boolean {
  return node.text?.startsWith(MARK) ?? false
}

/** What a binary stands for, as it was given to `binaryFile`; undefined for a file of text. */
export function whatBinary(node: FileNode): string | undefined {
  return node.text?.startsWith(MARK) ? node.text.slice(MARK.length).replace(/ size=\d+\n?$/, '') : undefined
}

/** Bytes of a file: of its text in UTF-8, or those that it stands for. */
export function fileSize(node: FileNode): number {
  if (node.dir || node.text === undefined) return 0
  if (isBinary(node)) return Number(/ size=(\d+)\n?$/.exec(node.text)?.[1] ?? 0)
  return byteLength(node.text)
}

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) bytes++
    else if (code < 0x800) bytes += 2
    else if (code >= 0xd800 && code < 0xdc00) {
      bytes += 4
      at++
    } else bytes += 3
  }
  return bytes
}
