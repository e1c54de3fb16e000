/** One card for other programs: a question as it was asked, and the answer that the simulator gave. */
export interface AnkiCard {
  readonly front: string
  readonly back: string
  readonly tags: readonly string[]
}

/** Cards as a text file that Anki imports: tab separated, with the headers that name separator, columns and tags. */
export function ankiText(cards: readonly AnkiCard[]): string {
  const rows = cards.map(({ front, back, tags }) => [field(front), field(back), tags.map(tag).join(' ')].join('\t'))
  return ['#separator:tab', '#html:false', '#columns:Front\tBack\tTags', '#tags column:3', ...rows, ''].join('\n')
}

function field(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\t', ' ')}"`
}

function tag(text: string): string {
  return text.replaceAll(/\s+/g, '_')
}
