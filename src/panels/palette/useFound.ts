import { useEffect, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Inspection, Outline, OutlineItem } from '../../host/views/index.ts'

/** What can be found by name, and what can be done to the selected thing: as it is when the palette opens. */
export function useFound(open: boolean, selected: string | undefined) {
  const lab = useLab()
  const [things, setThings] = useState<readonly OutlineItem[]>([])
  const [inspection, setInspection] = useState<Inspection | undefined>(undefined)
  useEffect(() => {
    if (!open) return
    let left = false
    lab.ask('outline').then(
      (outline) => {
        if (!left) setThings((outline as Outline).items)
      },
      () => {},
    )
    setInspection(undefined)
    if (selected !== undefined) {
      lab.ask('inspect', { id: selected }).then(
        (found) => {
          if (!left) setInspection((found as Inspection | null) ?? undefined)
        },
        () => {},
      )
    }
    return () => {
      left = true
    }
  }, [lab, open, selected])
  return { things, inspection }
}
