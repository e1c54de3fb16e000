/** Loads what menus are made of; nothing of it is needed before one opens. */
export function loadMenus() {
  return import('./MenuPopup.tsx')
}
