import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { ExportedFile } from '../../../host/views/index.ts'
import { downloadBytes } from './download.ts'

/** Most that is unpacked: bytes of a file and of all, and how many files. */
const MOST_BYTES = 1_000_000
const MOST_IN_ALL = 8_000_000
const MOST_FILES = 1000

/** Hands files to the learner as one zip, in a folder of its name. */
export function downloadZip(name: string, files: readonly ExportedFile[]): void {
  const entries = files.map(({ path, text }) => [`${name}/${path}`, strToU8(text)] as const)
  downloadBytes(`${name}.zip`, zipSync(Object.fromEntries(entries), { level: 6 }))
}

/** The texts in a zip, or why they are not taken. What is no text and what a system put in by itself is left out. */
export function readZip(bytes: Uint8Array): { readonly files: readonly ExportedFile[] } | { readonly wrong: string } {
  let total = 0
  let count = 0
  let large = false
  try {
    const unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/') || /(^|\/)(__MACOSX|\.git|\.DS_Store)(\/|$)/.test(name)) return false
        total += originalSize
        count++
        large ||= originalSize > MOST_BYTES || total > MOST_IN_ALL || count > MOST_FILES
        return !large
      },
    })
    if (large) return { wrong: 'The zip holds more than 1,000 files or 8 MB, so it was not taken.' }
    const files = Object.entries(unpacked).flatMap(([path, content]) => {
      const text = strFromU8(content)
      return text.includes('\u0000') || text.includes('\ufffd') ? [] : [{ path, text }]
    })
    return { files }
  } catch {
    return { wrong: 'The zip is damaged, so it was not taken.' }
  }
}
