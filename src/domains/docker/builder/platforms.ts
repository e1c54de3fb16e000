import type { BuilderNode } from './builder.ts'

/** What a daemon of this machine's architecture builds for; those that were asked for come first, with a star. */
export function platformsOf(node: Pick<BuilderNode, 'platforms'>): readonly string[] {
  const own = ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/386']
  return [...node.platforms.map((one) => `${one}*`), ...own.filter((one) => !node.platforms.includes(one))]
}
