import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './Kbd.tsx'
import { placeBeside, type Side } from './placeBeside.ts'

/** Draws the hint of whatever is hovered or focused by keyboard, after a moment; at once while another was just shown. Escape puts it away,
 *  and the pointer may rest on it (WCAG 1.4.13). Mount it once. Own code, because Base UI's tooltip costs 29 kB on pages that have no menu. */
export function TooltipLayer() {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const shown = useShownTip(box)
  useLayoutEffect(() => {
    const element = box.current
    if (!shown || !element) return
    element.showPopover()
    const place = placeBeside(shown.trigger.getBoundingClientRect(), element.getBoundingClientRect(), shown.side, {
      width: document.documentElement.clientWidth,
      height: window.innerHeight,
    })
    element.style.left = `${place.x}px`
    element.style.top = `${place.y}px`
    // A hint that only repeats the name would be read twice.
    if (shown.trigger.getAttribute('aria-label') === shown.text) return
    shown.trigger.setAttribute('aria-describedby', id)
    return () => shown.trigger.removeAttribute('aria-describedby')
  }, [shown, id])
  if (!shown) return null
  return createPortal(
    <div ref={box} id={id} role="tooltip" popover="manual" className="pop tip">
      {shown.text}
      {shown.keys ? <Kbd keys={shown.keys} decorative /> : null}
    </div>,
    document.body,
  )
}

interface ShownTip {
  trigger: HTMLElement
  text: string
  keys: string | undefined
  side: Side
}

/** Milliseconds before the first hint, and for which the next one comes at once. */
const delay = 450
const warm = 400

function useShownTip(box: RefObject<HTMLElement | null>): ShownTip | undefined {
  const [shown, setShown] = useState<ShownTip>()
  useEffect(() => {
    let trigger: HTMLElement | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let open = false
    let closedAt = Number.NEGATIVE_INFINITY
    const show = () => {
      const text = trigger?.dataset.tip
      if (!trigger?.isConnected || !text) return
      open = true
      setShown({ trigger, text, keys: trigger.dataset.tipKeys, side: (trigger.dataset.tipSide ?? 'bottom') as Side })
    }
    const hide = () => {
      clearTimeout(timer)
      if (open) closedAt = performance.now()
      open = false
      trigger = undefined
      setShown(undefined)
    }
    const aim = (next: HTMLElement, wait: number) => {
      if (next === trigger) return
      const soon = open || performance.now() - closedAt < warm ? 0 : wait
      hide()
      trigger = next
      timer = setTimeout(show, soon)
    }
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === 'touch' || !(event.target instanceof Element)) return
      const next = event.target.closest<HTMLElement>('[data-tip]')
      if (next) aim(next, delay)
      else if (trigger && !box.current?.contains(event.target) && document.activeElement !== trigger) hide()
    }
    const onFocus = (event: FocusEvent) => {
      const next = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null
      if (next?.matches(':focus-visible')) aim(next, 0)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    const listen = [
      ['pointerover', onOver],
      ['focusin', onFocus],
      ['keydown', onKey],
      ['focusout', hide],
      ['pointerdown', hide],
      ['scroll', hide],
    ] as const
    for (const [type, hear] of listen) document.addEventListener(type, hear as EventListener, true)
    return () => {
      clearTimeout(timer)
      for (const [type, hear] of listen) document.removeEventListener(type, hear as EventListener, true)
    }
  }, [box])
  return shown
}
