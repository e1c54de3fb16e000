import { parseAllDocuments } from 'yaml'
import type { CorpusFile } from './corpus.ts'
import { isServed } from './served.ts'

/** One complaint of kubectl, and the sort of refusal that it is when the real API would say the same; `unexpected` otherwise. */
export interface Refusal {
  readonly text: string
  readonly sort: string
}

/** Judges every complaint about one applied file by the file itself: a refusal is expected only when the file gives cause for it. */
export function refusals(file: CorpusFile, text: string, complaints: readonly string[]): readonly Refusal[] {
  const objects = objectsOf(text)
  return complaints.map((complaint) => ({
    text: complaint,
    sort: sortOf(file, text, objects, complaint) ?? 'unexpected',
  }))
}

type Loose = { readonly [key: string]: unknown }

function sortOf(
  file: CorpusFile,
  text: string,
  objects: readonly Loose[] | undefined,
  complaint: string,
): string | undefined {
  const [, kind, version] = /no matches for kind "([^"]+)" in version "([^"]+)"/.exec(complaint) ?? []
  if (kind !== undefined && version !== undefined)
    return isServed(version, kind) ? undefined : 'kind that is not installed'
  if (/ensure CRDs are installed first/.test(complaint)) return 'kind that is not installed'
  if (
    /error converting YAML to JSON|error parsing|yaml: |json: |invalid character|mapping values are not allowed/.test(
      complaint,
    )
  ) {
    if (/cannot unmarshal|Go struct field/.test(complaint)) return wrongType(text, complaint)
    return objects === undefined || file.note !== '' || /\{\{/.test(text) ? 'does not parse' : undefined
  }
  if (/no objects passed to/.test(complaint)) return (objects ?? []).length === 0 ? 'holds no object' : undefined
  if (/apiVersion not set|kind not set|Object 'Kind' is missing|Object 'apiVersion' is missing/.test(complaint))
    return (objects ?? []).some((object) => !object.kind || !object.apiVersion) ? 'is no API object' : undefined
  const [, namespace] = /namespaces "([^"]+)" not found/.exec(complaint) ?? []
  if (namespace !== undefined) return text.includes(namespace) ? 'namespace that is not there' : undefined
  if (/generate ?name/i.test(complaint)) return /generateName:/.test(text) ? 'generateName with apply' : undefined
  if (/resource name may not be empty|name: Required value: name or generateName is required/.test(complaint))
    return (objects ?? []).some((object) => !(object.metadata as Loose | undefined)?.name)
      ? 'partial: has no name'
      : undefined
  const [, account] = /service ?account "?([\w./-]+)"?.* not found/i.exec(complaint) ?? []
  if (account !== undefined)
    return /serviceAccount(?:Name)?:/.test(text) ? 'service account that is not there' : undefined
  const [, priority] = /no PriorityClass with name (\S+) was found/.exec(complaint) ?? []
  if (priority !== undefined) return text.includes(priority) ? 'priority class that is not there' : undefined
  if (/\$\{?[A-Za-z_]\w*/.test(text) && /Invalid value|invalid|decod|quantit|parse/i.test(complaint))
    return 'template with $VARS'
  const [, field] = /unknown field "([^"]+)"/.exec(complaint) ?? []
  if (field !== undefined)
    return text.includes(field.slice(field.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '')) ? 'unknown field' : undefined
  if (/resourceVersion should not be set/.test(complaint))
    return /resourceVersion:/.test(text) ? 'sets a resourceVersion' : undefined
  if (/illegal base64/.test(complaint)) return isNotBase64(text) ? 'value that is not base64' : undefined
  if (file.category === 'invalid-manifest' && /is invalid:/.test(complaint)) return 'invalid on purpose'
  return required(complaint, objects) ?? invalidValue(complaint, text)
}

/** `spec.selector: Required value` for an object that has no such field: a patch or a fragment. */
function required(complaint: string, objects: readonly Loose[] | undefined): string | undefined {
  const fields = [...complaint.matchAll(/([a-zA-Z][\w.[\]"/-]*): Required value/g)].map((match) => match[1] as string)
  if (fields.length === 0) return undefined
  const absent = fields.every((field) => (objects ?? []).some((object) => isEmpty(at(object, field))))
  return absent ? 'partial: lacks a required field' : undefined
}

/** A value that the complaint quotes and that stands in the file. */
function invalidValue(complaint: string, text: string): string | undefined {
  const values = [
    ...complaint.matchAll(/(?:Invalid|Unsupported|Duplicate) value: (?:"((?:[^"\\]|\\.)*)"|(\S+?):)/g),
  ].map((match) => match[1] ?? match[2] ?? '')
  if (values.length === 0) return undefined
  return values.every(
    (value) =>
      value === 'null' ||
      value === '{}' ||
      value.startsWith('{') ||
      value.startsWith('map[') ||
      text.includes(value.replaceAll('\\"', '"')),
  )
    ? 'invalid value'
    : undefined
}

/** Whether the data of a Secret, or a bundle of certificates, is a placeholder. */
function isNotBase64(text: string): boolean {
  return [...text.matchAll(/^\s+[\w.-]+: *"?([^\s"]+)"?\s*$/gm)].some(([, value = '']) => /[^A-Za-z0-9+/=]/.test(value))
}

function wrongType(text: string, complaint: string): string | undefined {
  const [, field] = /field [\w.]*?([a-zA-Z]+) of type/.exec(complaint) ?? []
  return field === undefined || text.includes(field) ? 'value of a wrong type' : undefined
}

function at(object: unknown, path: string): unknown {
  let value = object
  for (const part of path.split(/[.[\]]+/).filter((step) => step !== '')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Loose)[part]
  }
  return value
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function objectsOf(text: string): readonly Loose[] | undefined {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' })
    if (documents.some((document) => document.errors.length > 0)) return undefined
    return documents
      .map((document) => document.toJS() as unknown)
      .filter((value): value is Loose => typeof value === 'object' && value !== null)
  } catch {
    return undefined
  }
}
