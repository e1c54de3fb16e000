import X from 'lucide-react/icons/x'
import { type ReactNode, useEffect, useRef } from 'react'

/** The lesson where the frame has no room for a column: it covers everything while it is open, and stays where it was while it is closed. */
export function LessonSheet({ open, onClose, children }: LessonSheetProps) {
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const own = sheet.current
    if (!open || !own) return
    const before = document.activeElement
    const covered = new Set<HTMLElement>()
    const cover = () => {
      for (const one of besides(own)) {
        one.inert = true
        covered.add(one)
      }
    }
    cover()
    // Parts of the workbench come later, each as soon as it has been fetched.
    const arrivals = new MutationObserver(cover)
    for (const one of frames(own)) arrivals.observe(one, { childList: true })
    if (!own.contains(before)) own.focus()
    return () => {
      arrivals.disconnect()
      for (const one of covered) one.inert = false
      // Whoever opened it has the focus again; if that was nobody, the button that opens it.
      const opener =
        before instanceof HTMLElement && before !== document.body && !own.contains(before) ? before : undefined
      ;(opener ?? document.querySelector<HTMLElement>('.wb-bar button'))?.focus()
    }
  }, [open])
  return (
    <div
      ref={sheet}
      hidden={!open}
      className="wb-lesson"
      role="dialog"
      aria-modal="true"
      aria-label="Lesson"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose()
      }}
    >
      {children}
      <button type="button" className="ib close" aria-label="Close the lesson" onClick={onClose}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}

interface LessonSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What holds an element within the workbench, from the inside out. */
function frames(own: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = []
  for (let at = own; at.parentElement && !at.classList.contains('wb'); at = at.parentElement)
    found.push(at.parentElement)
  return found
}

/** Everything of the workbench beside an element: what no key may reach while the element covers it. */
function besides(own: HTMLElement): readonly HTMLElement[] {
  return frames(own)
    .flatMap(({ children }) => [...children])
    .filter((one) => one instanceof HTMLElement)
    .filter((one) => !one.contains(own) && !one.inert)
}
