import { parseReference } from '../../containerd/index.ts'

/** Why a text is no image reference, in the words of distribution/reference; undefined when it is one. */
export function referenceProblem(text: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(text))
    return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`
  if (parseReference(text)) return undefined
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const host =
    slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()) ? first : undefined
  const rest = host === undefined ? text : text.slice(slash + 1)
  const name = rest.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  if (name !== name.toLowerCase()) {
    const remote = host === undefined && !name.includes('/') ? `library/${name}` : name
    return `invalid reference format: repository name (${remote}) must be lowercase`
  }
  return 'invalid reference format'
}
