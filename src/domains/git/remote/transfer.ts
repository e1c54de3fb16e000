import { type ObjectStore, readObject } from '../object/store.ts'

/** Stored texts of the objects that these lead to and that the other store lacks, by id. */
export function missingObjects(
  from: ObjectStore,
  to: ObjectStore,
  wanted: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const work = [...wanted]
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    if (found.has(id) || to.text(id) !== undefined) continue
    const text = from.text(id)
    const object = readObject(from, id)
    if (text === undefined || !object) continue
    found.set(id, text)
    if (object.type === 'commit') work.push(...object.parents, object.tree)
    else if (object.type === 'tag') work.push(object.object)
    else if (object.type === 'tree')
      for (const entry of object.entries) if (entry.mode !== '160000') work.push(entry.id)
  }
  return found
}

/** What git says at a terminal while it sends a pack. Unlike git it finds no deltas, and sizes are those before compression. */
export function sendingText(objects: ReadonlyMap<string, string>): string {
  const n = objects.size
  const bytes = [...objects.values()].reduce((sum, text) => sum + text.length, 0)
  return [
    `Enumerating objects: ${n}, done.`,
    `Counting objects: 100% (${n}/${n}), done.`,
    ...(n > 1
      ? ['Delta compression using up to 2 threads', `Compressing objects: 100% (${n - 1}/${n - 1}), done.`]
      : []),
    `Writing objects: 100% (${n}/${n}), ${sizeText(bytes)} | ${sizeText(bytes, true)}/s, done.`,
    `Total ${n} (delta 0), reused 0 (delta 0), pack-reused 0 (from 0)`,
    '',
  ].join('\n')
}

/** What git says at a terminal while it takes in a pack. */
export function receivingText(objects: ReadonlyMap<string, string>): string {
  const n = objects.size
  return [
    `remote: Enumerating objects: ${n}, done.`,
    `remote: Counting objects: 100% (${n}/${n}), done.`,
    ...(n > 1 ? [`remote: Compressing objects: 100% (${n - 1}/${n - 1}), done.`] : []),
    `remote: Total ${n} (delta 0), reused 0 (delta 0), pack-reused 0 (from 0)`,
    `Receiving objects: 100% (${n}/${n}), done.`,
    '',
  ].join('\n')
}

function sizeText(bytes: number, rate = false): string {
  if (bytes < 1024) return rate ? `${bytes}.00 KiB` : `${bytes} bytes`
  return bytes < 1 << 20 ? `${(bytes / 1024).toFixed(2)} KiB` : `${(bytes / (1 << 20)).toFixed(2)} MiB`
}
