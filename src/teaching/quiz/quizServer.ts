import { coreDomains } from '../../host/coreComposition.ts'
import type { Domain } from '../../kernel/index.ts'
import { conceptTitle } from '../conceptList.ts'
import { misconceptions } from '../misconceptions/ofCore.ts'
import { allTemplates } from './allTemplates.ts'
import { templateGoesBeyond } from './beyondCore.ts'
import { readCode, templateNumber } from './itemCode.ts'
import type { Planned, QuizAnswer, QuizRequest } from './quizClient.ts'
import { QuizService } from './quizService.ts'

/**
 * Quizzes being served, one request after another. They begin with the core; a template that needs more waits until `load` has brought all
 * domains, and all misconceptions with them.
 */
export class QuizServer {
  private readonly templates = allTemplates()
  private readonly beyond = new Map<string, boolean>()
  private readonly load: () => Promise<readonly Domain[]>
  private readonly post: (answer: QuizAnswer) => void
  private readonly waiting: QuizRequest[] = []
  private service: QuizService
  private plan: readonly Planned[] = []
  private growing: Promise<void> | undefined
  private whole = false
  private preparing = false

  constructor(load: () => Promise<readonly Domain[]>, post: (answer: QuizAnswer) => void) {
    this.load = load
    this.post = post
    this.service = new QuizService(coreDomains, this.templates, misconceptions, conceptTitle)
  }

  request(request: QuizRequest): void {
    if (this.waiting.length > 0 || this.needsMore(request)) {
      this.waiting.push(request)
      void this.grow()
    } else this.answer(request)
  }

  private answer(request: QuizRequest): void {
    const { id, method, args } = request
    try {
      if (method === 'ahead') this.lookAhead(args[0] as readonly Planned[])
      const work = this.service[method] as (...args: readonly unknown[]) => unknown
      this.post({ id, value: method === 'ahead' ? undefined : work.apply(this.service, [...args]) })
    } catch (error) {
      this.refuse(request, error)
    }
    this.prepareLater()
  }

  private refuse({ id }: QuizRequest, error: unknown): void {
    this.post({ id, error: error instanceof Error ? error.message : String(error) })
  }

  /** Prepares what the core can make of a plan, until the first that needs more: that is fetched meanwhile. */
  private lookAhead(plan: readonly Planned[]): void {
    this.plan = plan
    const first = this.whole ? -1 : plan.findIndex((one) => this.isBeyond(one))
    this.service.ahead(first < 0 ? plan : plan.slice(0, first))
    if (first >= 0) void this.grow()
  }

  /** Worlds of the core end when everything else is loaded, since what all worlds share knows more then: questions are made anew by their codes. */
  private grow(): Promise<void> {
    this.growing ??= this.load()
      .then((domains) => {
        this.whole = true
        this.service = new QuizService(domains, this.templates, misconceptions, conceptTitle)
        this.service.ahead(this.plan)
        return undefined
      })
      .catch((error: unknown) => error)
      .then((error) => {
        this.growing = undefined
        for (const request of this.waiting.splice(0)) {
          if (error !== undefined && this.needsMore(request)) this.refuse(request, error)
          else this.answer(request)
        }
        this.prepareLater()
      })
    return this.growing
  }

  private needsMore({ method, args: [first] }: QuizRequest): boolean {
    if (this.whole || method === 'cards' || method === 'ahead') return false
    return this.isBeyond(method === 'make' ? { template: String(first), seed: 0 } : { code: String(first) })
  }

  private isBeyond(one: Planned): boolean {
    const number = 'code' in one ? readCode(one.code)?.number : undefined
    const template = this.templates.find(({ id }) =>
      'template' in one ? id === one.template : templateNumber(id) === number,
    )
    if (!template) return false
    const beyond = this.beyond.get(template.id) ?? templateGoesBeyond(template, misconceptions)
    this.beyond.set(template.id, beyond)
    return beyond
  }

  /** Makes what will be asked for next, one item at a time: whoever asks meanwhile waits for one at most. */
  private prepareLater(): void {
    if (this.preparing) return
    this.preparing = true
    setTimeout(() => {
      this.preparing = false
      let more = true
      try {
        more = this.service.prepare()
      } catch {
        // What cannot be made is told when it is asked for.
      }
      if (more) this.prepareLater()
    })
  }
}
