/** A piece of output, in the order in which it was written. */
export interface Chunk {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** Collects output of both streams in order. */
export class Output {
  private readonly list: { stream: 'stdout' | 'stderr'; text: string }[] = []

  add(stream: 'stdout' | 'stderr', text: string): void {
    if (text === '') return
    const last = this.list.at(-1)
    if (last?.stream === stream) last.text += text
    else this.list.push({ stream, text })
  }

  get chunks(): readonly Chunk[] {
    return this.list
  }
}

/** Splits what can be written in one step (errors come before output there) from what must follow. */
export function firstStep(chunks: readonly Chunk[]): {
  readonly stdout: string
  readonly stderr: string
  readonly rest: readonly Chunk[]
} {
  let stdout = ''
  let stderr = ''
  let at = 0
  for (; at < chunks.length; at++) {
    const chunk = chunks[at] as Chunk
    if (chunk.stream === 'stderr') {
      if (stdout !== '') break
      stderr += chunk.text
    } else stdout += chunk.text
  }
  return { stdout, stderr, rest: chunks.slice(at) }
}
