import { Fragment, type ReactNode } from 'react'

/** Names and values in two columns. Values that the learner could type are mono: wrap them in `<code className="mono">`. */
export function KeyValue({ entries, keyWidth = 84 }: KeyValueProps) {
  return (
    <dl className="kv" style={keyWidth === 84 ? undefined : { gridTemplateColumns: `${keyWidth}px minmax(0, 1fr)` }}>
      {entries.map(([key, value]) => (
        <Fragment key={key}>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

export interface KeyValueProps {
  entries: readonly (readonly [key: string, value: ReactNode])[]
  /** Pixels of the key column. */
  keyWidth?: number | undefined
}
