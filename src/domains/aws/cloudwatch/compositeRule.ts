import type { AlarmState } from './alarm.rule.ts'

/** Reads a composite alarm's rule: names of alarms that it speaks of, and whether it holds. Undefined when it is none. */
export function readAlarmRule(
  text: string,
):
  | { readonly names: readonly string[]; readonly holds: (state: (name: string) => AlarmState | undefined) => boolean }
  | undefined {
  const tokens = text.match(/"[^"]*"|'[^']*'|[()]|[^\s()"']+/g) ?? []
  const names: string[] = []
  let at = 0
  type Node = (state: (name: string) => AlarmState | undefined) => boolean
  let broken = false
  const or = (): Node => {
    let left = and()
    while (/^or$/i.test(tokens[at] ?? '')) {
      at++
      const [a, b] = [left, and()]
      left = (state) => a(state) || b(state)
    }
    return left
  }
  const and = (): Node => {
    let left = not()
    while (/^and$/i.test(tokens[at] ?? '')) {
      at++
      const [a, b] = [left, not()]
      left = (state) => a(state) && b(state)
    }
    return left
  }
  const not = (): Node => {
    const token = tokens[at++] ?? ''
    if (/^not$/i.test(token)) {
      const inner = not()
      return (state) => !inner(state)
    }
    if (token === '(') {
      const inner = or()
      if (tokens[at++] !== ')') broken = true
      return inner
    }
    if (/^true$/i.test(token)) return () => true
    if (/^false$/i.test(token)) return () => false
    if (!/^(ALARM|OK|INSUFFICIENT_DATA)$/.test(token) || tokens[at++] !== '(') {
      broken = true
      return () => false
    }
    let name = ''
    while (at < tokens.length && tokens[at] !== ')') name += `${name === '' ? '' : ' '}${tokens[at++]}`
    if (tokens[at++] !== ')') broken = true
    const plain = name.replace(/^["']|["']$/g, '').replace(/^arn:.*:alarm:/, '')
    names.push(plain)
    return (state) => state(plain) === token
  }
  const holds = or()
  return broken || at < tokens.length ? undefined : { names, holds }
}
