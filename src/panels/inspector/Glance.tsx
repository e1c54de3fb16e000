import type { Look, Segment } from '../../kernel/index.ts'
import { classes, KeyValue, Section } from '../../ui/index.ts'

/**
 * What is to be known of a thing, as names and values. Where each of them has a segment of its own (the steps of a build), they are a list in
 * order with that segment before each; long names stand above their values.
 */
export function Glance({ look }: { look: Look | undefined }) {
  const { facts = [], segments = [] } = look ?? {}
  if (facts.length === 0) return null
  const steps = segments.length === facts.length && segments.length > 1
  if (steps)
    return (
      <Section title="Step by step" note={tally(segments)}>
        <ol className="m-0 grid list-none gap-2 p-0">
          {facts.map(([name, value], i) => (
            <li key={`${i} ${name}`} className="grid grid-cols-[14px_1fr] gap-2 text-12">
              <i className={classes('swatch mt-[3px]', segments[i]?.fill)} aria-hidden="true" />
              <span className="min-w-0">
                <span className="mono block break-words">{short(name)}</span>
                <span className="block text-muted">{value}</span>
              </span>
            </li>
          ))}
        </ol>
      </Section>
    )
  const long = facts.some(([name]) => name.length > 22)
  return (
    <Section title="At a glance">
      {long ? (
        <dl className="m-0 grid gap-2 text-12">
          {facts.map(([name, value], i) => (
            <div key={`${i} ${name}`}>
              <dt className="text-muted">{name}</dt>
              <dd className="m-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <KeyValue
          keyWidth={facts.some(([name]) => name.length > 12) ? 116 : 84}
          entries={facts.map(
            ([name, value]) =>
              [
                name,
                <span key={name} className="break-words">
                  {value}
                </span>,
              ] as const,
          )}
        />
      )}
    </Section>
  )
}

/** Digests by the digits that tools show. */
function short(text: string): string {
  return text.replace(/([0-9a-f]{12})[0-9a-f]{52}/g, '$1')
}

/** How many steps fared how, in words: a picture is never the only one to say it. */
function tally(segments: readonly Segment[]): string {
  const words: readonly (readonly [Segment['fill'], string])[] = [
    ['old', 'reused'],
    ['new', 'new'],
    ['half', 'under way'],
    ['failed', 'failed'],
    ['dashed', 'to come'],
    ['ending', 'ending'],
  ]
  return words
    .map(([fill, word]) => [segments.filter((one) => one.fill === fill).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
}
