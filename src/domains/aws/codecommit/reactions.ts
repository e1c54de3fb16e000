/** The reactions that CodeCommit knows, each in its three forms. Models: AWS CodeCommit API, PutCommentReaction */
const REACTIONS: readonly (readonly [name: string, emoji: string, unicode: string])[] = [
  ['thumbsup', '👍', 'U+1F44D'],
  ['thumbsdown', '👎', 'U+1F44E'],
  ['smile', '😄', 'U+1F604'],
  ['heart', '❤️', 'U+2764'],
  ['angry', '😠', 'U+1F620'],
  ['confused', '😕', 'U+1F615'],
  ['scream', '😱', 'U+1F631'],
  ['sleeping', '😴', 'U+1F634'],
  ['clap', '👏', 'U+1F44F'],
]

/** The name of a reaction given as an emoji, a short code or a code point; `none` takes one's reaction back. */
export function reactionNamed(value: string): string | undefined {
  if (/^:?none:?$/i.test(value)) return 'none'
  const plain = value.trim()
  const found = REACTIONS.find(
    ([name, emoji, unicode]) =>
      plain === `:${name}:` ||
      plain.toLowerCase() === name ||
      plain.replace('\uFE0F', '') === emoji.replace('\uFE0F', '') ||
      plain.toUpperCase() === unicode,
  )
  return found?.[0]
}

/** A reaction in its three forms. */
export function reactionForms(name: string) {
  const [, emoji = '', unicode = ''] = REACTIONS.find(([one]) => one === name) ?? []
  return { emoji, shortCode: `:${name}:`, unicode }
}

/** How a comment counts a reaction: `THUMBSUP`. */
export function reactionKey(name: string): string {
  return name.toUpperCase()
}

/** Names of the reactions, in the order in which they are listed. */
export const REACTION_NAMES = REACTIONS.map(([name]) => name)
