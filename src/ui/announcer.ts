/** Sayings that arrive within one window are spoken as one, repeats once, and no more than `most` of them: a rollout that changes
 *  forty pods says three lines and how many it left out, not forty. Pure: the page's clock is passed in. */
export class Announcer {
  private readonly waiting: string[] = []
  private timer: (() => void) | undefined
  private readonly speak: (text: string) => void
  private readonly later: (run: () => void, ms: number) => () => void
  private readonly most: number
  private readonly wait: number

  constructor(options: {
    speak: (text: string) => void
    /** Runs something after so many milliseconds; the answer calls it off. */
    later: (run: () => void, ms: number) => () => void
    most?: number
    wait?: number
  }) {
    this.speak = options.speak
    this.later = options.later
    this.most = options.most ?? 3
    this.wait = options.wait ?? 500
  }

  /** Adds a saying. An empty text says nothing. */
  say(text: string): void {
    const trimmed = text.trim()
    if (trimmed === '' || this.waiting.includes(trimmed)) return
    this.waiting.push(trimmed)
    this.timer ??= this.later(() => this.flush(), this.wait)
  }

  /** Speaks what waits, now. */
  flush(): void {
    this.timer?.()
    this.timer = undefined
    const all = this.waiting.splice(0)
    if (all.length === 0) return
    const left = all.length - this.most
    const said = all.slice(0, this.most).map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
    if (left > 0) said.push(`And ${left} more.`)
    this.speak(said.join(' '))
  }
}
