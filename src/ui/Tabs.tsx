import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** Tabs with a 2 px accent underline; arrows move, Home and End jump. Only the chosen panel is mounted, unless `keep` holds it. */
export function Tabs<Id extends string>({ label, tabs, value, onChange, end, className }: TabsProps<Id>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as Id)}
      className={classes('flex min-h-0 flex-1 flex-col', className)}
    >
      <div className="flex flex-none items-center border-line border-b">
        <Base.List className="tabs min-w-0 flex-1 border-0!" aria-label={label} activateOnFocus>
          {tabs.map((tab) => (
            <Base.Tab key={tab.id} value={tab.id} className="tab" disabled={tab.disabled ?? false}>
              {tab.icon}
              {tab.label}
              {tab.count === undefined ? null : <span className="n num">{tab.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {end ? <div className="flex flex-none items-center gap-2 pr-2">{end}</div> : null}
      </div>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.id}
          value={tab.id}
          keepMounted={tab.keep ?? false}
          className="min-h-0 flex-1 overflow-auto -outline-offset-2 data-[hidden]:hidden"
        >
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}

export interface TabsProps<Id extends string> {
  label: string
  tabs: readonly TabItem<Id>[]
  value: Id
  onChange: (id: Id) => void
  /** What stands at the right of the tab strip. */
  end?: ReactNode | undefined
  className?: string | undefined
}

/** One tab. `count` is a pill; `keep` keeps its panel mounted while hidden, as a terminal needs. */
export interface TabItem<Id extends string = string> {
  id: Id
  label: string
  icon?: ReactNode | undefined
  count?: number | undefined
  disabled?: boolean | undefined
  keep?: boolean | undefined
  content: ReactNode
}
