import { Dialog as Base } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import type { SheetProps } from './Sheet.tsx'

/** What is loaded when a sheet is first opened. */
export function SheetPopup({ open, onOpenChange, title, side = 'right', children }: SheetProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="veil z-40" />
        <Base.Popup className={`sheet z-40 ${side}`}>
          <div className="flex flex-none items-center gap-2 border-line border-b py-2 pr-2 pl-4">
            <Base.Title className="m-0 min-w-0 flex-1 truncate font-strong text-14">{title}</Base.Title>
            <Base.Close className="ib" aria-label="Close">
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
