import type { ExportedFile } from '../../../host/views/index.ts'

/** Most that is taken from a folder: bytes of a file and of all, and how many files. */
const MOST_BYTES = 1_000_000
const MOST_IN_ALL = 8_000_000
const MOST_FILES = 1000

/** What was let go over a place, sorted into files and folders. */
export interface Dropped {
  readonly files: readonly File[]
  readonly folders: readonly FileSystemDirectoryEntry[]
}

/** Sorts what a drop carries. To be called while the drop is handled: afterwards the browser has forgotten what was in it. */
export function droppedOf({ items }: DataTransfer): Dropped {
  const files: File[] = []
  const folders: FileSystemDirectoryEntry[] = []
  for (const item of items) {
    if (item.kind !== 'file') continue
    const entry = item.webkitGetAsEntry()
    if (entry?.isDirectory) folders.push(entry as FileSystemDirectoryEntry)
    else {
      const file = item.getAsFile()
      if (file) files.push(file)
    }
  }
  return { files, folders }
}

/** The texts in a folder, by their paths from the folder's own name on, or why it is not taken. What is no text is left out. */
export async function readFolder(
  folder: FileSystemDirectoryEntry,
): Promise<{ readonly files: readonly ExportedFile[] } | { readonly wrong: string }> {
  const files: ExportedFile[] = []
  let total = 0
  let count = 0
  const visit = async (entry: FileSystemEntry, path: string): Promise<boolean> => {
    if (/^(\.git|\.DS_Store|node_modules)$/.test(entry.name)) return true
    if (entry.isDirectory) {
      for (const inner of await entriesOf(entry as FileSystemDirectoryEntry))
        if (!(await visit(inner, `${path}/${inner.name}`))) return false
      return true
    }
    const file = await new Promise<File>((take, refuse) => (entry as FileSystemFileEntry).file(take, refuse))
    total += file.size
    count++
    if (file.size > MOST_BYTES || total > MOST_IN_ALL || count > MOST_FILES) return false
    const text = await file.text()
    if (!text.includes('\u0000') && !text.includes('\ufffd')) files.push({ path, text })
    return true
  }
  try {
    if (await visit(folder, folder.name)) return { files }
    return { wrong: `${folder.name} holds more than 1,000 files, 8 MB or a file over 1 MB, so it was not taken.` }
  } catch {
    return { wrong: `${folder.name} could not be read, so it was not taken.` }
  }
}

/** All that is in a folder, by name: the browser hands it over in parts, in no order. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((take, refuse) => reader.readEntries(take, refuse))
    if (part.length === 0) return all.sort((a, b) => (a.name < b.name ? -1 : 1))
    all.push(...part)
  }
}
