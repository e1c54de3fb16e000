import type { Domain } from '../kernel/index.ts'
import { goesBeyond } from './beyondCore.ts'
import type { Message, Request } from './protocol.ts'
import type { Beginning, Save } from './save.ts'
import type { Service } from './serve.ts'

/** Virtual ms: a save that ran for longer waits for all domains, since running its history twice would take longer than they do. */
const LONG = 10 * 60_000
const DONE = Promise.resolve()

/**
 * A service that begins with the core and gets all domains later: in the background, or at once when a request asks for what they bring.
 * Requests are answered in the order in which they came, and the world never grows in the midst of one.
 */
export class Growing {
  private readonly service: Service
  private readonly load: () => Promise<readonly Domain[]>
  private readonly post: (message: Message) => void
  private readonly waiting: Request[] = []
  private growing: Promise<void> | undefined
  private whole = false

  constructor(service: Service, load: () => Promise<readonly Domain[]>, post: (message: Message) => void) {
    this.service = service
    this.load = load
    this.post = post
  }

  /** Whether somebody waits for the rest: the world stands still until it is there. */
  get waits(): boolean {
    return this.waiting.length > 0
  }

  request(request: Request): void {
    if (this.waits || (!this.whole && this.goesBeyond(request))) {
      this.waiting.push(request)
      void this.grow()
    } else this.answer(request)
  }

  /** Fetches the rest, if that has not begun yet. When it fails, those who need it are told so, and the next who does tries again. */
  grow(): Promise<void> {
    if (this.whole) return DONE
    this.growing ??= this.load()
      .then((domains) => {
        this.whole = true
        this.service.extend(domains)
        return undefined
      })
      .catch((error: unknown) => error)
      .then((error) => {
        this.growing = undefined
        for (const request of this.waiting.splice(0)) {
          if (error !== undefined && !this.whole && this.goesBeyond(request)) this.refuse(request, error)
          else this.answer(request)
        }
      })
    return this.growing
  }

  private answer(request: Request): void {
    const { id, method, args } = request
    try {
      const work = this.service[method] as (...args: readonly unknown[]) => unknown
      this.post({ answer: id, value: work.apply(this.service, [...args]) })
    } catch (error) {
      this.refuse(request, error)
    }
  }

  private refuse({ id }: Request, error: unknown): void {
    this.post({ answer: id, error: error instanceof Error ? error.message : String(error) })
  }

  private goesBeyond({ method, args: [first] }: Request): boolean {
    switch (method) {
      case 'subscribe':
        return !this.service.knows(String(first))
      case 'ask':
        return !this.service.knows(String(first)) || this.service.tellsOfDomains(String(first))
      case 'command':
        return goesBeyond(String(first))
      case 'complete':
        return true
      case 'open':
        return opensBeyond(first as Save | Beginning)
      default:
        return false
    }
  }
}

function opensBeyond(from: Save | Beginning): boolean {
  if ('lines' in from) return from.lines.some(goesBeyond)
  const { branches } = from
  return (
    branches.some(({ history }) => history.some(({ line }) => goesBeyond(line))) ||
    branches.reduce((ms, { end }) => ms + end, 0) > LONG
  )
}
