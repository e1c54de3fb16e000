/** A key as it stands on a keyboard. Several keys are one string with spaces: "Ctrl K". `decorative` hides it from a reader where
 *  the control itself already names its shortcut. */
export function Kbd({ keys, decorative }: { keys: string; decorative?: boolean | undefined }) {
  return <kbd aria-hidden={decorative || undefined}>{keys}</kbd>
}
