import type { FileNode, Files } from '../../../shell/files.ts'
import { dirname } from '../../../shell/files.ts'
import { binaryFile } from '../binaryFile.ts'

/** Puts a file in place, with the folders that it needs. */
export function put(files: Files, path: string, node: FileNode): void {
  const folders: string[] = []
  for (let up = dirname(path); up !== '/' && !files.isDirectory(up); up = dirname(up)) folders.unshift(up)
  for (const folder of folders) files.place(folder, { dir: true, at: node.at })
  files.place(path, node)
}

/** Puts a file that stands for so many bytes. */
export function putBytes(files: Files, path: string, what: string, bytes: number, at: number): void {
  put(files, path, binaryFile(what, bytes, at))
}

/** A number from 0 up to `below` that a text stands for: the same text gives the same number. */
export function numberOf(text: string, below: number): number {
  let hash = 7
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return hash % below
}
