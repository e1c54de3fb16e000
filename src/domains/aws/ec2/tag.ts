/** A tag, as every description has them. */
export interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** Tags that a call gives to what it makes, for one type of resource. */
export function tagsFor(
  specifications: readonly {
    readonly ResourceType?: string | undefined
    readonly Tags?: readonly Tag[] | undefined
  }[] = [],
  type: string,
): readonly Tag[] {
  return specifications.flatMap((one) => (one.ResourceType === type ? (one.Tags ?? []) : []))
}

/** Tags with others put over them. */
export function withTags(tags: readonly Tag[] = [], more: readonly Tag[]): readonly Tag[] {
  return [...tags.filter(({ Key }) => !more.some((other) => other.Key === Key)), ...more]
}

/** The value of a tag. */
export function tagOf(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.find(({ Key }) => Key === key)?.Value
}
