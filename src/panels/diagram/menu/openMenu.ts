/** Opens the menu of the thing that an element shows, as a right click in its middle would. */
export function openMenuAt(element: Element | null): void {
  if (!element) return
  const { left, top, width, height } = element.getBoundingClientRect()
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      button: 2,
      clientX: left + Math.min(width / 2, 120),
      clientY: top + Math.min(height / 2, 24),
    }),
  )
}
