/** The form of a reference that docker shows: without `docker.io/library/`. Models: distribution/reference FamiliarString. */
export function familiar(reference: {
  readonly name: string
  readonly tag?: string | undefined
  readonly digest?: string | undefined
}): string {
  const { name, tag, digest } = reference
  const short = name.startsWith('docker.io/library/')
    ? name.slice('docker.io/library/'.length)
    : name.startsWith('docker.io/')
      ? name.slice('docker.io/'.length)
      : name
  return `${short}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** A reference without its registry and namespaces: what there is room for on a picture. */
export function shortReference(reference: string | undefined): string | undefined {
  return reference?.slice(reference.lastIndexOf('/') + 1)
}
