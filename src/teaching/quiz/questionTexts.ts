const texts = import.meta.glob<string>('../../lessons/questions/*/question.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Every question template as it is written, by its folder. */
export const questionTexts: readonly (readonly [folder: string, text: string])[] = Object.entries(texts).map(
  ([path, text]) => [path.split('/').at(-2) ?? '', text],
)
