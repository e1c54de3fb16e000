import { Dialog as Base } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import type { DialogProps } from './Dialog.tsx'

/** What is loaded when a dialog is first opened. */
export function DialogPopup({ open, onOpenChange, title, description, actions, width = 460, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="veil z-40" />
        <Base.Viewport className="dialog-place z-40">
          <Base.Popup className="pop dialog" style={{ width: `min(${width}px, 100%)` }}>
            <div className="flex items-start gap-3 border-line border-b py-3 pr-2 pl-4">
              <div className="min-w-0 flex-1">
                <Base.Title className="m-0 font-strong text-16">{title}</Base.Title>
                {description ? <Base.Description className="sub mt-1">{description}</Base.Description> : null}
              </div>
              <Base.Close className="ib" aria-label="Close">
                <X size={16} strokeWidth={1.75} aria-hidden="true" />
              </Base.Close>
            </div>
            <div className="min-h-0 min-w-0 flex-1 overflow-y-auto p-4">{children}</div>
            {actions ? (
              <div className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">{actions}</div>
            ) : null}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
