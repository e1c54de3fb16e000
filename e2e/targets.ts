export interface Small {
  readonly what: string
  readonly w: number
  readonly h: number
}

/**
 * Measures, in the page, everything that can be pressed, and returns what is smaller than `least` px without an exception of WCAG 2.2: a link
 * in a sentence, a target with room of its own (24 px only), or one whose work another control of the same name does that is large enough.
 * What counts is where a press arrives, so a padding by ::before counts and what is covered does not.
 */
export function smallTargets(least: number): { all: number; small: readonly Small[] } {
  const PRESSED =
    'a[href], button, input, select, textarea, summary, [contenteditable="true"], [tabindex]:not([tabindex="-1"]), ' +
    [
      'button',
      'link',
      'checkbox',
      'radio',
      'switch',
      'tab',
      'menuitem',
      'menuitemcheckbox',
      'menuitemradio',
      'option',
      'slider',
      'treeitem',
      'combobox',
    ]
      .map((role) => `[role="${role}"]`)
      .join(', ')
  // Marks on the strip of time lead to moments, and so does the strip: any moment of it.
  const EQUIVALENT = [['[data-mark]', '[role="slider"][aria-label="Time of the world"]']] as const
  // A press on what holds these is a press on them, or does nothing of its own.
  const HOLDERS =
    'main, form, section, nav, [role="application"], [role="dialog"], [role="tabpanel"], [role="toolbar"], [role="log"], [role="region"], [role="menu"], [role="tree"], [role="group"]'
  const isShown = (one: Element) =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !one.closest('[inert]') &&
    !one.matches(':disabled')
  /** What is pressed for it: a hidden field is pressed by its label. */
  const surfaceOf = (one: HTMLElement): HTMLElement => {
    const label = (one instanceof HTMLInputElement ? one.labels?.[0] : undefined) ?? one.closest('label')
    const box = one.getBoundingClientRect()
    const labelBox = label?.getBoundingClientRect()
    return label && labelBox && labelBox.width * labelBox.height > box.width * box.height ? label : one
  }
  const all = [...document.querySelectorAll<HTMLElement>(PRESSED)].filter(
    (one) => isShown(one) && !(one.matches(HOLDERS) && !one.matches('a, button')),
  )
  const surfaces = [...new Set(all.map(surfaceOf))].filter((one) => {
    const { width, height } = one.getBoundingClientRect()
    // What is 1 px by 1 px is for screen readers, or holds the focus in a dialog: nobody presses it.
    return width > 1 && height > 1
  })

  /** Size of where a press arrives, about its middle. */
  const reachOf = (one: HTMLElement): { w: number; h: number } | undefined => {
    const before = one.getBoundingClientRect()
    if (before.width >= least && before.height >= least) return { w: before.width, h: before.height }
    if (!one.closest('[role="application"]')) one.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const { left, right, top, bottom, width, height } = one.getBoundingClientRect()
    const x = (left + right) / 2
    const y = (top + bottom) / 2
    const arrives = (px: number, py: number) => {
      const hit = document.elementFromPoint(px, py)
      return hit !== null && (hit === one || one.contains(hit) || hit.closest('label') === one)
    }
    // Covered by a dialog, so it cannot be pressed now.
    if (!arrives(x, y)) return undefined
    const go = (dx: number, dy: number) => {
      let far = 0
      while (far < least && arrives(x + dx * (far + 1), y + dy * (far + 1))) far++
      return far
    }
    return {
      w: Math.max(width, go(-1, 0) + go(1, 0) + 1),
      h: Math.max(height, go(0, -1) + go(0, 1) + 1),
    }
  }

  const isInSentence = (one: HTMLElement): boolean => {
    if (!getComputedStyle(one).display.startsWith('inline')) return false
    let block = one.parentElement
    while (
      block &&
      getComputedStyle(block).display.startsWith('inline') &&
      getComputedStyle(block).display !== 'inline-flex'
    )
      block = block.parentElement
    if (!block || /flex|grid/.test(getComputedStyle(block).display)) return false
    const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      if (
        /[\p{L}\p{N}]/u.test(node.textContent ?? '') &&
        !node.parentElement?.closest(PRESSED)?.matches('a, button, [role="button"], [role="link"]')
      )
        return true
    }
    return false
  }

  const sizes = surfaces.flatMap((one) => {
    const reach = reachOf(one)
    return reach ? [{ one, ...reach, box: one.getBoundingClientRect() }] : []
  })
  const undersized = sizes.filter(({ w, h }) => w < least - 0.5 || h < least - 0.5)
  const middle = ({ left, right, top, bottom }: DOMRect) => ({ x: (left + right) / 2, y: (top + bottom) / 2 })
  /** A circle of 24 px about its middle touches no other target and no other such circle. */
  const hasRoom = ({ one, box }: (typeof sizes)[number]): boolean => {
    const { x, y } = middle(box)
    return sizes.every((other) => {
      if (other.one === one || other.one.contains(one) || one.contains(other.one)) return true
      if (undersized.includes(other)) {
        const there = middle(other.box)
        return Math.hypot(there.x - x, there.y - y) >= 24
      }
      const dx = Math.max(other.box.left - x, 0, x - other.box.right)
      const dy = Math.max(other.box.top - y, 0, y - other.box.bottom)
      return Math.hypot(dx, dy) >= 12
    })
  }
  const nameOf = (one: Element) =>
    (one.getAttribute('aria-label') ?? one.getAttribute('title') ?? one.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 60)
  const hasTwin = ({ one }: (typeof sizes)[number]): boolean =>
    sizes.some(
      (other) =>
        other.one !== one &&
        !undersized.includes(other) &&
        nameOf(other.one) !== '' &&
        nameOf(other.one) === nameOf(one),
    )

  const hasEquivalent = ({ one }: (typeof sizes)[number]): boolean =>
    EQUIVALENT.some(
      ([sort, other]) =>
        one.matches(sort) && sizes.some((target) => target.one.matches(other) && !undersized.includes(target)),
    )

  const small = undersized
    .filter(
      (target) =>
        !isInSentence(target.one) && !(least === 24 && hasRoom(target)) && !hasTwin(target) && !hasEquivalent(target),
    )
    .map(({ one, w, h }) => ({
      what: `${one.tagName.toLowerCase()}${one.className && typeof one.className === 'string' ? `.${one.className.split(' ').slice(0, 3).join('.')}` : ''} "${nameOf(one)}"`,
      w: Math.round(w * 10) / 10,
      h: Math.round(h * 10) / 10,
    }))
  return { all: sizes.length, small }
}
