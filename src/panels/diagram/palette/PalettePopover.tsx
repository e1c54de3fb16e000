import { Popover } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'

/** The pop-over beside the strip; loaded when it is first opened. */
export function PalettePopover({
  anchor,
  label,
  onOpenChange,
  children,
}: {
  anchor: RefObject<HTMLElement | null>
  label: string
  onOpenChange: (open: boolean) => void
  children: ReactNode
}) {
  return (
    <Popover.Root open onOpenChange={(open) => onOpenChange(open)}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} side="right" align="start" sideOffset={8} className="z-50">
          <Popover.Popup className="pop w-[280px] p-2" aria-label={label}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
