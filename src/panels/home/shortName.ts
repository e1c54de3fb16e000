/** What tells a thing apart from its siblings: the last part of a generated name, else the name. */
export function shortName(name: string): string {
  return /-([a-z0-9]{5})$/.exec(name)?.[1] ?? name
}
